import { type RunCounts, totalOf } from '../run.ts';

/** When a run under way is counted again, and when it is asked whether it still is; real time. */
export interface Looks {
  readonly countAtMs: number;
  readonly askAtMs: number;
  /** When it will be through at the rate it has had; now where that is not known. */
  readonly endsAtMs: number;
}

/** Counting takes at most this share of the time: answers wait while the database counts a hundred thousand rows. */
const COUNTING_SHARE = 0.002;
/** Before anything is through, nothing can be said of the end. */
const LONGEST_WITHOUT_RATE_MS = 30_000;
/** A run that takes longer than thought is asked again after this share of the time it has had. */
const OVERTIME_SHARE = 0.05;

export const FIRST_LOOK: Looks = { countAtMs: 0, askAtMs: 0, endsAtMs: 0 };

/** After a count that took `tookMs`. `sinceMs`: for how long the run has been under way. */
export function afterCount(counts: RunCounts, tookMs: number, sinceMs: number, nowMs: number): Looks {
  const open = counts.pending + counts.sending;
  const through = totalOf(counts) - open;
  const restMs = through === 0 ? 0 : (open * sinceMs) / through;
  const waitMs = tookMs / COUNTING_SHARE;
  return {
    countAtMs: nowMs + (through === 0 ? Math.min(waitMs, LONGEST_WITHOUT_RATE_MS) : waitMs),
    askAtMs: nowMs + restMs / 2,
    endsAtMs: nowMs + restMs,
  };
}

/** After it said that it is under way: the nearer the end, the sooner it is asked again. */
export function afterAsking(looks: Looks, sinceMs: number, nowMs: number): Looks {
  const restMs = looks.endsAtMs - nowMs;
  return { ...looks, askAtMs: nowMs + (restMs > 0 ? restMs / 2 : sinceMs * OVERTIME_SHARE) };
}
