export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** How long a consultation message is free after the person's last interaction. */
export const FREE_WINDOW_MS = 48 * HOUR_MS;
/** How long it is allowed at all. */
const REPLY_WINDOW_MS = 7 * DAY_MS;

/** Where a consultation message falls. */
export type ConsultationWindow = 'never' | 'free' | 'billed' | 'closed';

/**
 * The window of a consultation (`message/cs`) by the age of the last interaction: at most 48 h free, to 7 days billed,
 * then closed (-230); a person who never followed nor wrote is `never` (-213).
 */
export function consultationWindow(lastInteractionMs: number | undefined, nowMs: number): ConsultationWindow {
  if (lastInteractionMs === undefined) return 'never';
  const ageMs = nowMs - lastInteractionMs;
  if (ageMs <= FREE_WINDOW_MS) return 'free';
  return ageMs <= REPLY_WINDOW_MS ? 'billed' : 'closed';
}

const VIETNAM_OFFSET_MS = 7 * HOUR_MS;

/** The month in Vietnam as `YYYY-MM`; monthly quotas start again with it. */
export const vietnamMonth = (atMs: number): string =>
  new Date(atMs + VIETNAM_OFFSET_MS).toISOString().slice(0, 7);

/** The day in Vietnam as `DD/MM/YYYY`, the form of `user_last_interaction_date`. */
export function vietnamDay(atMs: number): string {
  const [year, month, day] = new Date(atMs + VIETNAM_OFFSET_MS).toISOString().slice(0, 10).split('-');
  return `${day ?? ''}/${month ?? ''}/${year ?? ''}`;
}

/** The last millisecond of the month in Vietnam that holds `atMs`. */
export function vietnamMonthEndMs(atMs: number): number {
  const there = new Date(atMs + VIETNAM_OFFSET_MS);
  return Date.UTC(there.getUTCFullYear(), there.getUTCMonth() + 1, 1) - VIETNAM_OFFSET_MS - 1;
}
