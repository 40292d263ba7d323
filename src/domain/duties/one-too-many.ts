import { localDateOf } from '../calendar/local-time.ts';
import type { Duty } from '../duty.ts';

/** After the morning's message one more; a third can wait, unless something is due today. */
const MESSAGES_A_DAY = 2;

/** Whether the `count`-th message of a person and day waits for the next working morning. */
export const isOneTooMany = (count: number, isSomethingDue: boolean): boolean =>
  count > MESSAGES_A_DAY && !isSomethingDue;

export function isDueOn({ targetDate, dueAtMs }: Duty, nowMs: number): boolean {
  const today = localDateOf(nowMs);
  return targetDate === today || localDateOf(dueAtMs) === today;
}
