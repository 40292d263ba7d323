import type { Calendar } from '../calendar/calendar.ts';
import { lastWorkingDayOnOrBefore } from '../calendar/calendar.ts';
import { addDays, localDateOf, toLocalDate, weekdayOf, yearOf } from '../calendar/local-time.ts';
import type { LocalDate } from '../plan.ts';

/** A weekly duty opens so long before its day: a year of them would bury everything else in people's lists. */
const AHEAD_DAYS = 14;

/** How far ahead duties are opened: all of them, or those that come every week only when they are near. */
export type HowFar = 'weekly-when-near' | 'all';

/** The days of a year with this weekday (ISO), but for those of a week that has no working day up to it. */
export function weekdaysOf(
  { weekday }: { readonly weekday: number },
  year: number,
  calendar: Calendar,
): readonly LocalDate[] {
  const newYear = toLocalDate(year, 1, 1);
  const days: LocalDate[] = [];
  for (
    let day = addDays(newYear, (weekday - weekdayOf(newYear) + 7) % 7);
    yearOf(day) === year;
    day = addDays(day, 7)
  )
    if (lastWorkingDayOnOrBefore(calendar, day) > addDays(day, -weekday)) days.push(day);
  return days;
}

export const isNear = (day: LocalDate, nowMs: number): boolean =>
  day <= addDays(localDateOf(nowMs), AHEAD_DAYS);
