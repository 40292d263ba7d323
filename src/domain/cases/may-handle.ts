import type { Case } from '../case.ts';
import { hasRole, isLeading, type StaffMember } from '../staff.ts';

/** Handlers work on the cases of their own unit and on those given to them; leaders, the chairperson and admins on any. Asked when it counts: roles change. */
export function mayHandle(member: StaffMember, matter: Pick<Case, 'unitId' | 'handlerId'>): boolean {
  if (isAbove(member)) return true;
  return hasRole(member, 'handler') && (member.unitId === matter.unitId || member.id === matter.handlerId);
}

/** Who may act on a case that somebody else has. */
export const isAbove = isLeading;

/**
 * Who hears of what a handler did not settle: the leader of the unit, then the chairperson, then the ward's other leaders and
 * admins; never the handler. Null: there is nobody else.
 */
export function superiorOf(
  staff: readonly StaffMember[],
  matter: Pick<Case, 'unitId' | 'handlerId'>,
): StaffMember | null {
  const others = staff
    .filter((member) => member.active && member.contacts.length > 0 && member.id !== matter.handlerId)
    .toSorted((a, b) => a.id.localeCompare(b.id));
  const handler = staff.find(({ id }) => id === matter.handlerId);
  return (
    (handler && hasRole(handler, 'leader')
      ? undefined
      : others.find((member) => hasRole(member, 'leader') && member.unitId === matter.unitId)) ??
    others.find((member) => hasRole(member, 'chairperson')) ??
    others.find((member) => hasRole(member, 'leader')) ??
    others.find((member) => hasRole(member, 'admin')) ??
    null
  );
}
