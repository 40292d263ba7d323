import type { App } from '../app.ts';
import { type EffectContext, replyText } from '../inbound/reply.ts';
import { categoryOf } from '../cases/create-case.ts';
import { presentDay } from '../present.ts';

const SHOWN = 10;

/** "Việc của tôi": the officer's open duties and the unit's open cases, on one screen. */
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
}
