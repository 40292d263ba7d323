import { answerDuty } from '#src/domain/duties/answer-duty.ts';
import { type Duty, isUnfinished } from '#src/domain/duty.ts';
import type { Visit } from '#src/domain/inspections/visit.ts';
import type { StaffMember } from '#src/domain/staff.ts';
import type { App } from '../app.ts';
import type { EffectContext } from '../inbound/reply.ts';
import { minutesId } from './draw-minutes.ts';

/**
 * A round that the plan has dates for and that is being reminded of is done with the visit; its minutes are the proof. Not by a
 * visit that came by surprise: that is none of the plan's rounds. Throws when the duty was changed meanwhile; idempotent.
 */
export async function settleRound(
  app: App,
  context: EffectContext,
  visit: Visit,
  by: StaffMember,
): Promise<void> {
  if (!visit.isAnnounced) return;
  const nowMs = app.clock.nowMs();
  const isRound = ({ ruleId, kind, rungs }: Duty): boolean =>
    ruleId === visit.ruleId && kind === 'inspection' && (rungs[0]?.atMs ?? Infinity) <= nowMs;
  const rounds = (await app.duties.ofRules(visit.ruleId)).filter(
    (duty) => isRound(duty) && isUnfinished(duty),
  );
  for (const duty of rounds) {
    const done = { kind: 'done', proof: null, fileIds: [minutesId(visit)] } as const;
    const answered = answerDuty(duty, done, by, context.id, nowMs, app.calendar);
    if (answered.kind !== 'done') continue;
    if ((await app.duties.save(answered.duty, duty.rev)) === 'conflict')
      throw new Error(`duty ${duty.id} was changed meanwhile`);
  }
}
