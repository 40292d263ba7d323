import { addDays, atLocal, DAY_MS, localDateOf, localTimeOf } from '../calendar/local-time.ts';
import type { Platform } from '../inbound.ts';

/** What Zalo lets an Official Account do after a person's last message: free at first, then billed, then refused. */
const FREE_MS = 2 * DAY_MS;
export const WINDOW_MS = 7 * DAY_MS;
const BEFORE_BILLED_MS = DAY_MS / 8;
const BEFORE_CLOSED_MS = DAY_MS;

/** How news would go to somebody now; `waits`: the platform takes none until they write again. */
export type Way = 'free' | 'billed' | 'waits';

export function wayOf(platform: Platform, heardAtMs: number | null, nowMs: number): Way {
  if (platform !== 'zalo' || heardAtMs === null) return 'free';
  const silentMs = nowMs - heardAtMs;
  if (silentMs <= FREE_MS) return 'free';
  return silentMs <= WINDOW_MS ? 'billed' : 'waits';
}

/**
 * The next moment, after `afterMs`, at which a person should be asked to keep the window open: some hours before news is billed,
 * a day before none is taken; in the evening before where that is in the night. Null: there is none, or no window.
 */
export function windowLookMs(platform: Platform, heardAtMs: number, afterMs: number): number | null {
  if (platform !== 'zalo') return null;
  const looks = [FREE_MS - BEFORE_BILLED_MS, WINDOW_MS - BEFORE_CLOSED_MS].map((ms) => byDay(heardAtMs + ms));
  return looks.find((ms) => ms > afterMs) ?? null;
}

/** Earlier and not later: after the night the window may be shut. */
function byDay(ms: number): number {
  const time = localTimeOf(ms);
  if (time >= '06:30' && time < '21:00') return ms;
  const date = localDateOf(ms);
  return atLocal(time < '06:30' ? addDays(date, -1) : date, '20:30');
}
