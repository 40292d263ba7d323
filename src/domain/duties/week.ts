import type { Calendar } from '../calendar/calendar.ts';
import { isWorkingDay } from '../calendar/calendar.ts';
import { addDays, atLocal, localDateOf, weekdayOf } from '../calendar/local-time.ts';
import { isOfficeDay } from '../calendar/office-day.ts';
import { type Duty, isUnfinished } from '../duty.ts';
import type { LocalDate } from '../plan.ts';
import { hasRole, type StaffMember } from '../staff.ts';

/** Monday to Sunday, in real instants: `untilMs` is the next Monday's beginning. */
export interface Week {
  readonly monday: LocalDate;
  readonly fromMs: number;
  readonly untilMs: number;
}

/** Told on the first working day of a week; on the second where nothing ran on the first. */
const DAYS_TO_TELL = 2;

export function weekOf(date: LocalDate): Week {
  const monday = addDays(date, 1 - weekdayOf(date));
  return { monday, fromMs: atLocal(monday, '00:00'), untilMs: atLocal(addDays(monday, 7), '00:00') };
}

/** The week that leaders may be told of now; null at any other time, and in a week without a working day. */
export function weekToTell(calendar: Calendar, nowMs: number): Week | null {
  const today = localDateOf(nowMs);
  const week = weekOf(today);
  const days = [0, 1, 2, 3, 4, 5, 6].map((after) => addDays(week.monday, after));
  const telling = days.filter((day) => isWorkingDay(calendar, day)).slice(0, DAYS_TO_TELL);
  return telling.includes(today) && isOfficeDay(calendar, nowMs) ? week : null;
}

/** What a leader has to know of a week. */
export interface WeekOfDuties {
  /** The oldest first. */
  readonly overdue: readonly Duty[];
  readonly due: readonly Duty[];
  /** How many were reported done in the week before. */
  readonly done: number;
}

/** The chairperson sees every duty, a leader those of their unit and those that climb to them. */
export function weekFor(
  duties: readonly Duty[],
  leader: StaffMember,
  week: Week,
  nowMs: number,
): WeekOfDuties {
  const seen = duties
    .filter(
      ({ unitId, headId }) =>
        hasRole(leader, 'chairperson') || unitId === leader.unitId || headId === leader.id,
    )
    .toSorted((a, b) => a.dueAtMs - b.dueAtMs || a.id.localeCompare(b.id));
  const open = seen.filter(isUnfinished);
  const before = weekOf(addDays(week.monday, -7));
  return {
    overdue: open.filter(({ dueAtMs }) => dueAtMs < nowMs),
    due: open.filter(({ dueAtMs }) => dueAtMs >= nowMs && dueAtMs < week.untilMs),
    done: seen.filter(({ history }) =>
      history.some(({ action, atMs }) => action === 'done' && atMs >= before.fromMs && atMs < before.untilMs),
    ).length,
  };
}

/** Where an unfinished duty stands: nobody is reminded any more, it was seen, or reminded and left without an answer. */
export function standingOf({
  state,
  nextAtMs,
  history,
}: Duty): 'given-up' | 'seen' | 'silent' | 'not-reminded' {
  if (nextAtMs === null) return 'given-up';
  if (state === 'acknowledged') return 'seen';
  return history.some(({ action }) => action === 'reminded') ? 'silent' : 'not-reminded';
}
