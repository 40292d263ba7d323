import type { App } from '../app.ts';
import { type EffectContext, replyText } from '../inbound/reply.ts';
import { categoryOf } from './create-case.ts';

const SHOWN = 10;

/** "Xem việc": what this resident sent, the newest first. */
export async function listCases(app: App, context: EffectContext): Promise<void> {
  const cases = await app.cases.ofResident(context.conversation.chat, SHOWN);
  if (cases.length === 0) return replyText(app, context, { key: 'report.noCases' });
  const lines = await Promise.all(
    cases.map(async (matter) => {
      const category = await categoryOf(app, matter.categoryId);
      return app.texts.render({
        key: 'report.caseLine',
        params: {
          code: matter.code,
          category: category.label,
          state: app.texts.render({ key: `report.state.${matter.state}` }),
        },
      });
    }),
  );
  await replyText(app, context, { key: 'report.cases', params: { lines: lines.join('\n') } });
}
