import type { Case } from '#src/domain/case.ts';
import { hasRole, type StaffMember } from '#src/domain/staff.ts';

/** Handlers work on the cases of their own unit; leaders and admins on any. Asked when it counts: roles change. */
export function mayHandle(member: StaffMember, matter: Pick<Case, 'unitId'>): boolean {
  if (hasRole(member, 'leader', 'admin')) return true;
  return hasRole(member, 'handler') && member.unitId === matter.unitId;
}
