import Holidays from 'date-holidays';
import { z } from 'zod';
import type { Calendar } from '#src/domain/calendar/calendar.ts';
import { addDays, localDateOf, weekdayOf } from '#src/domain/calendar/local-time.ts';
import type { LocalDate, OfficeHours } from '#src/domain/plan.ts';
import shipped from './decisions.json' with { type: 'json' };

const day = z.iso.date();
const status = z.enum(['confirmed', 'memory', 'computed']);

/** What a year's decisions say: days off, Saturdays worked in exchange, and the document each rests on. */
const decisionsSchema = z.object({
  years: z.array(
    z.object({
      year: z.number().int(),
      /** True when the year's days off are all here; otherwise the law's days are computed and compensated. */
      official: z.boolean(),
      daysOff: z.array(
        z.object({
          date: day,
          why: z.string().min(1),
          source: z.string().min(1),
          status,
          /** False: announced, not in force; kept so that switching it on is one word. */
          enabled: z.boolean().default(true),
        }),
      ),
      workingDays: z.array(z.object({ date: day, instead: day, source: z.string().min(1), status })),
    }),
  ),
});
export type Decisions = z.infer<typeof decisionsSchema>;

/** The table that comes with the code; a ward may hand in its own. */
export const shippedDecisions: Decisions = decisionsSchema.parse(shipped);

/**
 * The working calendar of a row of years: public holidays with Tết from a library, over them the yearly decisions.
 * Throws when a decision contradicts itself, such as a Saturday worked for a day that is not off.
 */
export function buildCalendar(options: {
  readonly fromYear: number;
  readonly toYear: number;
  readonly officeHours: OfficeHours;
  readonly decisions?: Decisions;
}): Calendar {
  const decisions = new Map((options.decisions ?? shippedDecisions).years.map((year) => [year.year, year]));
  const holidays = new Set<LocalDate>();
  const workingSaturdays = new Set<LocalDate>();
  const knownYears = new Set<number>();
  const library = new Holidays('VN', { timezone: 'Asia/Ho_Chi_Minh' });
  for (let year = options.fromYear; year <= options.toYear; year += 1) {
    const decided = decisions.get(year);
    const statutory = publicHolidays(library, year);
    for (const date of decided?.official ? statutory : compensated(statutory)) holidays.add(date);
    for (const off of decided?.daysOff ?? []) if (off.enabled) holidays.add(off.date);
    for (const work of decided?.workingDays ?? []) {
      if (!holidays.has(work.instead))
        throw new Error(`${work.date} is worked for ${work.instead}, which is not off`);
      workingSaturdays.add(work.date);
    }
    if (decided?.official) knownYears.add(year);
  }
  return {
    holidays,
    workingSaturdays,
    weekdays: options.officeHours.weekdays,
    hours: options.officeHours.periods,
    knownYears,
  };
}

/** Each day of each public holiday: the library gives Tết as one entry of five days. */
function publicHolidays(library: Holidays, year: number): readonly LocalDate[] {
  const dates = new Set<LocalDate>();
  for (const holiday of library.getHolidays(year)) {
    if (holiday.type !== 'public') continue;
    for (let date = localDateOf(holiday.start.getTime()); date < localDateOf(holiday.end.getTime());) {
      dates.add(date);
      date = addDays(date, 1);
    }
  }
  return [...dates].sort();
}

/** A holiday on a weekly rest day is made good on the next working day (Bộ luật Lao động 2019, Điều 111.3). */
function compensated(statutory: readonly LocalDate[]): readonly LocalDate[] {
  const off = new Set(statutory);
  for (const date of statutory) {
    if (weekdayOf(date) <= 5) continue;
    let next = addDays(date, 1);
    while (weekdayOf(next) > 5 || off.has(next)) next = addDays(next, 1);
    off.add(next);
  }
  return [...off];
}
