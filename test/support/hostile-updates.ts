import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { parseZaloJson } from '#src/channels/zalo/json.ts';

const golden = (path: string): readonly Record<string, unknown>[] =>
  JSON.parse(readFileSync(new URL(`../golden/${path}`, import.meta.url), 'utf8')) as Record<
    string,
    unknown
  >[];

/** Real updates of Telegram. */
export const telegramShapes: readonly unknown[] = golden('telegram/inbound.json').map((one) => one['update']);
/** Real webhook bodies of Zalo. */
export const zaloShapes: readonly unknown[] = golden('zalo/inbound.json')
  .map((one) => parseZaloJson(String(one['raw'])))
  .filter((body) => body !== undefined);

/** What hostile or careless senders put where something else belongs. */
export const hostile: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    '',
    0,
    -1,
    -0,
    2 ** 53,
    1e308,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    true,
    [],
    {},
    '__proto__',
    'constructor',
    '\u0000',
    '\ud800',
    'x'.repeat(5_000),
    '-9223372036854775808',
    '12345678901234567890',
    { toString: null, valueOf: null },
    JSON.parse('{"__proto__":{"polluted":true},"id":1}'),
    [[[[[[]]]]]],
  ),
  fc.integer(),
  fc.double(),
  fc.string({ unit: 'binary' }),
  fc.anything({ maxDepth: 2 }),
);

type Path = readonly (string | number)[];

function pathsOf(value: unknown, at: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [at];
  return [at, ...Object.entries(value).flatMap(([key, item]) => pathsOf(item, [...at, key]))];
}

type Change =
  | { readonly kind: 'replace'; readonly value: unknown }
  | { readonly kind: 'drop' }
  | { readonly kind: 'stringify' };

function changed(value: unknown, path: Path, change: Change): unknown {
  const [key, ...rest] = path;
  if (key === undefined) {
    if (change.kind === 'replace') return change.value;
    return change.kind === 'stringify' ? JSON.stringify(value) : undefined;
  }
  if (typeof value !== 'object' || value === null) return value;
  const copy = Object.fromEntries(Object.entries(value));
  copy[key] = changed(copy[key], rest, change);
  if (copy[key] === undefined) Reflect.deleteProperty(copy, key);
  return Array.isArray(value) ? Object.values(copy) : copy;
}

const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ kind: fc.constant('replace' as const), value: hostile }),
  fc.constant<Change>({ kind: 'drop' }),
  fc.constant<Change>({ kind: 'stringify' }),
);

/** A real shape with up to four of its places spoiled, or filled with a part of another real shape. */
export function spoiled(shapes: readonly unknown[]): fc.Arbitrary<unknown> {
  const parts: fc.Arbitrary<Change> = fc.constantFrom(...shapes).chain((shape) =>
    fc.constantFrom(...pathsOf(shape)).map((path) => ({
      kind: 'replace' as const,
      value: path.reduce<unknown>((at, key) => Reflect.get(Object(at) as object, key) as unknown, shape),
    })),
  );
  const spots = fc.array(fc.tuple(fc.nat(), fc.oneof(change, parts)), { maxLength: 4 });
  return fc.oneof(
    {
      weight: 30,
      arbitrary: fc.tuple(fc.constantFrom(...shapes), spots).map(([shape, list]) => spoil(shape, list)),
    },
    { weight: 1, arbitrary: hostile },
  );
}

const spoil = (shape: unknown, spots: readonly (readonly [number, Change])[]): unknown =>
  spots.reduce((value, [at, one]) => {
    const paths = pathsOf(value);
    return changed(value, paths[at % paths.length] ?? [], one);
  }, shape);
