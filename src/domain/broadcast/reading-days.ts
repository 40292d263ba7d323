import { type Calendar, isWorkingDay } from '../calendar/calendar.ts';
import { addDays, atLocal, endOfDay, localDateOf, MINUTE_MS } from '../calendar/local-time.ts';
import type { Broadcasting, LocalDate, LocalTime } from '../plan.ts';
import type { BroadcastRun } from '../run.ts';

/** One day on which a script is read. */
export interface ReadingDay {
  /** The first is 1. */
  readonly number: number;
  readonly of: number;
  readonly date: LocalDate;
  /** Of this day, those that are still to come; none: at once. */
  readonly slots: readonly LocalTime[];
  readonly handOverAtMs: number;
  /** When who has not said so is asked once whether it was read: in the morning of the next working day. */
  readonly askAgainAtMs: number;
  readonly endsAtMs: number;
}

const MAX_SEARCH_DAYS = 60;

/**
 * On which days and at what times a run is read aloud: the plan's number of days in a row (three at least, Luật
 * 10/2022/QH15, Điều 13 khoản 3), without days of silence. The first is the day on which a slot still lies far enough
 * ahead; its script is handed over when the run goes out, the others' shortly before the first slot. What is urgent is
 * read once and at once. Depends on the run alone, so that a fan-out that is run again makes the same rows.
 */
export function readingDays(
  run: Pick<BroadcastRun, 'sendAtMs' | 'lateByMs' | 'kind'>,
  broadcasting: Pick<Broadcasting, 'loudspeaker' | 'silentDays'>,
  calendar: Calendar,
): readonly ReadingDay[] {
  const { days, slots, handOverMinutesBefore, askAgainAt } = broadcasting.loudspeaker;
  const startMs = run.sendAtMs + (run.lateByMs ?? 0);
  const today = localDateOf(startMs);
  const day = (date: LocalDate, number: number, of: number, times: readonly LocalTime[]): ReadingDay => ({
    number,
    of,
    date,
    slots: times,
    handOverAtMs: number === 1 ? startMs : handOver(date, times[0] ?? askAgainAt, handOverMinutesBefore),
    askAgainAtMs: atLocal(nextWorkingDay(calendar, date), askAgainAt),
    endsAtMs: endOfDay(date),
  });
  if (run.kind === 'urgent') return [day(today, 1, 1, [])];
  const found: ReadingDay[] = [];
  for (let ahead = 0; found.length < days && ahead < MAX_SEARCH_DAYS; ahead += 1) {
    const date = addDays(today, ahead);
    if (broadcasting.silentDays.some((silent) => silent.date === date)) continue;
    const left = slots.filter((slot) => handOver(date, slot, handOverMinutesBefore) >= startMs).toSorted();
    if (left.length > 0) found.push(day(date, found.length + 1, days, left));
  }
  return found;
}

const handOver = (date: LocalDate, slot: LocalTime, minutesBefore: number): number =>
  atLocal(date, slot) - minutesBefore * MINUTE_MS;

function nextWorkingDay(calendar: Calendar, date: LocalDate): LocalDate {
  for (let ahead = 1; ahead < MAX_SEARCH_DAYS; ahead += 1) {
    const next = addDays(date, ahead);
    if (isWorkingDay(calendar, next)) return next;
  }
  throw new Error(`no working day within ${String(MAX_SEARCH_DAYS)} days of ${date}`);
}
