import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const files = ['src', 'jobs', 'locales'].flatMap((root) =>
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|json)$/u.test(name))
    .map((name) => join(root, name)),
);

const linesWith = (pattern: RegExp): readonly string[] =>
  files.flatMap((file) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? [`${file}:${String(index + 1)} ${line.trim()}`] : [])),
  );

describe('what runs in production', () => {
  it('is really read by these tests', () => {
    expect(files.length).toBeGreaterThan(150);
    expect(linesWith(/fastify/u).length).toBeGreaterThan(0);
  });

  it('holds not one line that knows of the sandbox', () => {
    expect(linesWith(/sandbox/iu)).toEqual([]);
  });

  it('reads the environment in src/config alone', () => {
    expect(linesWith(/process\.env/u).filter((line) => !line.startsWith('src/config/'))).toEqual([]);
  });

  it('shows people no sentence that is not in locales/ or plans/', () => {
    const vietnamese = /[\u1EA0-\u1EF9\u0110\u0111\u01A0\u01A1\u01AF\u01B0]/u;
    // What understands people (vietnamese/, parse-…) and tables of data must hold their words; what speaks to them must not.
    const speaks = /^(src\/(app|channels|http|queue|domain\/(conversation|broadcast|duties))\/|jobs\/)/u;
    const spoken = linesWith(vietnamese)
      .filter((line) => speaks.test(line) && !/\/parse-[a-z]+\.ts:/u.test(line))
      .filter((line) => /'[^']*'|`[^`]*`/u.test(line.replace(/\/\*.*|\/\/.*|^\S+ \*.*/u, '')));
    expect(spoken.filter((line) => vietnamese.test(line.replace(/\/\*.*|\/\/.*|^\S+ \*.*/u, '')))).toEqual(
      [],
    );
  });
});
