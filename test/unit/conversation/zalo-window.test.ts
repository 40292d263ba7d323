import fc from 'fast-check';
import { expect, it } from 'vitest';
import { atLocal, DAY_MS, localTimeOf } from '#src/domain/calendar/local-time.ts';
import { wayOf, windowLookMs } from '#src/domain/conversation/zalo-window.ts';

const heardAtMs = atLocal('2024-03-18', '09:00');

it.each([
  [1, 'free'],
  [2, 'free'],
  [3, 'billed'],
  [7, 'billed'],
  [8, 'waits'],
] as const)('%d days after the last message news is %s on Zalo and always free on Telegram', (days, way) => {
  expect(wayOf('zalo', heardAtMs, heardAtMs + days * DAY_MS)).toBe(way);
  expect(wayOf('telegram', heardAtMs, heardAtMs + days * DAY_MS)).toBe('free');
});

it('asks before news is billed and a day before none is taken, never in the night, never too late', () => {
  fc.assert(
    fc.property(fc.nat(7 * DAY_MS), (shiftMs) => {
      const fromMs = heardAtMs + shiftMs;
      const first = windowLookMs('zalo', fromMs, fromMs) ?? 0;
      const second = windowLookMs('zalo', fromMs, first) ?? 0;
      expect(first).toBeLessThan(fromMs + 2 * DAY_MS);
      expect(second).toBeLessThan(fromMs + 7 * DAY_MS);
      expect(second - first).toBeGreaterThan(3 * DAY_MS);
      expect(windowLookMs('zalo', fromMs, second)).toBeNull();
      for (const ms of [first, second]) {
        expect(localTimeOf(ms) >= '06:30' && localTimeOf(ms) < '21:00').toBe(true);
      }
    }),
  );
  expect(windowLookMs('telegram', heardAtMs, heardAtMs)).toBeNull();
});
