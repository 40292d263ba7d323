import type { Duty } from '../duty.ts';
import type { Plan } from '../plan.ts';
import { hasRole, type StaffMember } from '../staff.ts';

export type DutyChain = Pick<Duty, 'responsibleId' | 'headId' | 'chairpersonId'>;

/**
 * Who answers for a duty of a unit: one of its people, then the unit's leader (or the supervising unit's, where the
 * leader is alone), then the chairperson. Deterministic for the same staff; null where nobody has been invited yet.
 */
export function pickChain(
  staff: readonly StaffMember[],
  unitId: string,
  supervisorId: string | null,
): DutyChain {
  const active = staff.filter((member) => member.active).toSorted((a, b) => a.id.localeCompare(b.id));
  const own = active.filter((member) => member.unitId === unitId);
  const isLeader = (member: StaffMember): boolean => hasRole(member, 'leader', 'chairperson');
  const responsible = own.find((member) => !isLeader(member)) ?? own[0] ?? null;
  const head =
    own.find((member) => isLeader(member) && member !== responsible) ??
    active.find((member) => member.unitId === supervisorId && member !== responsible) ??
    null;
  const chairperson = active.find((member) => hasRole(member, 'chairperson')) ?? null;
  return {
    responsibleId: responsible?.id ?? null,
    headId: head?.id ?? null,
    chairpersonId: chairperson?.id ?? null,
  };
}

/** The chain of a unit with somebody chosen to answer for it; nobody is above themselves. */
export function chainTo(
  staff: readonly StaffMember[],
  unitId: string,
  responsibleId: string | null,
): DutyChain {
  const { headId, chairpersonId } = pickChain(staff, unitId, null);
  return { responsibleId, headId: headId === responsibleId ? null : headId, chairpersonId };
}

/** A chain as it was fixed when the duty opened, with only its gaps filled by who has come since. */
export function fillChain(duty: Duty, staff: readonly StaffMember[], supervisorId: string | null): Duty {
  if (duty.responsibleId !== null && duty.headId !== null && duty.chairpersonId !== null) return duty;
  const now = pickChain(staff, duty.unitId, supervisorId);
  const responsibleId = duty.responsibleId ?? now.responsibleId;
  const headId = duty.headId ?? (now.headId === responsibleId ? null : now.headId);
  return { ...duty, responsibleId, headId, chairpersonId: duty.chairpersonId ?? now.chairpersonId };
}

/** The unit that a rule of the plan names as supervisor; null for what has none (inspections). */
export function supervisorOf(plan: Plan, ruleId: string): string | null {
  return [...plan.deadlines, ...plan.routines].find(({ id }) => id === ruleId)?.supervisor ?? null;
}
