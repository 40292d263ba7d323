import { mayChangeDuty, USUAL_LADDER } from '#src/domain/duties/change-duty.ts';
import { makeDuty, pickChain } from '#src/domain/duties/open-duties.ts';
import { endOfDay } from '#src/domain/calendar/local-time.ts';
import type { Duty } from '#src/domain/duty.ts';
import type { LocalDate } from '#src/domain/plan.ts';
import type { StaffMember } from '#src/domain/staff.ts';
import type { App } from '../app.ts';
import { tellDuty } from './change-duty.ts';

export interface NewDuty {
  /** Names the order: the same one given twice opens one duty. */
  readonly id: string;
  /** Null: the words of the obligation. */
  readonly title: string | null;
  /** The paragraph of the plan that it is for. */
  readonly obligationId: string | null;
  readonly dueDate: LocalDate;
  readonly toId: string;
  readonly by: StaffMember;
  readonly reason: string;
}

export type DutyAdded =
  | { readonly kind: 'added'; readonly duty: Duty; readonly isReached: boolean }
  | { readonly kind: 'unknown-staff' | 'unknown-obligation' | 'no-title' | 'not-allowed' | 'past' };

/** Begins the ids of duties, and of rules, that a leader added. */
const ADDED = 'TV';

/**
 * A duty that no date of the plan makes: given to somebody by a leader, with the usual ladder, told at once and kept on
 * record. Above them stand the leader of their unit and the chairperson. Safe to run twice.
 */
export async function addDuty(app: App, wanted: NewDuty): Promise<DutyAdded> {
  const { by, toId, dueDate, reason } = wanted;
  const nowMs = app.clock.nowMs();
  const staff = await app.staff.list();
  const person = staff.find(({ id, active }) => active && id === toId);
  if (!person) return { kind: 'unknown-staff' };
  if (!mayChangeDuty(person.unitId, by)) return { kind: 'not-allowed' };
  if (endOfDay(dueDate) < nowMs) return { kind: 'past' };
  const obligation = await obligationOf(app, wanted.obligationId);
  if (obligation === 'unknown') return { kind: 'unknown-obligation' };
  const title = wanted.title ?? obligation?.display ?? '';
  if (title.trim() === '') return { kind: 'no-title' };
  const { headId, chairpersonId } = pickChain(staff, person.unitId, null);
  const duty = makeDuty(app.calendar, nowMs, {
    id: `${ADDED}-${wanted.id}.${dueDate}`,
    ruleId: obligation?.id ?? ADDED,
    kind: 'routine',
    title,
    recipient: '',
    unitId: person.unitId,
    dueDate,
    ladder: USUAL_LADDER,
    chain: { responsibleId: toId, headId: headId === toId ? null : headId, chairpersonId },
  });
  await app.duties.open(duty);
  const isReached = await tellDuty(app, {
    id: `added.${duty.id}`,
    duty,
    person,
    key: 'duty.change.assigned',
    reason,
  });
  await app.audit.record({
    id: `added.${duty.id}`,
    atMs: nowMs,
    by: by.id,
    action: 'duty-added',
    subject: duty.id,
    reason,
  });
  return { kind: 'added', duty, isReached };
}

async function obligationOf(app: App, id: string | null) {
  if (id === null) return null;
  const current = await app.plans.current();
  return current?.plan.obligations.find((one) => one.id === id) ?? 'unknown';
}
