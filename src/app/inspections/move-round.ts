import { changeDuty, ladderOf } from '#src/domain/duties/change-duty.ts';
import type { Duty } from '#src/domain/duty.ts';
import { isRoundToMove, roundOf } from '#src/domain/inspections/round.ts';
import type { Visit } from '#src/domain/inspections/visit.ts';
import type { LocalDate, Plan } from '#src/domain/plan.ts';
import type { StaffMember } from '#src/domain/staff.ts';
import type { App } from '../app.ts';
import { tellDuty } from '../duties/change-duty.ts';
import { updateDuty } from '../duties/update-duty.ts';

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
  plan: Plan,
  moved: MovedVisit,
  heard: ReadonlySet<string>,
): Promise<RoundMoved> {
  const { id, visit, reason, by } = moved;
  const round = await roundToMove(app, moved);
  if (!round) return null;
  const nowMs = app.clock.nowMs();
  const change = { kind: 'move', dueDate: visit.day, ladder: ladderOf(plan, round) } as const;
  const updated = await updateDuty(app, round.id, (duty) =>
    changeDuty(duty, change, { id, by, reason, nowMs }, app.calendar),
  );
  if (updated?.result.kind !== 'changed') return { kind: 'stays', round };
  const { duty } = updated;
  const responsible = duty.responsibleId === null ? null : await app.staff.get(duty.responsibleId);
  if (responsible && !heard.has(responsible.id))
    await tellDuty(app, {
      id: `${id}.round`,
      duty,
      person: responsible,
      key: 'duty.change.moved',
      reason,
    });
  const entry = { id: `${id}.round`, atMs: nowMs, by: by.id, action: 'duty-moved', subject: duty.id, reason };
  await app.audit.record(entry);
  return { kind: 'moved', round: duty };
}

async function roundToMove(app: App, { id, visit, from }: MovedVisit): Promise<Duty | null> {
  const duties = visit.isAnnounced ? await app.duties.ofRules(visit.ruleId) : [];
  const moved = duties.find(({ history }) => history.some(({ detail }) => detail === id));
  if (moved) return moved;
  const round = roundOf(visit, duties, app.clock.nowMs());
  if (!round) return null;
  const others = await app.visits.since(from < visit.day ? from : visit.day);
  return isRoundToMove(round, visit, from, others) ? round : null;
}
