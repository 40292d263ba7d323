import type { DutyChatOrder } from '#src/domain/conversation/duty-effects.ts';
import type { TextRef } from '#src/domain/conversation/types.ts';
import { endOfDay } from '#src/domain/calendar/local-time.ts';
import { mayChange } from '#src/domain/duties/change-duty.ts';
import { type Duty, isUnfinished } from '#src/domain/duty.ts';
import type { StaffMember } from '#src/domain/staff.ts';
import type { App } from '../app.ts';
import { type EffectContext, replyText } from '../inbound/reply.ts';
import { personParams, presentDay } from '../present.ts';
import { actingMember } from '../staff/acting.ts';
import { addDuty, type NewDuty } from './add-duty.ts';
import { changeDuty } from './change-duty.ts';
import type { WantedChange } from '#src/domain/duties/change-duty.ts';
import { dutyParams, mention, overKey } from './present-duty.ts';
import { toldText } from './told-text.ts';

/** What a leader orders in chat: done, told to whom it concerns, and answered. Idempotent by the effect's id. */
export async function orderDuty(app: App, context: EffectContext, order: DutyChatOrder): Promise<void> {
  const by = await actingMember(app, context.conversation.chat);
  if (!by) return replyText(app, context, { key: 'common.notAllowed' });
  switch (order.kind) {
    case 'add':
      return add(app, context, by, order);
    case 'split':
      return split(app, context, by, order);
    case 'move':
      return changeFromChat(app, context, by, order, { kind: 'move', dueDate: order.dueDate });
    case 'cancel':
      return changeFromChat(app, context, by, order, { kind: 'cancel' });
  }
}

async function add(
  app: App,
  context: EffectContext,
  by: StaffMember,
  order: Pick<NewDuty, 'title' | 'toId' | 'dueDate' | 'shownBy' | 'partOf' | 'reason'>,
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
  { dutyId, ...part }: Extract<DutyChatOrder, { kind: 'split' }>,
): Promise<void> {
  const whole = await app.duties.get(dutyId);
  if (!whole || !mayChange(whole, by)) return replyText(app, context, { key: 'duty.answer.notYours' });
  if (!isUnfinished(whole)) return replyText(app, context, overText(app, whole));
  if (endOfDay(part.dueDate) > whole.dueAtMs) {
    const params = presentDay(app.texts, whole.dueAtMs);
    return replyText(app, context, { key: 'duty.order.afterWhole', params });
  }
  const reason = app.texts.render({ key: 'duty.order.partOf', params: { title: whole.title } });
  return add(app, context, by, { ...part, partOf: dutyId, reason });
}

/** Also to somebody else. */
export async function changeFromChat(
  app: App,
  context: EffectContext,
  by: StaffMember,
  { dutyId, reason }: { readonly dutyId: string; readonly reason: string },
  wanted: WantedChange,
): Promise<void> {
  const id = `order.${context.id}`;
  const ordered = await changeDuty(app, { id, dutyId, change: wanted, by, reason });
  switch (ordered.kind) {
    case 'changed': {
      const { duty } = ordered;
      const has = duty.responsibleId === null ? null : await app.staff.get(duty.responsibleId);
      const params = {
        ...dutyParams(app.texts, app.calendar, duty, app.clock.nowMs()),
        ...personParams(by),
        whom: mention(app.texts, has),
        told: toldText(app.texts, by, ordered),
      };
      return replyText(app, context, { key: DONE[wanted.kind], params });
    }
    case 'not-open': {
      const duty = await app.duties.get(dutyId);
      return duty === null ? undefined : replyText(app, context, overText(app, duty));
    }
    case 'no-change':
      return replyText(app, context, {
        key: wanted.kind === 'move' ? 'duty.order.sameDay' : 'duty.assign.same',
      });
    case 'unknown-duty':
    case 'unknown-staff':
    case 'not-allowed':
      return replyText(app, context, { key: 'duty.answer.notYours' });
  }
}

const overText = (app: App, duty: Duty): TextRef => ({
  key: overKey(duty),
  params: dutyParams(app.texts, app.calendar, duty, app.clock.nowMs()),
});

const DONE = {
  assign: 'duty.assign.done',
  move: 'duty.order.move',
  cancel: 'duty.order.cancel',
} as const;
