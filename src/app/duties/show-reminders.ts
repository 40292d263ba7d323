import { DAY_MS } from '#src/domain/calendar/local-time.ts';
import type { App } from '../app.ts';
import { type EffectContext, replyText } from '../inbound/reply.ts';
import { personParams, presentDay } from '../present.ts';
import { clockTime } from './present-duty.ts';
import { previewReminders } from './preview-reminders.ts';

const AHEAD_MS = 14 * DAY_MS;
/** One screen. */
const MOST_LINES = 15;

/** "Lịch nhắc": what will come to whoever asks in the next two weeks if nothing is answered meanwhile. */
export async function showReminders(app: App, context: EffectContext): Promise<void> {
  const member = await app.staff.byChat(context.conversation.chat);
  if (!member) return replyText(app, context, { key: 'common.notAllowed' });
  const { texts } = app;
  const nowMs = app.clock.nowMs();
  const planned = await previewReminders(app, nowMs, nowMs + AHEAD_MS);
  const own = planned.filter(({ told }) => told?.staffId === member.id);
  const lines = own.slice(0, MOST_LINES).map(({ atMs, title, kind }) =>
    texts.render({
      key: 'duty.ahead.line',
      params: {
        ...{ title, at: clockTime(texts, atMs), kind: texts.render({ key: `duty.ahead.kind.${kind}` }) },
        ...presentDay(texts, atMs),
      },
    }),
  );
  const more = own.length - lines.length;
  if (more > 0) lines.push(texts.render({ key: 'duty.ahead.more', params: { count: more } }));
  await replyText(app, context, {
    key: lines.length === 0 ? 'duty.ahead.none' : 'duty.ahead.list',
    params: { ...personParams(member), lines: lines.join('\n') },
  });
}
