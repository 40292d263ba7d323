import { inForceOn } from '#src/domain/calendar/in-force.ts';
import type { LocalDate, Plan } from '#src/domain/plan.ts';
import { unitNameOf } from '#src/domain/unit-name.ts';

/** The letterhead that holds on a day: who is above the ward, and the ward; null where the plan gives none. */
export const letterheadOn = ({ ward }: Pick<Plan, 'ward'>, day: LocalDate) =>
  inForceOn(ward.letterheads, day);

/** The ward, and one of its bodies whose paper it is. */
export function issuerOf(plan: Plan, unitId: string, day: LocalDate): readonly string[] {
  const head = letterheadOn(plan, day);
  const body = unitNameOf(plan, unitId, day).toLocaleUpperCase('vi');
  return head ? [head.issuer, body] : [body];
}
