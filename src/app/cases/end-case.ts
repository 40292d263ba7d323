import type { CaseGround } from '#src/domain/plan-cases.ts';
import type { App } from '../app.ts';
import { type EffectContext, replyText } from '../inbound/reply.ts';
import { presentDay } from '../present.ts';
import { caseLaw, planOf } from './case-law.ts';
import { type DoneByOfficer, performByOfficer } from './perform-act.ts';
import { dueOf, tellResident } from './tell-resident.ts';
import { answerOfficer, tellHandler } from './tell-staff.ts';

/** To somebody outside who has the power, on a legal ground. */
export async function transferCase(
  app: App,
  context: EffectContext,
  caseId: string,
  to: string,
  groundId: string,
): Promise<void> {
  const ground = groundWords(await groundOf(app, groundId));
  const done = await performByOfficer(app, context, caseId, { kind: 'transfer', to, ground });
  if (!done) return;
  await tellEnd(app, context, done, 'mycase.transferred', { to, ground });
  await answerOfficer(app, context, done.matter, { key: 'casework.done.transfer' });
}

/** Not handled, on a legal ground and in words that the resident understands. */
export async function refuseCase(
  app: App,
  context: EffectContext,
  caseId: string,
  words: string,
  groundId: string,
): Promise<void> {
  const ground = groundWords(await groundOf(app, groundId));
  const done = await performByOfficer(app, context, caseId, { kind: 'refuse', ground, words });
  if (!done) return;
  await tellEnd(app, context, done, 'mycase.refused', { words, ground });
  await answerOfficer(app, context, done.matter, { key: 'casework.done.refuse' });
}

/** Into another case about the same: one is worked on, and this resident is told where to look. */
export async function mergeCase(
  app: App,
  context: EffectContext,
  caseId: string,
  intoCode: string,
): Promise<void> {
  const into = await app.cases.byCode(intoCode);
  if (!into) return replyText(app, context, { key: 'casework.codeUnknown', params: { code: intoCode } });
  const done = await performByOfficer(app, context, caseId, { kind: 'merge', intoId: into.id, intoCode });
  if (!done) return;
  const params = { code: done.matter.code, into: into.code };
  await tellResident(app, done.matter, { id: context.id, text: { key: 'mycase.merged', params } });
  if (into.handlerId !== done.officer.id) {
    await tellHandler(app, into, {
      id: `merged.${context.id}`,
      key: 'casework.mergedHere',
      params: { from: params.code },
    });
  }
  await replyText(app, context, { key: 'casework.done.merge', params });
}

/** Ended was not the end: an officer takes it up again. */
export async function reopenCase(
  app: App,
  context: EffectContext,
  caseId: string,
  reason: string,
): Promise<void> {
  const done = await performByOfficer(app, context, caseId, { kind: 'reopen', reason });
  if (!done) return;
  await tellResident(app, done.matter, {
    id: context.id,
    text: {
      key: 'mycase.reopened',
      params: { code: done.matter.code, reason, due: dueOf(app, done.matter) },
    },
  });
  await answerOfficer(app, context, done.matter, { key: 'casework.done.reopen' });
}

async function tellEnd(
  app: App,
  context: EffectContext,
  { matter }: DoneByOfficer,
  key: string,
  params: Readonly<Record<string, string>>,
): Promise<void> {
  const law = await caseLaw(app, matter);
  const { weekday, date } = presentDay(app.texts, law.disputeEndsMs(matter.closedAtMs ?? app.clock.nowMs()));
  await tellResident(app, matter, {
    id: context.id,
    text: { key, params: { code: matter.code, day: `${weekday} ${date}`, ...params } },
    asks: {
      subject: { kind: 'my-case', caseId: matter.id },
      choices: [{ value: 'dispute', label: { key: 'mycase.choice.dispute' } }],
    },
  });
}

async function groundOf(app: App, id: string): Promise<CaseGround | null> {
  return (await planOf(app)).cases.grounds.find((ground) => ground.id === id) ?? null;
}

/** What was not checked against the law is not told as law. */
function groundWords(ground: CaseGround | null): string {
  if (!ground) throw new Error('the plan has no such ground');
  return ground.status === 'confirmed' ? `${ground.label} (${ground.source})` : ground.label;
}
