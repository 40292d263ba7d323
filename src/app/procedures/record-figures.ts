import type { Effect } from '#src/domain/conversation/types.ts';
import { answerDuty } from '#src/domain/duties/answer-duty.ts';
import type { Duty } from '#src/domain/duty.ts';
import { boardOf, dutyIdOf, mayReport, weekDays } from '#src/domain/procedures/figures.ts';
import { speakingFor, type StaffMember } from '#src/domain/staff.ts';
import type { App } from '../app.ts';
import { planOf } from '../cases/case-law.ts';
import { tellAbove } from '../duties/tell-above.ts';
import { updateDuty } from '../duties/update-duty.ts';
import { audit, type EffectContext, replyText } from '../inbound/reply.ts';
import { personParams, staffName } from '../present.ts';
import { actingMember } from '../staff/acting.ts';
import { figureLines, weeksOf } from './board-words.ts';

/** So many weeks before show what the figures are to be compared with. */
const LOOKED_AT = 8;

/**
 * Keeps what a unit wrote of a week; a later writing-down corrects it. The duty that asked for it is done with that. Idempotent by
 * the effect's id.
 */
export async function recordFigures(
  app: App,
  context: EffectContext,
  { week, figures }: Extract<Effect, { kind: 'record-figures' }>,
): Promise<void> {
  const member = await actingMember(app, context.conversation.chat);
  const board = boardOf(await planOf(app));
  const dutyId = board && dutyIdOf(board, week);
  const duty = dutyId === null ? null : await app.duties.get(dutyId);
  if (!member || !board || !mayReport(board, member, duty))
    return replyText(app, context, { key: 'common.notAllowed' });
  await app.procedures.add({ id: context.id, week, atMs: app.clock.nowMs(), by: member.id, ...figures });
  await audit(app, context, member, 'procedure-figures', week);
  const row = (await weeksOf(app, board, LOOKED_AT)).find((one) => one.week === week);
  const lines = row?.entry ? figureLines(app, row.entry, row.trend) : [];
  const params = { ...weekDays(week), lines: lines.join('\n') };
  const settled = duty && (await settle(app, context, duty.id, member));
  if (settled)
    await tellAbove(app, context, settled, member, (role, person) => ({
      text: {
        key: `procedure.toldAbove.${role}`,
        params: { ...params, ...personParams(person), who: staffName(member) },
      },
    }));
  const key = (row?.entries.length ?? 0) > 1 ? 'procedure.putRight' : 'procedure.written';
  return replyText(app, context, { key, params });
}

/** The duty as it is done. Whoever of the unit wrote it down has done it for the one who was asked, and has it where nobody was. */
async function settle(
  app: App,
  context: EffectContext,
  dutyId: string,
  by: StaffMember,
): Promise<Duty | null> {
  const { calendar, clock } = app;
  const updated = await updateDuty(app, dutyId, (duty) => {
    const responsibleId = duty.responsibleId ?? by.id;
    const speaking = speakingFor(by, responsibleId);
    const done = { kind: 'done', proof: null } as const;
    return answerDuty({ ...duty, responsibleId }, done, speaking, context.id, clock.nowMs(), calendar);
  });
  return updated?.result.kind === 'done' ? updated.duty : null;
}
