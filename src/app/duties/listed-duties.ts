import { openedChoices } from '#src/domain/conversation/flows/duty-prompts.ts';
import type { Effect, TextRef } from '#src/domain/conversation/types.ts';
import { answerDuty as applyAnswer } from '#src/domain/duties/answer-duty.ts';
import { mayChange } from '#src/domain/duties/change-duty.ts';
import { remindedSoFar } from '#src/domain/duties/tick-duty.ts';
import { type Duty, isUnfinished, lastNote } from '#src/domain/duty.ts';
import { speaksFor, type StaffMember } from '#src/domain/staff.ts';
import type { App } from '../app.ts';
import { answer, audit, type EffectContext, replyText } from '../inbound/reply.ts';
import { personParams, shortDate } from '../present.ts';
import { actingMember } from '../staff/acting.ts';
import { dutyParams, lineKey, mention, needsText, ofDuty, overKey } from './present-duty.ts';
import { firstText } from './first-text.ts';
import { updateDuty } from './update-duty.ts';

/** One of a list of reminders as it stands now, with what can be answered. */
export async function showDuty(
  app: App,
  context: EffectContext,
  { dutyId, to }: Extract<Effect, { kind: 'show-duty' }>,
): Promise<void> {
  const member = await actingMember(app, context.conversation.chat);
  if (!member) return replyText(app, context, { key: 'common.notAllowed' });
  const duty = await app.duties.get(dutyId);
  const mayLook = duty && (speaksFor(member, [duty.responsibleId]) || mayChange(duty, member));
  if (!mayLook) return replyText(app, context, { key: 'duty.answer.notYours' });
  const nowMs = app.clock.nowMs();
  const reminded = remindedSoFar(duty);
  const responsible = duty.responsibleId === null ? null : await app.staff.get(duty.responsibleId);
  const params = {
    ...dutyParams(app.texts, app.calendar, duty, nowMs),
    ...personParams(member),
    responsible: mention(app.texts, responsible),
    reminded: reminded.responsible,
  };
  if (!isUnfinished(duty)) return replyText(app, context, { key: overKey(duty), params });
  const kind = duty.dueAtMs < nowMs ? 'overdue' : 'remind';
  await answer(
    app,
    context,
    {
      key: 'duty.words',
      params: { words: await wordsOf(app, duty, { key: lineKey(duty, { kind, to, reminded }), params }) },
    },
    {
      id: context.id,
      subject: { kind: 'listed-duty', ...ofDuty(duty) },
      choices: openedChoices(to, (ref) => app.texts.render(ref)),
    },
  );
}

/** How it stands, what was last said of how far it is, what comes first, and what will show that it is done. */
async function wordsOf(app: App, duty: Duty, line: TextRef): Promise<string> {
  const { texts } = app;
  const noted = lastNote(duty);
  const params = { date: shortDate(noted?.atMs ?? 0), note: noted?.note ?? '' };
  return [
    texts.render(line),
    ...(noted ? [texts.render({ key: 'duty.note', params })] : []),
    await firstText(app, duty, 'duty.precedes.first'),
    needsText(texts, duty),
  ]
    .filter(Boolean)
    .join('\n');
}

/** "Đã xem" below a list: each of them, said once. Idempotent by the effect's id. */
export async function acknowledgeDuties(
  app: App,
  context: EffectContext,
  dutyIds: readonly string[],
): Promise<void> {
  const member = await actingMember(app, context.conversation.chat);
  if (!member) return replyText(app, context, { key: 'common.notAllowed' });
  let count = 0;
  for (const dutyId of dutyIds) if (await acknowledge(app, context, dutyId, member)) count += 1;
  const params = { ...personParams(member), count };
  return replyText(app, context, {
    key: count === 0 ? 'duty.answer.notYours' : 'duty.answer.acknowledgedAll',
    params,
  });
}

async function acknowledge(
  app: App,
  context: EffectContext,
  dutyId: string,
  member: StaffMember,
): Promise<boolean> {
  const updated = await updateDuty(app, dutyId, (duty) =>
    applyAnswer(duty, { kind: 'acknowledge' }, member, context.id, app.clock.nowMs(), app.calendar),
  );
  if (!updated) return false;
  const { result } = updated;
  if (!('duty' in result)) return result.kind === 'already-done';
  await audit(app, { ...context, id: `${context.id}.${dutyId}` }, member, 'duty-acknowledge', dutyId);
  return true;
}
