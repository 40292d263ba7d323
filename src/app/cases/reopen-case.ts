import type { App } from '../app.ts';
import { type EffectContext, replyText } from '../inbound/reply.ts';
import { presentDay } from '../present.ts';
import { announceCase } from './announce-case.ts';
import { changeCase, isChangedBy, isOfResident } from './change-case.ts';
import { categoryOf } from './create-case.ts';

/** "Chưa xong": the case is open again with a new date, and the unit sees its card again. */
export async function reopenCase(app: App, context: EffectContext, caseId: string): Promise<void> {
  const nowMs = app.clock.nowMs();
  const before = await app.cases.get(caseId);
  if (!before || !isOfResident(before, context.conversation.chat)) {
    return replyText(app, context, { key: 'common.staleTap' });
  }
  const category = await categoryOf(app, before.categoryId);
  const dueAtMs = await app.dueAtMs(category.rule, nowMs);
  const matter = await changeCase(app, caseId, (found) =>
    found.state === 'answered' || found.state === 'closed'
      ? {
          kind: 'change',
          change: { state: 'reopened', handlerId: null, rating: 'unsatisfied', dueAtMs },
          entry: { atMs: nowMs, by: 'resident', action: 'reopened', detail: context.id },
        }
      : { kind: 'leave' },
  );
  if (!matter || !isChangedBy(matter, context.id)) return replyText(app, context, { key: 'common.staleTap' });
  await announceCase(app, matter, category, { key: 'staff.cardReopened', id: `reopened.${context.id}` });
  await replyText(app, context, {
    key: 'report.reopened',
    params: { code: matter.code, ...presentDay(app.texts, matter.dueAtMs) },
  });
}
