import type { App } from '../app.ts';
import type { EffectContext } from '../inbound/reply.ts';
import { performByOfficer } from './perform-act.ts';
import { wayWords } from './show-way.ts';
import { tellResident } from './tell-resident.ts';
import { answerOfficer } from './tell-staff.ts';

/** Where the matter stands, in an officer's words; the case goes on. */
export async function sayToResident(
  app: App,
  context: EffectContext,
  caseId: string,
  words: string,
): Promise<void> {
  const done = await performByOfficer(app, context, caseId, { kind: 'say', words });
  if (!done) return;
  const { matter } = done;
  await tellResident(app, matter, {
    id: context.id,
    text: { key: 'mycase.said', params: { code: matter.code, words } },
  });
  const way = await wayWords(app, matter);
  await answerOfficer(app, context, matter, { key: 'casework.done.say', params: { way } });
}

/** A question to the resident: until the answer comes the term stands still. */
export async function askResident(
  app: App,
  context: EffectContext,
  caseId: string,
  words: string,
): Promise<void> {
  const done = await performByOfficer(app, context, caseId, { kind: 'ask', words });
  if (!done) return;
  const { matter } = done;
  await tellResident(app, matter, {
    id: context.id,
    text: { key: 'mycase.asked', params: { code: matter.code, words } },
    asks: {
      subject: { kind: 'case-question', caseId: matter.id, code: matter.code },
      choices: [{ value: 'reply', label: { key: 'mycase.choice.reply' } }],
    },
  });
  const way = await wayWords(app, matter);
  await answerOfficer(app, context, matter, { key: 'casework.done.ask', params: { way } });
}
