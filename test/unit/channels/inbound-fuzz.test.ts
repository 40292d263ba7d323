import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { telegramInbound } from '#src/channels/telegram/inbound.ts';
import { zaloInbound } from '#src/channels/zalo/inbound.ts';
import { parseZaloJson } from '#src/channels/zalo/json.ts';
import type { Inbound } from '#src/domain/inbound.ts';
import { inboundSchema } from './event-schema.ts';

const RUNS = 20_000;

const golden = (path: string): readonly Record<string, unknown>[] =>
  JSON.parse(readFileSync(new URL(`../../golden/${path}`, import.meta.url), 'utf8')) as Record<
    string,
    unknown
  >[];

const telegramShapes = golden('telegram/inbound.json').map((one) => one['update']);
const zaloShapes = golden('zalo/inbound.json')
  .map((one) => parseZaloJson(String(one['raw'])))
  .filter((body) => body !== undefined);

/** What hostile or careless senders put where something else belongs. */
const hostile = fc.oneof(
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
function spoiled(shapes: readonly unknown[]): fc.Arbitrary<unknown> {
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

/** Runs them all and tells how many became events, so that a suite that ignores everything is seen. */
function check(shapes: readonly unknown[], inbound: (update: unknown) => Inbound): number {
  let events = 0;
  fc.assert(
    fc.property(spoiled(shapes), (update) => {
      const result = inbound(update);
      inboundSchema.parse(result);
      if (result.kind === 'event') events += 1;
    }),
    { numRuns: RUNS },
  );
  return events;
}

describe('20,000 hostile updates', () => {
  it('of telegram never throw and give a well-formed event or a reason', { timeout: 60_000 }, () => {
    expect(check(telegramShapes, telegramInbound)).toBeGreaterThan(RUNS / 20);
  });

  it('of zalo never throw and give a well-formed event or a reason', { timeout: 60_000 }, () => {
    expect(check(zaloShapes, zaloInbound)).toBeGreaterThan(RUNS / 20);
  });

  it('leave the prototype alone', () => {
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });
});

describe('zalo JSON', () => {
  it('keeps every integer beyond 2^53 digit for digit, and every other value as JSON has it', () => {
    const long = fc.bigInt({ min: 2n ** 53n, max: 10n ** 30n });
    fc.assert(
      fc.property(long, fc.jsonValue(), (id, value) => {
        const parsed = parseZaloJson(`{"id":${id},"rest":${JSON.stringify({ value })}}`);
        expect(parsed).toMatchObject({ id: String(id) });
      }),
    );
    expect(parseZaloJson('{"a":"12345678901234567890 1","b":1.5,"c":[1764000000000]}')).toEqual({
      a: '12345678901234567890 1',
      b: 1.5,
      c: [1_764_000_000_000],
    });
  });

  it.each([['{'], [''], ['undefined'], ['['.repeat(100_000)], ['\u0000']])(
    'is undefined for what is no JSON, and never throws',
    (text) => {
      expect(parseZaloJson(text)).toBeUndefined();
    },
  );

  it('survives nesting that is deeper than the stack', () => {
    expect(() => zaloInbound(parseZaloJson('['.repeat(200_000) + ']'.repeat(200_000)))).not.toThrow();
  });
});
