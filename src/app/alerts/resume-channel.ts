import { LANES } from '#src/domain/outbound.ts';
import type { Platform } from '#src/domain/inbound.ts';
import { hasRole } from '#src/domain/staff.ts';
import type { App } from '../app.ts';
import { type EffectContext, replyText } from '../inbound/reply.ts';
import { wakeLane } from '../send/notify.ts';

/** "Cho chạy lại": an admin lets a channel send again that was paused after configuration errors. Safe to run twice. */
export async function resumeChannel(app: App, context: EffectContext, platform: Platform): Promise<void> {
  const admin = await app.staff.byChat(context.conversation.chat);
  if (!admin || !hasRole(admin, 'admin')) return replyText(app, context, { key: 'common.notAllowed' });
  await app.channelHealth.resume(platform);
  await app.audit.record({
    id: context.id,
    atMs: app.clock.nowMs(),
    by: admin.id,
    action: 'channel-resumed',
    subject: platform,
  });
  for (const lane of LANES) await wakeLane(app, platform, lane);
  const channel = app.texts.render({ key: `group.channel.${platform}` });
  return replyText(app, context, { key: 'alert.channelResumed', params: { channel } });
}
