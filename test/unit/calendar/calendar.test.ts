import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildCalendar, shippedDecisions } from '#src/calendar/build-calendar.ts';
import type { Calendar } from '#src/domain/calendar/calendar.ts';
import {
  addWorkingDays,
  isWorkingDay,
  lastWorkingDayOnOrBefore,
  nextMorning,
  nextOpening,
  unknownYears,
  USUAL_HOURS,
} from '#src/domain/calendar/calendar.ts';
import { addDays, atLocal, localDateOf, localTimeOf, weekdayOf } from '#src/domain/calendar/local-time.ts';

const calendar: Calendar = buildCalendar({ fromYear: 2023, toYear: 2028, officeHours: USUAL_HOURS });
const firstMs = atLocal('2024-01-01', '00:00');
const lastMs = atLocal('2027-11-30', '00:00');
const instants = fc.integer({ min: firstMs, max: lastMs });

/** Weekdays of a year that are not worked. */
function lostDays(year: number): string[] {
  const lost: string[] = [];
  for (let date = `${year}-01-01`; date <= `${year}-12-31`; date = addDays(date, 1)) {
    if (weekdayOf(date) <= 5 && !isWorkingDay(calendar, date)) lost.push(date.slice(5));
  }
  return lost;
}

describe('the working calendar', () => {
  it('has exactly the days off of 2024, 2025 and 2026', () => {
    expect(lostDays(2024)).toEqual(
      '01-01 02-08 02-09 02-12 02-13 02-14 04-18 04-29 04-30 05-01 09-02 09-03'.split(' '),
    );
    expect(lostDays(2025)).toEqual(
      '01-01 01-27 01-28 01-29 01-30 01-31 04-07 04-30 05-01 05-02 09-01 09-02'.split(' '),
    );
    expect(lostDays(2026)).toEqual(
      '01-01 01-02 02-16 02-17 02-18 02-19 02-20 04-27 04-30 05-01 08-31 09-01 09-02'.split(' '),
    );
  });

  it('computes 2027 from the law, with days made good, and says that it is not decided', () => {
    expect(lostDays(2027)).toEqual('01-01 02-05 02-08 02-09 02-10 02-11 04-16 04-30 05-03 09-02'.split(' '));
    expect(unknownYears(calendar, '2026-12-01', '2027-01-05')).toEqual([2027]);
    expect(unknownYears(calendar, '2024-12-01', '2025-01-05')).toEqual([]);
  });

  it('works the Saturdays that were exchanged', () => {
    for (const date of ['2024-05-04', '2025-04-26', '2026-01-10', '2026-08-22']) {
      expect(weekdayOf(date)).toBe(6);
      expect(isWorkingDay(calendar, date)).toBe(true);
    }
    expect(isWorkingDay(calendar, '2024-05-11')).toBe(false);
  });

  it('keeps a day that is announced but not in force a working day until it is switched on', () => {
    expect(isWorkingDay(calendar, '2026-11-24')).toBe(true);
    const switchedOn = {
      years: shippedDecisions.years.map((year) => ({
        ...year,
        daysOff: year.daysOff.map((off) => ({ ...off, enabled: true })),
      })),
    };
    const other = buildCalendar({
      fromYear: 2026,
      toYear: 2026,
      officeHours: USUAL_HOURS,
      decisions: switchedOn,
    });
    expect(isWorkingDay(other, '2026-11-24')).toBe(false);
  });

  it('refuses a Saturday worked for a day that is not off', () => {
    const decisions = {
      years: [
        {
          year: 2024,
          official: true,
          daysOff: [],
          workingDays: [
            { date: '2024-05-04', instead: '2024-05-07', source: 'x', status: 'computed' as const },
          ],
        },
      ],
    };
    expect(() =>
      buildCalendar({ fromYear: 2024, toYear: 2024, officeHours: USUAL_HOURS, decisions }),
    ).toThrow('2024-05-07');
  });

  it.each([
    ['2024-05-09', '2024-05-09'],
    ['2026-05-09', '2026-05-08'],
    ['2027-05-09', '2027-05-07'],
    ['2024-02-14', '2024-02-07'],
    ['2024-05-04', '2024-05-04'],
  ])('finds the last working day on or before %s: %s', (date, expected) => {
    expect(lastWorkingDayOnOrBefore(calendar, date)).toBe(expected);
  });

  it('counts working days back the way it counts them forth', () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: 1, max: 60 }), (ms, count) => {
        const day = lastWorkingDayOnOrBefore(calendar, localDateOf(ms));
        expect(addWorkingDays(calendar, addWorkingDays(calendar, day, count), -count)).toBe(day);
      }),
    );
  });

  it('opens after lunch, tomorrow morning, and after Tết', () => {
    const at = (date: string, time: string) => {
      const ms = nextOpening(calendar, atLocal(date, time));
      return `${localDateOf(ms)} ${localTimeOf(ms)}`;
    };
    expect(at('2024-03-18', '10:00')).toBe('2024-03-18 13:30');
    expect(at('2024-03-18', '13:30')).toBe('2024-03-19 07:30');
    expect(at('2024-02-07', '17:30')).toBe('2024-02-15 07:30');
    expect(localDateOf(nextMorning(calendar, atLocal('2024-03-22', '06:00')))).toBe('2024-03-25');
  });
});
