import type { Rating } from '#src/domain/case.ts';
import type { App } from '../app.ts';
import { type EffectContext, replyText } from '../inbound/reply.ts';
import { notifyStaff } from '../send/notify.ts';
import { changeCase, isChangedBy, isOfResident } from './change-case.ts';

/** The resident's word closes the case; the officer hears how it was taken. */
export async function rateCase(
  app: App,
  context: EffectContext,
  caseId: string,
  rating: Rating,
): Promise<void> {
  const matter = await changeCase(app, caseId, (found) =>
    found.state === 'answered' && isOfResident(found, context.conversation.chat)
      ? {
          kind: 'change',
          change: { state: 'closed', rating },
          entry: {
            atMs: app.clock.nowMs(),
            by: 'resident',
            action: 'rated',
            detail: `${rating} ${context.id}`,
          },
        }
      : { kind: 'leave' },
  );
  if (!matter || !isChangedBy(matter, context.id)) return replyText(app, context, { key: 'common.staleTap' });
  const handler = matter.handlerId === null ? null : await app.staff.get(matter.handlerId);
  if (handler) {
    await notifyStaff(app, {
      id: `rated.${context.id}`,
      staff: handler,
      text: {
        key: 'staff.rated',
        params: { code: matter.code, rating: app.texts.render({ key: `report.rating.${rating}` }) },
      },
      lane: 'reminder',
      dueAtMs: app.clock.nowMs(),
    });
  }
  await replyText(app, context, { key: 'report.thanks', params: { code: matter.code } });
}
