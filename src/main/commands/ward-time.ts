import { atLocal, endOfDay, weekdayOf, localDateOf, localTimeOf } from '#src/domain/calendar/local-time.ts';

const OFFSET_MS = 7 * 3_600_000;

const INSTANT =
  /^(?<day>\d{4}-\d{2}-\d{2})(?:[T ](?<time>\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?)(?<zone>Z|[+-]\d{2}:?\d{2})?)?$/iu;

/** An instant as ISO 8601 at the ward's +07:00, to the millisecond. */
export function isoAtWard(atMs: number): string {
  return new Date(atMs + OFFSET_MS).toISOString().replace('Z', '+07:00');
}

/**
 * The instant of ISO 8601 words. Without a zone they are the ward's own time, wherever the computer stands; a day alone
 * is its first instant. Null for anything else, such as a day that no calendar has.
 */
export function parseInstant(words: string): number | null {
  const { day, time = '00:00', zone = '+07:00' } = INSTANT.exec(words.trim())?.groups ?? {};
  if (day === undefined || startOf(day) === null) return null;
  const atMs = Date.parse(`${day}T${time}${zone.toUpperCase()}`);
  return Number.isNaN(atMs) ? null : atMs;
}

/** From the first to the last instant of a day `YYYY-MM-DD` at the ward; null when it is not one. */
export function parseDay(words: string): { readonly fromMs: number; readonly toMs: number } | null {
  const fromMs = /^\d{4}-\d{2}-\d{2}$/u.test(words) ? startOf(words) : null;
  return fromMs === null ? null : { fromMs, toMs: endOfDay(words) };
}

function startOf(day: string): number | null {
  try {
    return atLocal(day, '00:00');
  } catch {
    return null;
  }
}

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** `Thu 2024-05-23`, for people. */
export function dayAtWard(atMs: number): string {
  const day = localDateOf(atMs);
  return `${WEEKDAYS[weekdayOf(day) - 1] ?? ''} ${day}`;
}

/** `Thu 2024-05-23 16:45`, for people. */
export function minuteAtWard(atMs: number): string {
  return `${dayAtWard(atMs)} ${localTimeOf(atMs)}`;
}
