import type { App } from '../app.ts';
import type { EffectContext } from '../inbound/reply.ts';
import { performByOfficer } from './perform-act.ts';
import { dueOf, tellResident } from './tell-resident.ts';
import { answerOfficer } from './tell-staff.ts';

/** More time, once, with a written reason and an apology. */
export async function extendCase(
  app: App,
  context: EffectContext,
  caseId: string,
  days: number,
  reason: string,
): Promise<void> {
  const term = { amount: days, unit: 'working-days' } as const;
  const done = await performByOfficer(app, context, caseId, { kind: 'extend', term, reason });
  if (!done) return;
  const { matter } = done;
  await tellResident(app, matter, {
    id: context.id,
    text: { key: 'mycase.extended', params: { code: matter.code, reason, due: dueOf(app, matter) } },
  });
  await answerOfficer(app, context, matter, { key: 'casework.done.extend' });
}
