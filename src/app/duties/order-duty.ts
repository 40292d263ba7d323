import type { DutyChatOrder } from '#src/domain/conversation/duty-effects.ts';
import { endOfDay } from '#src/domain/calendar/local-time.ts';
import { answerDuty } from '#src/domain/duties/answer-duty.ts';
import { mayChangeDuty } from '#src/domain/duties/change-duty.ts';
import { speaksFor, type StaffMember } from '#src/domain/staff.ts';
import type { App } from '../app.ts';
import { audit, type EffectContext, replyText } from '../inbound/reply.ts';
import { personParams, presentDay } from '../present.ts';
import { actingMember } from '../staff/acting.ts';
import { addDuty, type NewDuty } from './add-duty.ts';
import { changeDuty, type WantedChange } from './change-duty.ts';
import { dutyParams, mention } from './present-duty.ts';
import { toldText } from './told-text.ts';

/** What a leader orders, or somebody notes, in chat: done, told to whom it concerns, and answered. Idempotent by the effect's id. */
export async function orderDuty(app: App, context: EffectContext, order: DutyChatOrder): Promise<void> {
  const by = await actingMember(app, context.conversation.chat);
  if (!by) return replyText(app, context, { key: 'common.notAllowed' });
  switch (order.kind) {
    case 'add':
      return add(app, context, by, order);
    case 'split':
      return split(app, context, by, order);
    case 'move':
      return change(app, context, by, order, { kind: 'move', dueDate: order.dueDate });
    case 'cancel':
      return change(app, context, by, order, { kind: 'cancel' });
    case 'progress':
      return note(app, context, by, order);
  }
}

async function add(
  app: App,
  context: EffectContext,
  by: StaffMember,
  order: Pick<NewDuty, 'title' | 'toId' | 'dueDate' | 'reason'>,
): Promise<void> {
  const id = app.personalData.privateId(context.id);
  const added = await addDuty(app, { ...order, id, obligationId: null, by });
  switch (added.kind) {
    case 'added': {
      const person = await app.staff.get(order.toId);
      const told = person === null ? [] : [person];
      const params = {
        ...{ title: added.duty.title, whom: mention(app.texts, person) },
        ...presentDay(app.texts, added.duty.dueAtMs),
        told: toldText(
          app.texts,
          by,
          added.isReached ? { told, unreached: [] } : { told: [], unreached: told },
        ),
      };
      return replyText(app, context, { key: 'duty.order.added', params });
    }
    case 'not-allowed':
    case 'unknown-staff':
      return replyText(app, context, { key: 'duty.order.notTheirs', params: personParams(by) });
    case 'past':
    case 'no-title':
    case 'unknown-obligation':
      return replyText(app, context, { key: 'duty.order.past' });
  }
}

/** Done before the whole has to be. */
async function split(
  app: App,
  context: EffectContext,
  by: StaffMember,
  { dutyId, title, toId, dueDate }: Extract<DutyChatOrder, { kind: 'split' }>,
): Promise<void> {
  const whole = await app.duties.get(dutyId);
  const mayDo =
    whole && (mayChangeDuty(whole.unitId, by) || speaksFor(by, [whole.headId, whole.chairpersonId]));
  if (!mayDo) return replyText(app, context, { key: 'duty.answer.notYours' });
  if (endOfDay(dueDate) > whole.dueAtMs) {
    const params = presentDay(app.texts, whole.dueAtMs);
    return replyText(app, context, { key: 'duty.order.afterWhole', params });
  }
  const reason = app.texts.render({ key: 'duty.order.partOf', params: { title: whole.title } });
  return add(app, context, by, { title, toId, dueDate, reason });
}

async function change(
  app: App,
  context: EffectContext,
  by: StaffMember,
  { dutyId, reason }: { readonly dutyId: string; readonly reason: string },
  wanted: Exclude<WantedChange, { kind: 'assign' }>,
): Promise<void> {
  const id = `order.${context.id}`;
  const ordered = await changeDuty(app, { id, dutyId, change: wanted, by, reason });
  switch (ordered.kind) {
    case 'changed': {
      const { duty } = ordered;
      const params = {
        ...dutyParams(app.texts, app.calendar, duty, app.clock.nowMs()),
        told: toldText(app.texts, by, ordered),
      };
      return replyText(app, context, { key: `duty.order.${wanted.kind}`, params });
    }
    case 'not-open':
    case 'no-change':
      return replyText(app, context, { key: 'duty.assign.tooLate' });
    case 'unknown-duty':
    case 'unknown-staff':
    case 'not-allowed':
      return replyText(app, context, { key: 'duty.answer.notYours' });
  }
}

const TRIES = 5;

/** Whoever is above reads it where they look at the duty, and is not written to for it. */
async function note(
  app: App,
  context: EffectContext,
  by: StaffMember,
  { dutyId, words }: Extract<DutyChatOrder, { kind: 'progress' }>,
): Promise<void> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const duty = await app.duties.get(dutyId);
    if (!duty) return replyText(app, context, { key: 'duty.answer.notYours' });
    const nowMs = app.clock.nowMs();
    const answered = answerDuty(duty, { kind: 'progress', note: words }, by, context.id, nowMs, app.calendar);
    const params = { ...dutyParams(app.texts, app.calendar, duty, nowMs), ...personParams(by) };
    if (answered.kind !== 'progress') {
      const key = answered.kind === 'not-yours' ? 'duty.answer.notYours' : 'duty.answer.alreadyDone';
      return replyText(app, context, { key, params });
    }
    if (answered.duty !== duty && (await app.duties.save(answered.duty, duty.rev)) === 'conflict') continue;
    await audit(app, context, by, 'duty-progress', dutyId);
    return replyText(app, context, { key: 'duty.order.noted', params });
  }
  throw new Error(`duty ${dutyId} kept changing`);
}
