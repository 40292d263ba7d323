import { ladderOf, mayChangeDuty } from '#src/domain/duties/change-duty.ts';
import { chainTo } from '#src/domain/duties/chain.ts';
import { makeDuty } from '#src/domain/duties/open-duties.ts';
import { endOfDay } from '#src/domain/calendar/local-time.ts';
import type { ShownBy } from '#src/domain/done-by.ts';
import type { Duty } from '#src/domain/duty.ts';
import type { LocalDate, Obligation, Plan } from '#src/domain/plan.ts';
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
  /** What will show that it is done; the number of a document unless told. */
  readonly shownBy?: ShownBy;
  /** The whole of which it is a part. */
  readonly partOf?: string;
  readonly by: StaffMember;
  readonly reason: string;
}

export type DutyAdded =
  | { readonly kind: 'added'; readonly duty: Duty; readonly isReached: boolean }
  | { readonly kind: 'unknown-staff' | 'unknown-obligation' | 'no-title' | 'not-allowed' | 'past' };

/** Begins the ids of duties, and of rules, that a leader added. */
const ADDED = 'TV';

/**
 * A duty that no date of the plan makes: given to somebody by a leader, with the ladder of what is given, told at once and kept on
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
  const plan = (await app.plans.current())?.plan ?? null;
  const obligation = obligationOf(plan, wanted.obligationId);
  if (obligation === 'unknown') return { kind: 'unknown-obligation' };
  const title = wanted.title ?? obligation?.display ?? '';
  if (title.trim() === '') return { kind: 'no-title' };
  const of = { ruleId: obligation?.id ?? ADDED, unitId: person.unitId };
  const duty = makeDuty(app.calendar, nowMs, {
    ...of,
    id: `${ADDED}-${wanted.id}.${dueDate}`,
    kind: 'routine',
    title,
    recipient: '',
    dueDate,
    ladder: ladderOf(plan, of),
    ...(wanted.shownBy === undefined ? {} : { doneBy: { kind: wanted.shownBy } }),
    ...(wanted.partOf === undefined ? {} : { precedes: { dutyId: wanted.partOf, workingDays: null } }),
    chain: chainTo(staff, person.unitId, toId),
  });
  return { kind: 'added', duty, isReached: await giveDuty(app, { duty, person, by, reason }) };
}

export interface GivenDuty {
  readonly duty: Duty;
  /** Null: nobody answers for it yet. */
  readonly person: StaffMember | null;
  readonly by: StaffMember;
  readonly reason: string;
}

/** Opens a duty, tells who has it and puts it on record; answers whether they could be told. Safe to run twice. */
export async function giveDuty(app: App, { duty, person, by, reason }: GivenDuty): Promise<boolean> {
  const id = `added.${duty.id}`;
  await app.duties.open(duty);
  const isReached =
    person !== null && (await tellDuty(app, { id, duty, person, key: 'duty.change.assigned', reason }));
  const atMs = app.clock.nowMs();
  await app.audit.record({ id, atMs, by: by.id, action: 'duty-added', subject: duty.id, reason });
  return isReached;
}

function obligationOf(plan: Plan | null, id: string | null): Obligation | 'unknown' | null {
  if (id === null) return null;
  return plan?.obligations.find((one) => one.id === id) ?? 'unknown';
}
