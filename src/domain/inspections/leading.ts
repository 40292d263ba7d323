import type { LocalDate } from '../plan.ts';
import { isOnLeave, type StaffMember } from '../staff.ts';
import { isToBeTold } from './may-see.ts';
import type { Visit, VisitHistoryEntry } from './visit.ts';

/** Those of the team who are there on a day, in its order. */
export const presentOn = (
  visit: Visit,
  staff: readonly StaffMember[],
  day: LocalDate,
): readonly StaffMember[] =>
  visit.team
    .flatMap((id) => staff.find((one) => one.id === id) ?? [])
    .filter((one) => isToBeTold(visit, one) && !isOnLeave(one, day));

/** Whether a member of the team was not there: on leave on the day, and nothing of the visit is theirs. */
export const wasAway = (visit: Visit, member: StaffMember): boolean =>
  isOnLeave(member, visit.day) &&
  !visit.history.some(({ action, by }) => by === member.id && LOOKED.has(action));

const LOOKED: ReadonlySet<VisitHistoryEntry['action']> = new Set(['answered', 'found', 'closed']);

/**
 * Who leads on a day: the first of the team who is there. So nobody from outside is let in: the deputy of a lead on leave may
 * work in the very unit. Null: all are away.
 */
export const leaderOn = (visit: Visit, staff: readonly StaffMember[], day: LocalDate): StaffMember | null =>
  presentOn(visit, staff, day)[0] ?? null;
