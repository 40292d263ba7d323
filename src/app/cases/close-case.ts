import type { App } from '../app.ts';
import type { EffectContext } from '../inbound/reply.ts';
import { presentDay } from '../present.ts';
import { caseLaw } from './case-law.ts';
import { performByOfficer } from './perform-act.ts';
import { ratingOf, tellResident } from './tell-resident.ts';
import { answerOfficer, tellOfCase } from './tell-staff.ts';

/** A second officer closes what its resident said nothing about; the resident can still say that it is not so. */
export async function closeCase(app: App, context: EffectContext, caseId: string): Promise<void> {
  const done = await performByOfficer(app, context, caseId, { kind: 'close' });
  if (!done) return;
  const { matter, officer } = done;
  const law = await caseLaw(app, matter);
  const { weekday, date } = presentDay(app.texts, law.disputeEndsMs(matter.closedAtMs ?? app.clock.nowMs()));
  await tellResident(app, matter, {
    id: context.id,
    text: { key: 'mycase.closed', params: { code: matter.code, day: `${weekday} ${date}` } },
    asks: ratingOf(matter.id),
  });
  const proposer = matter.proposal ? await app.staff.get(matter.proposal.byId) : null;
  if (proposer) {
    await tellOfCase(app, proposer, matter, {
      id: `closed.${context.id}`,
      key: 'casework.closedBy',
      params: { by: officer.name },
    });
  }
  await answerOfficer(app, context, matter, { key: 'casework.done.close' });
}
