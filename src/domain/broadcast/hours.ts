import { addDays, atLocal, localDateOf, localTimeOf, MINUTE_MS } from '../calendar/local-time.ts';
import type { Broadcasting, LocalDate } from '../plan.ts';
import { type BroadcastRun, dueAtMs } from '../run.ts';

/** The rules of the plan about when a routine post may go out. */
export type Hours = Pick<Broadcasting, 'quiet' | 'silentDays'>;

/** Why a post goes out at another time than the one chosen. `full`: its groups have their routine post of that day. */
export type MovedWhy = 'quiet' | 'silent' | 'full';

export interface Placement {
  readonly atMs: number;
  readonly why: MovedWhy | null;
  /** Of a silent day, in the plan's words. */
  readonly reason: string | null;
}

/** A run started within so many minutes of its hour is on time: the worker looks every few seconds. */
const PUNCTUAL_MS = 5 * MINUTE_MS;
/** No search goes further: a longer row of days without a free one means that the plan is wrong. */
export const SEARCH_DAYS = 90;

/**
 * The first moment from `atMs` on that quiet hours and silent days leave free: out of the night into the morning, off a
 * silent day to the same hour of the next. `why` is the first rule that moved it. Quiet hours may span midnight.
 */
export function openHour(atMs: number, { quiet, silentDays }: Hours): Placement {
  let placed: Placement = { atMs, why: null, reason: null };
  for (let days = 0; days < SEARCH_DAYS; days += 1) {
    const date = localDateOf(placed.atMs);
    const silent = silentDays.find((day) => day.date === date);
    const morning = endOfQuiet(placed.atMs, quiet);
    if (silent) {
      const next = atLocal(addDays(date, 1), localTimeOf(placed.atMs));
      placed = { atMs: next, why: placed.why ?? 'silent', reason: placed.reason ?? silent.reason };
    } else if (morning !== null) placed = { ...placed, atMs: morning, why: placed.why ?? 'quiet' };
    else return placed;
  }
  throw new Error('no day on which a post may go out');
}

/** The end of the quiet hours that the moment lies in; null by day. */
function endOfQuiet(atMs: number, { from, to }: Hours['quiet']): number | null {
  const date = localDateOf(atMs);
  const time = localTimeOf(atMs);
  if (from < to) return time >= from && time < to ? atLocal(date, to) : null;
  if (time < to) return atLocal(date, to);
  return time >= from ? atLocal(addDays(date, 1), to) : null;
}

/** The same hour on another day. */
export function sameHourOn(date: LocalDate, atMs: number): number {
  return atLocal(date, localTimeOf(atMs));
}

/** How late a run is that starts now; null where it is on time. */
export function lateness(run: BroadcastRun, nowMs: number): number | null {
  const lateMs = nowMs - dueAtMs(run);
  return lateMs > PUNCTUAL_MS ? lateMs : null;
}

/** Too late to go out by itself: nothing older than the plan's window is sent. A correction is never too late. */
export function hasExpired(run: BroadcastRun, nowMs: number, lateForMinutes: number): boolean {
  if (run.kind === 'correction') return false;
  return (lateness(run, nowMs) ?? 0) > lateForMinutes * MINUTE_MS;
}

/** Do the rules of time hold for this run? Urgent posts and corrections pass all of them. */
export function followsHours(run: Pick<BroadcastRun, 'kind' | 'anyHour'>): boolean {
  return run.kind === 'routine' && !run.anyHour;
}
