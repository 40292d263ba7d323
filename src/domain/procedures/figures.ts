import { shortDate } from '../calendar/deadline.ts';
import { addDays, endOfDay } from '../calendar/local-time.ts';
import { weekOf } from '../duties/week.ts';
import type { Duty } from '../duty.ts';
import type { LocalDate, Plan } from '../plan.ts';
import { hasRole, speaksFor, type StaffMember } from '../staff.ts';

/** What a unit did with the files ("hồ sơ") of procedures in one week. */
export interface Figures {
  readonly received: number;
  /** Results that were given back, by the day that was promised and after it. */
  readonly onTime: number;
  readonly late: number;
  /** Not given back and past their day, at the moment of writing. */
  readonly overdue: number;
  /** One line, without names or numbers of people; null where nothing is overdue. */
  readonly why: string | null;
}

/** One writing-down. The last of a week counts, those before it stay. */
export interface FiguresEntry extends Figures {
  /** Of the effect that wrote it. */
  readonly id: string;
  /** The week's Monday. */
  readonly week: LocalDate;
  readonly atMs: number;
  /** A member of staff. */
  readonly by: string;
}

/** The board of a plan, with what its routine says. */
export interface Board {
  readonly routineId: string;
  /** The unit that reports. */
  readonly unitId: string;
  readonly watching: readonly string[];
  /** ISO, on which it is asked. */
  readonly weekday: number;
}

/** Null where the plan keeps none. */
export function boardOf({ procedures, routines }: Pick<Plan, 'procedures' | 'routines'>): Board | null {
  const routine = routines.find(({ id }) => id === procedures?.routine);
  const [on] = routine?.on ?? [];
  if (!procedures || !routine || on?.kind !== 'weekly') return null;
  const { id: routineId, responsible: unitId } = routine;
  return { routineId, unitId, watching: procedures.watching, weekday: on.weekday };
}

/** The Monday of the week of which the duty asks; null where it asks for something else. */
export function weekAskedBy({ routineId }: Board, dutyId: string): LocalDate | null {
  const day = dutyId.startsWith(`${routineId}.`) ? dutyId.slice(routineId.length + 1) : '';
  return /^\d{4}-\d{2}-\d{2}$/u.test(day) ? weekOf(day).monday : null;
}

export const dutyIdOf = ({ routineId, weekday }: Board, week: LocalDate): string =>
  `${routineId}.${addDays(week, weekday - 1)}`;

/** Its Monday and Sunday as people write them, for the texts. */
export const weekDays = (week: LocalDate): { readonly from: string; readonly to: string } => ({
  from: shortDate(endOfDay(week)),
  to: shortDate(endOfDay(addDays(week, 6))),
});

/** Leaders, the chairperson, those who watch and those who report. */
export function mayRead({ unitId, watching }: Board, by: StaffMember): boolean {
  return (
    by.active &&
    (hasRole(by, 'leader', 'chairperson') || by.unitId === unitId || watching.includes(by.unitId))
  );
}

/** Whoever works in the unit, and who was given the duty of this week or has it in somebody's place. */
export function mayReport({ unitId }: Board, by: StaffMember, duty: Duty | null): boolean {
  if (!by.active) return false;
  if (by.unitId === unitId) return true;
  return (
    duty !== null &&
    speaksFor(
      by,
      [duty.responsibleId, duty.headId].filter((id) => id !== null),
    )
  );
}
