import { dutyChoices } from '#src/domain/conversation/flows/duty-prompts.ts';
import type { Duty } from '#src/domain/duty.ts';
import { changeDuty as applyChange, type DutyChange, ladderOf } from '#src/domain/duties/change-duty.ts';
import type { LocalDate } from '#src/domain/plan.ts';
import type { StaffMember } from '#src/domain/staff.ts';
import type { App } from '../app.ts';
import { personParams } from '../present.ts';
import { notifyStaff } from '../send/notify.ts';
import { dutyParams, mention } from './present-duty.ts';

export type WantedChange =
  | { readonly kind: 'assign'; readonly toId: string }
  | { readonly kind: 'move'; readonly dueDate: LocalDate }
  | { readonly kind: 'cancel' };

export interface DutyOrder {
  /** The record's id: the same order given twice changes and tells once. */
  readonly id: string;
  readonly dutyId: string;
  readonly change: WantedChange;
  readonly by: StaffMember;
  readonly reason: string;
}

export type DutyOrdered =
  | ({ readonly kind: 'changed'; readonly duty: Duty } & Told)
  | { readonly kind: 'unknown-duty' | 'unknown-staff' | 'not-allowed' | 'not-open' | 'no-change' };

/** Those whom a change concerns: who hears of it in chat, and who has no chat to hear it in. */
export interface Told {
  readonly told: readonly StaffMember[];
  readonly unreached: readonly StaffMember[];
}

const TRIES = 5;

/**
 * Gives a duty to somebody else, moves its day or calls it off, tells those whom it concerns, and keeps who did it and why.
 * Safe to run twice. Throws when the duty keeps changing under it.
 */
export async function changeDuty(app: App, order: DutyOrder): Promise<DutyOrdered> {
  const { change, by, reason } = order;
  if (change.kind === 'assign' && (await app.staff.get(change.toId))?.active !== true)
    return { kind: 'unknown-staff' };
  for (let tries = 0; tries < TRIES; tries += 1) {
    const duty = await app.duties.get(order.dutyId);
    if (!duty) return { kind: 'unknown-duty' };
    const asked = { id: order.id, by, reason, nowMs: app.clock.nowMs() };
    const changed = applyChange(duty, await withLadder(app, duty, change), asked, app.calendar);
    if (changed.kind !== 'changed') return changed;
    if (changed.duty !== duty && (await app.duties.save(changed.duty, duty.rev)) === 'conflict') continue;
    const told = await tellConcerned(app, order, changed.duty);
    await app.audit.record({
      id: order.id,
      atMs: asked.nowMs,
      by: by.id,
      action: AUDITED[change.kind],
      subject: duty.id,
      reason,
    });
    return { kind: 'changed', duty: changed.duty, ...told };
  }
  throw new Error(`duty ${order.dutyId} kept changing`);
}

const AUDITED = { assign: 'duty-assigned', move: 'duty-moved', cancel: 'duty-cancelled' } as const;

async function withLadder(app: App, duty: Duty, change: WantedChange): Promise<DutyChange> {
  if (change.kind !== 'move') return change;
  const current = await app.plans.current();
  if (!current) throw new Error('no plan is imported');
  return { ...change, ladder: ladderOf(current.plan, duty.ruleId) };
}

async function tellConcerned(app: App, order: DutyOrder, duty: Duty): Promise<Told> {
  const { id, change, reason } = order;
  const told: StaffMember[] = [];
  const unreached: StaffMember[] = [];
  const tell = async (notice: DutyNotice): Promise<void> => {
    ((await tellDuty(app, notice)) ? told : unreached).push(notice.person);
  };
  const has = duty.responsibleId === null ? null : await app.staff.get(duty.responsibleId);
  if (has) await tell({ id, duty, person: has, key: WORDS[change.kind], reason });
  const had = change.kind === 'assign' ? await hadBefore(app, duty) : null;
  if (has && had && had.id !== has.id) {
    const whom = mention(app.texts, has);
    await tell({ id, duty, person: had, key: 'duty.change.handedOver', reason, whom });
  }
  return { told, unreached };
}

const WORDS = {
  assign: 'duty.change.assigned',
  move: 'duty.change.moved',
  cancel: 'duty.change.cancelled',
} as const;

/** Whoever was reminded last before it changed hands. */
async function hadBefore(app: App, duty: Duty): Promise<StaffMember | null> {
  const id = duty.history.findLast(({ action }) => action === 'assigned')?.from;
  return id === undefined ? null : app.staff.get(id);
}

export interface DutyNotice {
  /** Of the order; with the person it makes the row's id. */
  readonly id: string;
  readonly duty: Duty;
  readonly person: StaffMember;
  readonly key: string;
  readonly reason: string;
  readonly whom?: string;
}

/** Whether the person can be reached at all. Who has the duty now can answer at once. */
export async function tellDuty(app: App, notice: DutyNotice): Promise<boolean> {
  const { duty, person, key, reason, whom = '' } = notice;
  const nowMs = app.clock.nowMs();
  const id = `${notice.id}.${person.id}`;
  const isTheirs = duty.state === 'open' && duty.responsibleId === person.id;
  const notified = await notifyStaff(app, {
    id,
    staff: person,
    text: {
      key,
      params: {
        ...dutyParams(app.texts, app.calendar, duty, nowMs),
        ...personParams(person),
        whom,
        reason: reason.replace(/[\s.]+$/u, ''),
      },
    },
    ...(isTheirs && {
      prompt: {
        id,
        subject: { kind: 'duty', dutyId: duty.id },
        choices: dutyChoices('responsible', (ref) => app.texts.render(ref)),
      },
    }),
    lane: 'reminder',
    dueAtMs: nowMs,
  });
  return notified.kind !== 'no-contact';
}
