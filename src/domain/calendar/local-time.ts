import type { LocalDate, LocalTime } from '../plan.ts';

/** Vietnam keeps UTC+7 all year round, so a fixed offset is exact and the domain needs no time zone data. */
const OFFSET_MS = 7 * 3_600_000;
export const DAY_MS = 86_400_000;
export const MINUTE_MS = 60_000;

/** The ward's calendar day at an instant. */
export function localDateOf(ms: number): LocalDate {
  return new Date(ms + OFFSET_MS).toISOString().slice(0, 10);
}

/** The ward's time of day at an instant, to the minute. */
export function localTimeOf(ms: number): LocalTime {
  return new Date(ms + OFFSET_MS).toISOString().slice(11, 16);
}

/** Midnight at the start of the day. Throws on what is not a day of the calendar (`2024-02-30`). */
function startOfDay(date: LocalDate): number {
  const ms = Date.parse(`${date}T00:00:00.000Z`) - OFFSET_MS;
  if (Number.isNaN(ms) || localDateOf(ms) !== date) throw new Error(`not a calendar day: ${date}`);
  return ms;
}

/** The last millisecond of the day: "by the end of 9/5". */
export function endOfDay(date: LocalDate): number {
  return startOfDay(date) + DAY_MS - 1;
}

/** The instant of a time of day. `24:00` is the next midnight. */
export function atLocal(date: LocalDate, time: LocalTime): number {
  const [hours = Number.NaN, minutes = Number.NaN] = time.split(':').map(Number);
  if (Number.isNaN(hours + minutes)) throw new Error(`not a time of day: ${time}`);
  return startOfDay(date) + (hours * 60 + minutes) * MINUTE_MS;
}

export function addDays(date: LocalDate, days: number): LocalDate {
  return localDateOf(startOfDay(date) + days * DAY_MS);
}

/** ISO: 1 is Monday, 7 is Sunday. */
export function weekdayOf(date: LocalDate): number {
  return new Date(startOfDay(date) + OFFSET_MS).getUTCDay() || 7;
}

/** `2024`, 5, 9 as a calendar day. */
export function toLocalDate(year: number, month: number, day: number): LocalDate {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

export function yearOf(date: LocalDate): number {
  return Number(date.slice(0, 4));
}
