import { listNumber } from '#src/domain/conversation/choices.ts';
import type { BoardWeek } from '#src/domain/procedures/board.ts';
import { boardOf, mayRead, mayReport, weekDays } from '#src/domain/procedures/figures.ts';
import { localDateOf } from '#src/domain/calendar/local-time.ts';
import { weekOf } from '#src/domain/duties/week.ts';
import type { Choice } from '#src/domain/outbound.ts';
import type { App } from '../app.ts';
import { planOf } from '../cases/case-law.ts';
import { answer, type EffectContext, replyText } from '../inbound/reply.ts';
import { actingMember } from '../staff/acting.ts';
import { reporterOf, weekLines, weeksOf } from './board-words.ts';

const WEEKS = 8;
/** What can still be written down or put right. */
const WEEKS_TO_WRITE = 4;

/** "Hồ sơ": the last weeks, and for those who report what they can write down. */
export async function showProcedures(app: App, context: EffectContext): Promise<void> {
  const member = await actingMember(app, context.conversation.chat);
  const plan = await planOf(app);
  const board = boardOf(plan);
  if (!member || !board || !mayRead(board, member))
    return replyText(app, context, { key: 'common.notAllowed' });
  const [weeks, staff] = await Promise.all([weeksOf(app, board, WEEKS), app.staff.list()]);
  const unit = reporterOf(app, plan, board);
  const lines = weeks.map((row) => weekLines(app, row, staff));
  const choices = mayReport(board, member, null) ? toWrite(app, weeks) : [];
  const text = { key: 'procedure.board', params: { unit, weeks: lines.join('\n\n') } };
  if (choices.length === 0) return replyText(app, context, text);
  await answer(app, context, text, {
    id: `${context.id}.procedures`,
    subject: { kind: 'procedures' },
    choices,
  });
}

function toWrite(
  { texts, clock }: Pick<App, 'texts' | 'clock'>,
  weeks: readonly BoardWeek[],
): readonly Choice[] {
  const thisWeek = weekOf(localDateOf(clock.nowMs())).monday;
  return weeks
    .slice(0, WEEKS_TO_WRITE)
    .filter(({ week, state }) => state !== 'not-asked' || week === thisWeek)
    .map(({ week, state }, index) => ({
      number: listNumber(index),
      value: week,
      label: texts.render({
        key: state === 'written' ? 'procedure.choice.correct' : 'procedure.choice.write',
        params: weekDays(week),
      }),
    }));
}
