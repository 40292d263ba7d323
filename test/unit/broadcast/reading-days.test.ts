import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readingDays } from '#src/domain/broadcast/reading-days.ts';
import { type Calendar, USUAL_HOURS } from '#src/domain/calendar/calendar.ts';
import { addDays, atLocal, localDateOf } from '#src/domain/calendar/local-time.ts';

const calendar: Calendar = {
  holidays: new Set(['2024-04-18']),
  workingSaturdays: new Set(),
  weekdays: [1, 2, 3, 4, 5],
  hours: USUAL_HOURS.periods,
  knownYears: new Set([2024]),
};
const loudspeaker = { days: 3, slots: ['05:30', '17:00'], handOverMinutesBefore: 30, askAgainAt: '08:00' };
const daysFrom = (
  date: string,
  time: string,
  change = {},
  silentDays: { date: string; reason: string }[] = [],
) =>
  readingDays(
    { sendAtMs: atLocal(date, time), lateByMs: null, kind: 'routine', ...change },
    { loudspeaker, silentDays },
    calendar,
  );

describe('the days on which a post is read aloud', () => {
  it('are three in a row, from the first slot that still lies ahead; each script is there before its slot', () => {
    const days = daysFrom('2024-03-18', '06:30');
    expect(days.map(({ number, of, date, slots }) => [number, of, date, slots])).toEqual([
      [1, 3, '2024-03-18', ['17:00']],
      [2, 3, '2024-03-19', ['05:30', '17:00']],
      [3, 3, '2024-03-20', ['05:30', '17:00']],
    ]);
    expect(days.map((day) => day.handOverAtMs)).toEqual([
      atLocal('2024-03-18', '06:30'),
      atLocal('2024-03-19', '05:00'),
      atLocal('2024-03-20', '05:00'),
    ]);
  });

  it('begin the day after where the last slot is too near, whenever a run goes out', () => {
    expect(daysFrom('2024-03-18', '16:31')[0]?.date).toBe('2024-03-19');
    fc.assert(
      fc.property(fc.nat(1_439), fc.integer({ min: 0, max: 600 }), (minutes, late) => {
        const sendAtMs = atLocal('2024-03-18', '00:00') + minutes * 60_000;
        const run = { sendAtMs, lateByMs: late * 60_000, kind: 'routine' as const };
        const days = readingDays(run, { loudspeaker, silentDays: [] }, calendar);
        expect(days).toHaveLength(3);
        for (const [index, day] of days.entries()) {
          if (index > 0) expect(day.date).toBe(addDays(days[index - 1]?.date ?? '', 1));
          expect(day.slots.length).toBeGreaterThan(0);
          for (const slot of day.slots)
            expect(day.handOverAtMs).toBeLessThanOrEqual(atLocal(day.date, slot) - 30 * 60_000);
          expect(day.handOverAtMs).toBeGreaterThanOrEqual(sendAtMs);
          expect(day.askAgainAtMs).toBeGreaterThan(day.endsAtMs);
        }
      }),
    );
  });

  it('leave out days of silence', () => {
    const days = daysFrom('2024-03-18', '06:30', {}, [{ date: '2024-03-19', reason: 'Quốc tang' }]);
    expect(days.map(({ date }) => date)).toEqual(['2024-03-18', '2024-03-20', '2024-03-21']);
  });

  it('are one, at once, for what is urgent', () => {
    const days = daysFrom('2024-03-18', '22:15', { kind: 'urgent' });
    expect(days).toHaveLength(1);
    expect(days[0]).toMatchObject({
      of: 1,
      date: '2024-03-18',
      slots: [],
      handOverAtMs: atLocal('2024-03-18', '22:15'),
    });
  });

  it('are asked about on the morning of the next working day', () => {
    const askedOn = (date: string) => daysFrom(date, '06:30').map((day) => localDateOf(day.askAgainAtMs));
    // A Friday: Saturday's and Sunday's are asked about on Monday, too.
    expect(askedOn('2024-03-22')).toEqual(['2024-03-25', '2024-03-25', '2024-03-25']);
    expect(askedOn('2024-04-17')[0]).toBe('2024-04-19');
  });
});
