import { answerDuty } from '#src/domain/duties/answer-duty.ts';
import { roundOf } from '#src/domain/inspections/round.ts';
import type { Visit } from '#src/domain/inspections/visit.ts';
import { speakingFor, type StaffMember } from '#src/domain/staff.ts';
import type { App } from '../app.ts';
import type { EffectContext } from '../inbound/reply.ts';
import { minutesId } from './draw-minutes.ts';

/**
 * The round of the plan that a visit carried out is done with it; its minutes are the proof. Throws when the duty was changed
 * meanwhile; idempotent.
 */
export async function settleRound(
  app: App,
  context: EffectContext,
  visit: Visit,
  by: StaffMember,
): Promise<void> {
  const nowMs = app.clock.nowMs();
  const duties = await app.duties.ofRules(visit.ruleId);
  if (duties.some(({ history }) => history.some(({ detail }) => detail === context.id))) return;
  const round = roundOf(visit, duties, nowMs);
  if (!round) return;
  const done = { kind: 'done', proof: null, fileIds: [minutesId(visit)] } as const;
  // Whoever may close the visit, also in the place of its lead, has done what the plan wanted of the inspectors.
  const speaking = speakingFor(by, round.responsibleId);
  const answered = answerDuty(round, done, speaking, context.id, nowMs, app.calendar);
  if (answered.kind !== 'done') return;
  if ((await app.duties.save(answered.duty, round.rev)) === 'conflict')
    throw new Error(`duty ${round.id} was changed meanwhile`);
}
