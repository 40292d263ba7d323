import { morningAfterNight } from '#src/domain/calendar/quiet-hours.ts';
import { ANSWER_ROWS } from '#src/domain/outbound.ts';
import type { App } from '../app.ts';
import { type EffectContext, replyText } from '../inbound/reply.ts';
import { notifyChat } from '../send/notify.ts';
import { changeCase, isChangedBy } from './change-case.ts';
import { mayHandle } from './may-handle.ts';

const OPEN: ReadonlySet<string> = new Set(['new', 'taken', 'reopened']);

/** An officer's answer reaches the resident with the three ratings. Idempotent: the effect's id marks the history. */
export async function answerCase(
  app: App,
  context: EffectContext,
  caseId: string,
  answer: string,
): Promise<void> {
  const officer = await app.staff.byChat(context.conversation.chat);
  const found = await app.cases.get(caseId);
  if (!officer || (found && !mayHandle(officer, found))) {
    return replyText(app, context, { key: 'common.notAllowed' });
  }
  const matter = await changeCase(app, caseId, (current) =>
    OPEN.has(current.state)
      ? {
          kind: 'change',
          change: { state: 'answered', handlerId: officer.id, answer },
          entry: { atMs: app.clock.nowMs(), by: officer.id, action: 'answered', detail: context.id },
        }
      : { kind: 'leave' },
  );
  if (!matter || !isChangedBy(matter, context.id)) return replyText(app, context, { key: 'staff.caseGone' });
  const rating = (value: string): string => app.texts.render({ key: `report.rating.${value}` });
  await notifyChat(app, {
    id: `${ANSWER_ROWS}${context.id}`,
    chat: matter.resident,
    text: { key: 'report.answered', params: { code: matter.code, answer } },
    prompt: {
      id: `answer.${context.id}`,
      subject: { kind: 'case-rating', caseId: matter.id },
      choices: [
        { number: '1', value: 'satisfied', label: rating('satisfied') },
        { number: '2', value: 'acceptable', label: rating('acceptable') },
        { number: '3', value: 'unsatisfied', label: rating('unsatisfied') },
      ],
    },
    // News, not a reply to what was just said: it waits while the resident fills in another form.
    lane: 'reminder',
    dueAtMs: morningAfterNight(app.clock.nowMs()),
  });
  await replyText(app, context, { key: 'staff.answer.sent', params: { code: matter.code } });
}
