import type { Duty } from '#src/domain/duty.ts';
import { isRoundToMove, roundOf } from '#src/domain/inspections/round.ts';
import type { Visit } from '#src/domain/inspections/visit.ts';
import type { LocalDate } from '#src/domain/plan.ts';
import type { StaffMember } from '#src/domain/staff.ts';
import type { App } from '../app.ts';
import { changeDuty } from '../duties/change-duty.ts';

export interface MovedVisit {
  /** Of the order that moved it. */
  readonly id: string;
  readonly visit: Visit;
  readonly from: LocalDate;
  readonly reason: string;
  readonly by: StaffMember;
}

/** Null: no day of the plan hangs on the visit. `stays`: whoever moved the visit may not move what the plan wants done. */
export type RoundMoved = { readonly kind: 'moved' | 'stays'; readonly round: Duty } | null;

/**
 * The round of the plan that a moved visit carries out follows it with its reminders, on record as any other duty that is moved,
 * where whoever moved the visit may do that. Else it stays, and climbs: a visit that is put off must not hide that. Tells whoever
 * has the round, but not those who hear of the visit (`heard`). Safe to run twice.
 */
export async function moveRound(
  app: App,
  moved: MovedVisit,
  heard: ReadonlySet<string>,
): Promise<RoundMoved> {
  const { visit, reason, by } = moved;
  const round = await roundToMove(app, moved);
  if (!round) return null;
  const change = { kind: 'move', dueDate: visit.day } as const;
  const ordered = await changeDuty(app, { id: orderOf(moved), dutyId: round.id, change, by, reason, heard });
  return ordered.kind === 'changed' ? { kind: 'moved', round: ordered.duty } : { kind: 'stays', round };
}

const orderOf = ({ id }: MovedVisit): string => `${id}.round`;

async function roundToMove(app: App, visitMoved: MovedVisit): Promise<Duty | null> {
  const { visit, from } = visitMoved;
  const duties = visit.isAnnounced ? await app.duties.ofRules(visit.ruleId) : [];
  const moved = duties.find(({ history }) => history.some(({ detail }) => detail === orderOf(visitMoved)));
  if (moved) return moved;
  const round = roundOf(visit, duties, app.clock.nowMs());
  if (!round) return null;
  const others = await app.visits.since(from < visit.day ? from : visit.day);
  return isRoundToMove(round, visit, from, others) ? round : null;
}
