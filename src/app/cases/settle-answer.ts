import { mayHandle } from '#src/domain/cases/may-handle.ts';
import type { App } from '../app.ts';
import { audit, type EffectContext, replyText } from '../inbound/reply.ts';
import type { Case } from '#src/domain/case.ts';
import type { Delivery } from '#src/domain/outbound.ts';
import { wakeLane } from '../send/notify.ts';

/**
 * What an officer says about an answer that did not arrive: it goes out once more, or the resident was told otherwise
 * (`told`). Run again it sends nothing again: its own answer in the chat is the mark.
 */
export async function settleAnswer(
  app: App,
  context: EffectContext,
  deliveryId: string,
  told: boolean,
): Promise<void> {
  if (await app.deliveries.get(context.id)) return;
  const officer = await app.staff.byChat(context.conversation.chat);
  const row = await app.deliveries.get(deliveryId);
  const matter = row?.caseId === undefined ? null : await app.cases.get(row.caseId);
  if (!row || !officer || !matter || !mayHandle(officer, matter)) {
    return replyText(app, context, { key: 'common.notAllowed' });
  }
  if (isOver(row, matter)) return replyText(app, context, { key: 'staff.caseGone' });
  if (!told) {
    const again = { state: 'pending', dueAtMs: app.clock.nowMs() } as const;
    await app.deliveries.change(row.id, ['unknown', 'gone', 'rejected'], again);
    await wakeLane(app, row.platform, row.lane);
  }
  await audit(app, context, officer, told ? 'answer-told' : 'answer-again', matter.id);
  await replyText(app, context, {
    key: told ? 'staff.undelivered.noted' : 'staff.undelivered.goesAgain',
    params: { code: matter.code },
  });
}

/** A result, or a question, that nobody waits for any more. */
function isOver({ prompt }: Delivery, { state }: Case): boolean {
  if (prompt?.subject.kind === 'case-rating') return state !== 'answered' && state !== 'closed';
  return prompt?.subject.kind === 'case-question' && state !== 'asked';
}
