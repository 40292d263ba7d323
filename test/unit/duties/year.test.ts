import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openPlanDuties } from '#src/app/duties/open-plan-duties.ts';
import { previewReminders } from '#src/app/duties/preview-reminders.ts';
import type { App } from '#src/app/app.ts';
import type { Duty } from '#src/domain/duty.ts';
import type { Delivery } from '#src/domain/outbound.ts';
import { atLocal, DAY_MS, localDateOf, MINUTE_MS } from '#src/domain/calendar/local-time.ts';
import { dutyWorld, human } from './duty-world.ts';
import { expectedYear } from './expected-year.ts';
import { plan } from '#test/support/conversation.ts';
import { liveYear, reactByChance, staffOf, thirtyOfficers } from './year-world.ts';

const PLAN = 'plans/bai-chay-2024.yaml';
const HOUR_MS = 60 * MINUTE_MS;
const CATCH_UP_MS = 3 * DAY_MS;
const LATE_AFTER_MS = 10 * MINUTE_MS;

describe('a year of the whole plan with thirty officers', { timeout: 60_000 }, () => {
  it.each([2024, 2026])(
    '%i: every reminder goes out once, to the right person, at the right minute',
    async (year) => {
      const { lines, messages, duties } = await liveYear({ year });
      const expected = expectedYear(PLAN, year, thirtyOfficers(year), reactByChance);
      expect(lines.toSorted()).toEqual(expected);
      expect(new Set(lines).size).toBe(lines.length);
      expect(lines.length).toBeGreaterThan(100);

      // One message a person and day holds them all; another comes only where a duty is due that day.
      const days = Map.groupBy(messages, ({ person, atMs }) => `${localDateOf(atMs)} ${person}`);
      for (const [day, [, ...further]] of days)
        for (const { dutyIds } of further)
          expect(
            duties.some(({ id, targetDate }) => dutyIds.includes(id) && day.startsWith(targetDate)),
          ).toBe(true);
      expect(messages.length).toBeLessThan(lines.length);
    },
  );

  it('is what the preview of its first day lists, if nobody answers', async () => {
    const nowMs = atLocal('2024-01-01', '00:00');
    const officers = thirtyOfficers(2024);
    const { app } = await dutyWorld({ nowMs, staff: officers.map(staffOf), plan });
    await openPlanDuties(app);
    const listed = await previewReminders(app, nowMs, atLocal('2025-01-01', '00:00') - 1);
    const lines = listed.map(
      ({ atMs, dutyId, told }) => `${human(atMs)} ${dutyId} ${told?.staffId ?? 'nobody'}`,
    );
    const expected = expectedYear(PLAN, 2024, officers, () => 'nothing');
    expect(lines.filter((line) => line.startsWith('2024')).toSorted()).toEqual(expected);
  });

  it.each([
    ['26 hours', 26 * HOUR_MS],
    ['9 days', 9 * DAY_MS],
  ])(
    'down for %s: what was missed goes out once, says that it is late, and nothing beyond its window',
    async (_, forMs) => {
      const yearMs = atLocal('2024-01-01', '00:00');
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 5 * DAY_MS, max: 350 * DAY_MS }), async (sinceMs) => {
          const down = { fromMs: yearMs + sinceMs, untilMs: yearMs + sinceMs + forMs };
          const { said, duties } = await liveYear({ year: 2024, down: [down] });
          const ids = said.map(({ line }) => line);
          expect(new Set(ids).size).toBe(ids.length);
          for (const { dutyId, atMs, text } of said) {
            expect(atMs < down.fromMs || atMs >= down.untilMs).toBe(true);
            const duty = duties.find(({ id }) => id === dutyId);
            const planned = duty?.rungs.filter((rung) => rung.atMs <= atMs).at(-1)?.atMs ?? -Infinity;
            expect(atMs - planned).toBeLessThanOrEqual(CATCH_UP_MS);
            expect(text.includes('Tin này đến muộn')).toBe(atMs - planned > LATE_AFTER_MS);
          }
          for (const duty of duties) {
            const missed = duty.rungs.filter(({ atMs }) => atMs >= down.fromMs && atMs < down.untilMs);
            const isStill = duty.history.every(
              ({ action, atMs }) => action !== 'done' || atMs >= down.untilMs,
            );
            const lastMs = missed.at(-1)?.atMs ?? -Infinity;
            const madeUp = said.some(({ dutyId, atMs }) => dutyId === duty.id && atMs === down.untilMs);
            const asks = missed.some(({ kind }) => !kind.startsWith('escalate'));
            if (isStill && asks) expect(madeUp).toBe(down.untilMs - lastMs <= CATCH_UP_MS);
          }
        }),
        { numRuns: 4, seed: 20_240_101 },
      );
    },
  );

  it('killed at random fifty times: the same reminders, none lost and none twice', async () => {
    const undisturbed = await liveYear({ year: 2024 });
    let kills = 0;
    let untilKill = 7;
    /** A process that dies at one of its writes, before or after it. */
    const mortal = (app: App): App => {
      const at =
        <A extends readonly unknown[], R>(write: (...args: A) => Promise<R>) =>
        async (...args: A): Promise<R> => {
          untilKill -= 1;
          const dies = untilKill <= 0 && kills < 50;
          if (dies) {
            kills += 1;
            // Steps that share no factor with the writes of a tick: before and after each of them comes its turn.
            untilKill = 3 + ((kills * 7) % 11);
          }
          if (dies && kills % 2 === 0) throw new Killed();
          const answer = await write(...args);
          if (dies) throw new Killed();
          return answer;
        };
      const { duties, deliveries, beats } = app;
      return {
        ...app,
        duties: {
          ...duties,
          open: at((duty: Duty) => duties.open(duty)),
          save: at((duty: Duty, rev: number) => duties.save(duty, rev)),
          saveAll: at((all: readonly Duty[]) => duties.saveAll(all)),
        },
        deliveries: { ...deliveries, insert: at((rows: readonly Delivery[]) => deliveries.insert(rows)) },
        beats: { ...beats, beat: at((name: string, atMs: number) => beats.beat(name, atMs)) },
      };
    };
    const killed = await liveYear({ year: 2024, startProcess: mortal });
    expect(kills).toBe(50);
    expect(killed.lines.toSorted()).toEqual(undisturbed.lines.toSorted());
  });
});

class Killed extends Error {
  override readonly name = 'Killed';
}
