import type { Calendar } from '../calendar/calendar.ts';
import { addDays, endOfDay, localDateOf, yearOf } from '../calendar/local-time.ts';
import type { Duty } from '../duty.ts';
import type { Plan } from '../plan.ts';
import type { StaffMember } from '../staff.ts';
import { openDuties } from './open-duties.ts';

/**
 * Next year's duties open this long before the year does, so that January's first rungs are not missed; what speaks, or is due,
 * still earlier (so many working days before something of that year) as long before its first rung.
 */
const AHEAD_DAYS = 45;

/** The duties that the plan wants to be there now. */
export function dutiesToOpen(
  plan: Plan,
  staff: readonly StaffMember[],
  calendar: Calendar,
  nowMs: number,
): readonly Duty[] {
  const today = localDateOf(nowMs);
  const horizon = addDays(today, AHEAD_DAYS);
  const next = yearOf(today) + 1;
  const isNear = ({ nextAtMs }: Duty): boolean => nextAtMs !== null && nextAtMs <= endOfDay(horizon);
  const nextYear = openDuties(plan, next, staff, calendar, nowMs);
  return [
    ...openDuties(plan, yearOf(today), staff, calendar, nowMs),
    ...(yearOf(horizon) === next ? nextYear : nextYear.filter(isNear)),
  ];
}
