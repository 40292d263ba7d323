import type { LocalDate, LocalTime, OfficeHours } from '../plan.ts';
import { addDays, atLocal, localDateOf, MINUTE_MS, weekdayOf, yearOf } from './local-time.ts';
import type { Stretch } from './pauses.ts';

/**
 * The ward's working time as data: the weekly rhythm, the days off by law or decision, and the Saturdays worked in
 * exchange. Years that are not in `knownYears` are computed: their exchanges and Tết decision are not loaded yet.
 */
export interface Calendar {
  readonly holidays: ReadonlySet<LocalDate>;
  readonly workingSaturdays: ReadonlySet<LocalDate>;
  /** ISO weekdays worked. */
  readonly weekdays: readonly number[];
  /** In order, not touching: the gap is the lunch break. */
  readonly hours: readonly { readonly from: LocalTime; readonly to: LocalTime }[];
  readonly knownYears: ReadonlySet<number>;
}

/** Hours of a ward office unless the plan says otherwise. */
export const USUAL_HOURS: OfficeHours = {
  weekdays: [1, 2, 3, 4, 5],
  periods: [
    { from: '07:30', to: '11:30' },
    { from: '13:30', to: '17:00' },
  ],
};

/** No search goes further: a longer row of days off means that the data is broken. */
const LONGEST_BREAK_DAYS = 60;

/** Why a day is worked or not: for people who want to see how a date was counted. */
export type DayKind = 'working' | 'working-in-exchange' | 'weekend' | 'holiday';

export function dayKind(calendar: Calendar, date: LocalDate): DayKind {
  if (calendar.workingSaturdays.has(date)) return 'working-in-exchange';
  if (calendar.holidays.has(date)) return 'holiday';
  return calendar.weekdays.includes(weekdayOf(date)) ? 'working' : 'weekend';
}

export function isWorkingDay(calendar: Calendar, date: LocalDate): boolean {
  const kind = dayKind(calendar, date);
  return kind === 'working' || kind === 'working-in-exchange';
}

/** The nearest working day in a direction, the day itself first. Throws when the data has no working day in reach. */
function nearest(calendar: Calendar, date: LocalDate, step: 1 | -1): LocalDate {
  let day = date;
  for (let i = 0; i <= LONGEST_BREAK_DAYS; i += 1) {
    if (isWorkingDay(calendar, day)) return day;
    day = addDays(day, step);
  }
  throw new Error(`no working day near ${date}`);
}

export function lastWorkingDayOnOrBefore(calendar: Calendar, date: LocalDate): LocalDate {
  return nearest(calendar, date, -1);
}

function firstWorkingDayOnOrAfter(calendar: Calendar, date: LocalDate): LocalDate {
  return nearest(calendar, date, 1);
}

/** The `count`-th working day after `date`, which itself is not counted; before it when `count` is negative. */
export function addWorkingDays(calendar: Calendar, date: LocalDate, count: number): LocalDate {
  const step = count < 0 ? -1 : 1;
  let day = date;
  for (let left = Math.abs(count); left > 0; left -= 1) {
    day = nearest(calendar, addDays(day, step), step);
  }
  return day;
}

/** Working days after `from` up to and with `to`; 0 when `to` is not later. */
export function workingDaysBetween(calendar: Calendar, from: LocalDate, to: LocalDate): number {
  let count = 0;
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) {
    if (isWorkingDay(calendar, day)) count += 1;
  }
  return count;
}

/**
 * The instant at which `minutes` of working time have passed since `fromMs`, and the stretches they are made of. Time
 * outside office hours, lunch included, does not count; `cut` takes out of a stretch what does not count either.
 */
export function addWorkingMinutes(
  calendar: Calendar,
  fromMs: number,
  minutes: number,
  cut: (stretch: Stretch) => readonly Stretch[] = (stretch) => [stretch],
): { readonly endMs: number; readonly spans: readonly Stretch[] } {
  const spans: Stretch[] = [];
  let leftMs = minutes * MINUTE_MS;
  let date = localDateOf(fromMs);
  for (;;) {
    date = firstWorkingDayOnOrAfter(calendar, date);
    for (const open of openStretches(calendar, date, fromMs).flatMap(cut)) {
      const endMs = Math.min(open.toMs, open.fromMs + leftMs);
      spans.push({ fromMs: open.fromMs, toMs: endMs });
      leftMs -= endMs - open.fromMs;
      if (leftMs <= 0) return { endMs, spans };
    }
    date = addDays(date, 1);
  }
}

function openStretches(calendar: Calendar, date: LocalDate, fromMs: number): readonly Stretch[] {
  return calendar.hours
    .map(({ from, to }) => ({ fromMs: Math.max(fromMs, atLocal(date, from)), toMs: atLocal(date, to) }))
    .filter((stretch) => stretch.fromMs < stretch.toMs);
}

/** When the office next opens after `afterMs`; an office that is open now opens again after its break or tomorrow. */
export function nextOpening(calendar: Calendar, afterMs: number): number {
  let date = localDateOf(afterMs);
  for (;;) {
    date = firstWorkingDayOnOrAfter(calendar, date);
    for (const period of calendar.hours) {
      const openMs = atLocal(date, period.from);
      if (openMs > afterMs) return openMs;
    }
    date = addDays(date, 1);
  }
}

/** The start of the working day after the one of `afterMs`. */
export function nextMorning(calendar: Calendar, afterMs: number): number {
  const date = addWorkingDays(calendar, localDateOf(afterMs), 1);
  return atLocal(date, calendar.hours[0]?.from ?? '07:30');
}

/** Years between two days whose official decisions are not loaded: what is counted there can still move. */
export function unknownYears(calendar: Calendar, from: LocalDate, to: LocalDate): readonly number[] {
  const years: number[] = [];
  for (let year = yearOf(from); year <= yearOf(to); year += 1) {
    if (!calendar.knownYears.has(year)) years.push(year);
  }
  return years;
}
