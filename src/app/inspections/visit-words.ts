import { atLocal, localDateOf } from '#src/domain/calendar/local-time.ts';
import { ledBy, type Visit } from '#src/domain/inspections/visit.ts';
import { NOTE_ROWS } from '#src/domain/outbound.ts';
import type { LocalDate, Plan } from '#src/domain/plan.ts';
import type { StaffMember } from '#src/domain/staff.ts';
import { unitNameOf } from '#src/domain/unit-name.ts';
import type { App } from '../app.ts';
import { planOf } from '../cases/case-law.ts';
import { presentDay, staffName } from '../present.ts';

/** What sentences about visits are made from. */
export interface VisitWords {
  readonly plan: Plan;
  readonly staff: readonly StaffMember[];
}

export async function wordsFor(app: Pick<App, 'plans' | 'staff'>): Promise<VisitWords> {
  const [plan, staff] = await Promise.all([planOf(app), app.staff.list()]);
  return { plan, staff };
}

/** Everything that a sentence about a visit may name. */
export function visitParams(
  { texts, clock }: Pick<App, 'texts' | 'clock'>,
  { plan, staff }: VisitWords,
  visit: Visit,
): Record<string, string | number> {
  const today = localDateOf(clock.nowMs());
  const nameOf = (id: string): string => {
    const member = staff.find((one) => one.id === id);
    return member ? staffName(member) : '';
  };
  return {
    title: visit.title,
    unit: unitNameOf(plan, visit.unitId, today),
    inspector: unitNameOf(plan, visit.inspectorUnitId, today),
    subject: plan.inspections.find(({ id }) => id === visit.ruleId)?.subject ?? visit.title,
    kind: texts.render({ key: `inspection.kind.${visit.kind}` }),
    state: texts.render({ key: `inspection.state.${visit.state}` }),
    team: visit.team.map(nameOf).join(', '),
    lead: nameOf(ledBy(visit)),
    ...presentDay(texts, noon(visit.day)),
  };
}

export const noon = (day: LocalDate): number => atLocal(day, '12:00');

/**
 * The id of a row that speaks of a visit. Logs and lists of the operator name rows by their ids: this one tells nothing, and
 * is the same for whoever repeats it.
 */
export const noteId = ({ hash }: Pick<App, 'hash'>, ...parts: readonly string[]): string =>
  `${NOTE_ROWS}${hash(parts.join(' '))}`;
