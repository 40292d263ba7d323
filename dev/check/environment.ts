import type { ZodObject } from 'zod';

/**
 * Where `.env.example` and the readme fall behind the schema of the environment, one line each: a variable that one has
 * and the other lacks, and a shown value that is not the default.
 */
export function environmentProblems(schema: ZodObject, example: string, readme: string): readonly string[] {
  const shown = readExample(example);
  const fields = Object.entries(schema.shape);
  if (fields.length === 0) return ['the schema has no variable, so nothing was checked'];
  const known = new Set(fields.map(([name]) => name));
  return [
    ...fields.filter(([name]) => !shown.has(name)).map(([name]) => `.env.example lacks ${name}`),
    ...[...shown.keys()]
      .filter((name) => !known.has(name))
      .map((name) => `.env.example has ${name}, which nothing reads`),
    ...[...defaultsOf(schema)]
      .filter(([name, standard]) => shown.get(name) !== standard)
      .map(
        ([name, standard]) =>
          `.env.example shows ${name}=${shown.get(name) ?? ''}, the default is ${standard}`,
      ),
    ...fields
      .filter(([name]) => !readme.includes(`\`${name}\``))
      .map(([name]) => `README.md does not explain ${name}`),
  ];
}

function readExample(text: string): ReadonlyMap<string, string> {
  const rows = text.split('\n').flatMap((line) => {
    const match = /^([A-Z][A-Z0-9_]*)=(.*)$/u.exec(line);
    return match?.[1] === undefined ? [] : [[match[1], match[2] ?? ''] as const];
  });
  return new Map(rows);
}

function defaultsOf(schema: ZodObject): ReadonlyMap<string, string> {
  const given = schema.partial().parse({});
  return new Map(Object.entries(given).map(([name, value]) => [name, String(value)]));
}
