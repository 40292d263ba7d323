import type { Inspection, Plan } from '../plan.ts';
import { hasAddress, hasRole, type StaffMember } from '../staff.ts';
import { isUnderWay, leadOf, type Visit } from './visit.ts';

/**
 * Who a visit is shown to. Nobody stands in for anybody here: the deputy of somebody who may see one can work in the very unit
 * that is looked at, so only the member's own roles count.
 */

type Unit = Pick<StaffMember, 'unitId'>;

/** Nobody of the unit may learn that it is there: not announced, and not closed. One that was called off stays so. */
export const isHidden = ({ isAnnounced, state }: Pick<Visit, 'isAnnounced' | 'state'>): boolean =>
  !isAnnounced && state !== 'closed';

export const isOfInspected = ({ unitId }: Pick<Visit, 'unitId'>, by: Unit): boolean => by.unitId === unitId;

export function maySeeVisit(visit: Visit, by: StaffMember): boolean {
  if (!by.active) return false;
  const isInvolved = visit.team.includes(by.id) || visit.plannedById === by.id;
  const isOfInspector = by.unitId === visit.inspectorUnitId;
  if (isHidden(visit)) {
    if (isOfInspected(visit, by)) return false;
    return isInvolved || hasRole(by, 'chairperson') || (isOfInspector && hasRole(by, 'leader'));
  }
  // Who gets the books ready need not be the head of the unit.
  const isToPrepare = isOfInspected(visit, by) && isUnderWay(visit);
  return isInvolved || isOfInspector || isToPrepare || hasRole(by, 'leader', 'chairperson', 'admin');
}

/** Looks at the unit and writes down what is found. */
export const isOfTeam = (visit: Visit, by: StaffMember): boolean =>
  by.active && visit.team.includes(by.id) && !isOfInspected(visit, by);

/** Closes the visit, moves it or calls it off. `leaderId`: who leads today, also for somebody on leave; once it has begun. */
export function isInCharge(visit: Visit, by: StaffMember, leaderId: string | null): boolean {
  if (isOfInspected(visit, by)) return false;
  const isLeading = by.id === leadOf(visit) || (visit.state === 'open' && by.id === leaderId);
  return (by.active && (isLeading || by.id === visit.plannedById)) || hasRole(by, 'chairperson');
}

/** Never a deputy: they may work in the unit. Nor anybody who works there by now. */
export const isToBeTold = (visit: Visit, person: StaffMember): boolean =>
  hasAddress(person) && !isOfInspected(visit, person);

/** The inspections of the plan of which this member may plan a visit: the inspectors' own, all for chairperson and admins. */
export function rulesToPlan(plan: Pick<Plan, 'inspections'>, by: StaffMember): readonly Inspection[] {
  const isAboveAll = hasRole(by, 'chairperson', 'admin');
  return plan.inspections.filter(
    (rule) =>
      unitsToInspect(rule, by).length > 0 &&
      (isAboveAll || (rule.inspector === by.unitId && hasRole(by, 'leader', 'inspector'))),
  );
}

/** Nobody plans a visit to the unit they work in. */
export const unitsToInspect = ({ inspected }: Inspection, by: Unit): readonly string[] =>
  inspected.filter((unitId) => unitId !== by.unitId);
