import type { App } from '../app.ts';
import type { EffectContext } from '../inbound/reply.ts';
import { performByOfficer } from './perform-act.ts';
import { answerOfficer } from './tell-staff.ts';

/** The ward takes a complaint up: its time to be settled begins. Who complains is told on paper, as the law wants. */
export async function acceptComplaint(app: App, context: EffectContext, caseId: string): Promise<void> {
  const done = await performByOfficer(app, context, caseId, { kind: 'accept' });
  if (done) await answerOfficer(app, context, done.matter, { key: 'casework.done.accept' });
}

/** The longer time that the law gives a complicated complaint, counted from the same day. */
export async function makeComplex(
  app: App,
  context: EffectContext,
  caseId: string,
  reason: string,
): Promise<void> {
  const done = await performByOfficer(app, context, caseId, { kind: 'complex', reason });
  if (done) await answerOfficer(app, context, done.matter, { key: 'casework.done.complex' });
}
