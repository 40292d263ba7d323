import fc from 'fast-check';
import { BSON } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { telegramInbound } from '#src/channels/telegram/inbound.ts';
import { zaloInbound } from '#src/channels/zalo/inbound.ts';
import { parseZaloJson } from '#src/channels/zalo/json.ts';
import type { Inbound } from '#src/domain/inbound.ts';
import { spoiled, telegramShapes, zaloShapes } from '#test/support/hostile-updates.ts';
import { inboundSchema } from './event-schema.ts';

const RUNS = 20_000;

/** What the database gives back of it: UTF-8 has no half characters, JSON no -0. */
const throughTheStore = (value: Inbound): unknown =>
  JSON.parse(JSON.stringify(BSON.deserialize(BSON.serialize(value))));

/** Runs them all and tells how many became events, so that a suite that ignores everything is seen. */
function check(shapes: readonly unknown[], inbound: (update: unknown) => Inbound): number {
  let events = 0;
  fc.assert(
    fc.property(spoiled(shapes), (update) => {
      const result = inbound(update);
      inboundSchema.parse(result);
      expect(throughTheStore(result)).toEqual(result);
      if (result.kind === 'event') events += 1;
    }),
    { numRuns: RUNS },
  );
  return events;
}

describe('20,000 hostile updates', () => {
  it(
    'of telegram never throw and give a well-formed event that can be stored as it is, or a reason',
    { timeout: 60_000 },
    () => {
      expect(check(telegramShapes, telegramInbound)).toBeGreaterThan(RUNS / 20);
    },
  );

  it(
    'of zalo never throw and give a well-formed event that can be stored as it is, or a reason',
    { timeout: 60_000 },
    () => {
      expect(check(zaloShapes, zaloInbound)).toBeGreaterThan(RUNS / 20);
    },
  );

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
