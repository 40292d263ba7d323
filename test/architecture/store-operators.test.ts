import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/**
 * What both MongoDB and the engine that stands in for it in development do alike. An operator joins this list only after it
 * was seen to do the same on both.
 */
const ALLOWED: ReadonlySet<string> = new Set([
  // Stages
  '$match',
  '$sort',
  '$group',
  '$limit',
  // Accumulators and expressions
  '$sum',
  '$min',
  '$first',
  '$cond',
  '$literal',
  '$indexOfArray',
  '$arrayElemAt',
  '$concatArrays',
  // Conditions
  '$in',
  '$ne',
  '$nin',
  '$gt',
  '$gte',
  '$lt',
  '$lte',
  '$or',
  '$exists',
  // Changes
  '$set',
  '$unset',
  '$inc',
  '$max',
  '$push',
  '$each',
  '$slice',
  '$pull',
  '$addToSet',
]);

/** What one of the two lacks or does wrong, by the names the driver has for it. */
const FORBIDDEN_CALLS =
  /\b(?:startSession|startTransaction|withTransaction|watch|collation|capped|timeseries|mapReduce)\b/u;

const files = globSync('src/store/**/*.ts').map((path) => ({ path, text: readFileSync(path, 'utf8') }));

/** `$name` as a key of an object: a string value such as '$state' names a field, not an operator. */
const operatorsIn = (text: string): string[] =>
  [...text.matchAll(/(?<=[{,(\s.'"])(?<operator>\$[a-zA-Z]+)(?=['"]?\s*[:,}=)])/gu)]
    .filter(({ index, 0: found }) => !isFieldName(text, index, found))
    .map((match) => match.groups?.['operator'] ?? '');

function isFieldName(text: string, index: number, found: string): boolean {
  const quoted = /['"]/u.test(text[index - 1] ?? '');
  return quoted && !/^['"]\s*:/u.test(text.slice(index + found.length));
}

describe('src/store', () => {
  it('was really read', () => {
    expect(files.length).toBeGreaterThan(10);
    expect(new Set(files.flatMap(({ text }) => operatorsIn(text))).size).toBeGreaterThan(10);
  });

  it('finds operators however they are written, and no field names', () => {
    const sample = `{ $set: a, '$dateTrunc': b, c: '$state', $where } x.$unset = 1; \`\${name}\``;
    expect(operatorsIn(sample)).toEqual(['$set', '$dateTrunc', '$where', '$unset']);
  });

  it.each(files)('$path uses only operators that both databases have', ({ text }) => {
    expect(operatorsIn(text).filter((operator) => !ALLOWED.has(operator))).toEqual([]);
  });

  it.each(files)(
    '$path builds no operator from parts and uses nothing that one database lacks',
    ({ text }) => {
      expect(text).not.toMatch(/['"`]\$['"`]/u);
      expect(text).not.toMatch(FORBIDDEN_CALLS);
    },
  );

  it('allows nothing that it does not use', () => {
    const used = new Set(files.flatMap(({ text }) => operatorsIn(text)));
    expect([...ALLOWED].filter((operator) => !used.has(operator))).toEqual([]);
  });
});
