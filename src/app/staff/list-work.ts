import type { Case } from '#src/domain/case.ts';
import type { StaffMember } from '#src/domain/staff.ts';
import type { App } from '../app.ts';
import { type EffectContext, replyText } from '../inbound/reply.ts';
import { sendCard } from '../cases/announce-case.ts';
import { categoryOf } from '../cases/create-case.ts';
import { presentDay } from '../present.ts';

const SHOWN = 10;
const CARDS_AT_ONCE = 5;

/** "Việc của tôi": the officer's open duties and the unit's open cases, on one screen; then the cards that the chat forgot. */
export async function listWork(app: App, context: EffectContext): Promise<void> {
  const member = await app.staff.byChat(context.conversation.chat);
  if (!member) return replyText(app, context, { key: 'common.notAllowed' });
  const duties = await app.duties.ofStaff(member.id, SHOWN);
  const cases = member.roles.includes('handler') ? await app.cases.openOfUnit(member.unitId, SHOWN) : [];
  const lines = [
    ...duties.map((duty) =>
      app.texts.render({
        key: 'staff.dutyLine',
        params: { title: duty.title, ...presentDay(app.texts, duty.dueAtMs) },
      }),
    ),
    ...(await Promise.all(
      cases.map(async (matter) => {
        const category = await categoryOf(app, matter.categoryId);
        return app.texts.render({
          key: 'staff.workLine',
          params: { code: matter.code, category: category.label, ...presentDay(app.texts, matter.dueAtMs) },
        });
      }),
    )),
  ];
  await replyText(
    app,
    context,
    lines.length === 0
      ? { key: 'staff.workNone' }
      : { key: 'staff.work', params: { lines: lines.join('\n') } },
  );
  await showForgottenCards(app, context, member, cases);
}

/** A chat remembers ten questions: a case whose card was pushed out could be answered by nobody any more. */
async function showForgottenCards(
  app: App,
  context: EffectContext,
  member: StaffMember,
  cases: readonly Case[],
): Promise<void> {
  const { prompts } = context.conversation;
  const isOpen = ({ id }: Case): boolean =>
    prompts.some(({ subject }) => subject.kind === 'case-card' && subject.caseId === id);
  const forgotten = cases.filter((matter) => !isOpen(matter)).slice(0, CARDS_AT_ONCE);
  // The most urgent comes last: it is what a typed number answers.
  for (const matter of forgotten.reverse()) {
    const category = await categoryOf(app, matter.categoryId);
    const id = `work.${context.id}.${matter.id}`;
    await sendCard(app, member, matter, category, { key: 'staff.cardAgain', id });
  }
}
