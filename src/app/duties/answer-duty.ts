import { dutyChoices } from '#src/domain/conversation/flows/duty-prompts.ts';
import type { Calendar } from '#src/domain/calendar/calendar.ts';
import type { Effect, TextRef } from '#src/domain/conversation/types.ts';
import type { Duty } from '#src/domain/duty.ts';
import { answerDuty as applyAnswer } from '#src/domain/duties/answer-duty.ts';
import type { DutyAnswer, DutyAnswered } from '#src/domain/duties/answer-duty.ts';
import { lackingProof } from '#src/domain/duties/lacking-proof.ts';
import { localDateOf } from '#src/domain/calendar/local-time.ts';
import { inPlaceOf, type StaffMember } from '#src/domain/staff.ts';
import type { App } from '../app.ts';
import { audit, type EffectContext, replyText } from '../inbound/reply.ts';
import { personParams, presentDay, shortDate } from '../present.ts';
import { tellFixed } from '../inspections/finding-duties.ts';
import { notifyStaff } from '../send/notify.ts';
import { actingMember } from '../staff/acting.ts';
import { clockTime, dutyParams, mention, ofDuty, overKey } from './present-duty.ts';
import { keepProof, proofText, tellAboveDone } from './proof.ts';
import { firstText } from './first-text.ts';
import { updateDuty } from './update-duty.ts';

type DutyEffect = Extract<Effect, { kind: 'duty-action' }>;

/**
 * What a member of staff said to a reminder: changes the duty, tells them what holds, and tells the next above when they
 * need help, and whoever heard that nobody answered when it is done. Idempotent by the effect's id. Throws when the duty
 * keeps changing under it, or a file cannot be fetched now; the effect then runs again.
 */
export async function answerDuty(app: App, context: EffectContext, effect: DutyEffect): Promise<void> {
  const member = await actingMember(app, context.conversation.chat);
  if (!member) return replyText(app, context, { key: 'common.notAllowed' });
  const { calendar } = app;
  const given = answerOf(effect, await keepProof(app, context, effect.files ?? []));
  const updated = await updateDuty(app, effect.dutyId, (duty) =>
    applyAnswer(duty, given, member, context.id, app.clock.nowMs(), calendar),
  );
  if (!updated) return replyText(app, context, { key: 'duty.answer.notYours' });
  const { duty, result: answered } = updated;
  const asked = answered.kind === 'help' ? await askForHelp(app, context, duty, member, calendar) : null;
  const isDone = answered.kind === 'done';
  const first = isDone ? await firstText(app, duty, 'duty.precedes.notDone') : null;
  if (isDone) {
    await tellAboveDone(app, context, duty, member, first);
    await tellFixed(app, duty, member);
  }
  await record(app, context, effect, member, answered);
  const proof = isDone ? proofAsAnswered(app, duty, first) : '';
  return replyText(app, context, replyOf(app, duty, member, answered, { asked, proof }));
}

function answerOf(effect: DutyEffect, fileIds: readonly string[]): DutyAnswer {
  switch (effect.action) {
    case 'acknowledge':
    case 'help':
      return { kind: effect.action };
    case 'progress':
      return { kind: 'progress', note: effect.note ?? '' };
    case 'snooze':
      return { kind: 'snooze', untilMs: effect.untilMs ?? 0 };
    case 'done':
      return { kind: 'done', proof: effect.proof ?? null, fileIds };
  }
}

/** The next above who can be reached, or who stands in for them; null when nobody can. */
async function askForHelp(
  app: App,
  context: EffectContext,
  duty: Duty,
  member: StaffMember,
  calendar: Calendar,
): Promise<StaffMember | null> {
  const above: readonly { readonly to: 'head' | 'chairperson'; readonly id: string | null }[] = [
    { to: 'head', id: duty.headId },
    { to: 'chairperson', id: duty.chairpersonId },
  ];
  const staff = await app.staff.list();
  for (const { to, id } of above) {
    if (id === null || id === member.id || (to === 'head' && member.id === duty.chairpersonId)) continue;
    const person = inPlaceOf(id, staff, localDateOf(app.clock.nowMs()));
    // Whoever asks may stand in for the one above.
    if (!person || person.id === member.id) continue;
    const noticeId = `${context.id}.help`;
    const notified = await notifyStaff(app, {
      id: noticeId,
      staff: person,
      text: {
        key: to === 'head' ? 'duty.helpAsked' : 'duty.helpAskedChairperson',
        params: {
          ...dutyParams(app.texts, calendar, duty, app.clock.nowMs()),
          ...personParams(person),
          who: mention(app.texts, member),
        },
      },
      prompt: {
        id: noticeId,
        subject: { kind: 'duty', ...ofDuty(duty) },
        choices: dutyChoices(to, (ref) => app.texts.render(ref)),
      },
      lane: 'reminder',
      dueAtMs: app.clock.nowMs(),
    });
    if (notified.kind !== 'no-contact') return person;
  }
  return null;
}

async function record(
  app: App,
  context: EffectContext,
  effect: DutyEffect,
  member: StaffMember,
  answered: DutyAnswered,
): Promise<void> {
  if (!('duty' in answered)) return;
  await audit(app, context, member, `duty-${effect.action}`, effect.dutyId);
}

function replyOf(
  app: App,
  duty: Duty,
  member: StaffMember,
  answered: DutyAnswered,
  { asked, proof }: { readonly asked: StaffMember | null; readonly proof: string },
): TextRef {
  const params = { ...dutyParams(app.texts, app.calendar, duty, app.clock.nowMs()), ...personParams(member) };
  switch (answered.kind) {
    case 'acknowledged':
      return { key: 'duty.answer.acknowledged', params };
    case 'snoozed':
      return {
        key: answered.capped ? 'duty.answer.snoozedCapped' : 'duty.answer.snoozed',
        params: {
          ...params,
          at: clockTime(app.texts, answered.untilMs),
          weekday: presentDay(app.texts, answered.untilMs).weekday,
          date: shortDate(answered.untilMs),
        },
      };
    case 'snooze-spent':
      return { key: 'duty.answer.snoozeSpent', params: { ...params, count: answered.times } };
    case 'done':
      return { key: 'duty.answer.done', params: { ...params, proof } };
    case 'help':
      return asked === null
        ? { key: 'duty.answer.helpNobody', params }
        : { key: 'duty.answer.help', params: { ...params, whom: mention(app.texts, asked) } };
    case 'progress':
      return { key: 'duty.order.noted', params };
    case 'already-done':
      return { key: overKey(duty), params };
    case 'not-yours':
      return { key: 'duty.answer.notYours' };
  }
}

/** Who has no number yet hears where to tell it later: the duty itself is closed. */
function proofAsAnswered(app: App, duty: Duty, first: string | null): string {
  const later = { key: 'duty.answer.doneNumberLater' };
  const parts = [
    proofText(app, duty),
    ...(lackingProof(duty) === 'document' ? [app.texts.render(later)] : []),
    first,
  ];
  return parts.filter(Boolean).join(' ');
}
