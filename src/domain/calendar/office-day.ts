import type { LocalTime } from '../plan.ts';
import { type Calendar, isWorkingDay } from './calendar.ts';
import { atLocal, localDateOf } from './local-time.ts';

/** When lists and summaries of the day begin to come. */
export const OFFICE_OPENS: LocalTime = '08:00';
const OFFICE_CLOSES: LocalTime = '17:00';

/** Between eight and five of a working day. */
export function isOfficeDay(calendar: Calendar, nowMs: number): boolean {
  const today = localDateOf(nowMs);
  const isOpen = nowMs >= atLocal(today, OFFICE_OPENS) && nowMs < atLocal(today, OFFICE_CLOSES);
  return isOpen && isWorkingDay(calendar, today);
}
