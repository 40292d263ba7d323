import type { ChatRef, InboundEvent } from '#src/domain/inbound.ts';
import { hasRole } from '#src/domain/staff.ts';
import type { App } from '../app.ts';
import { notifyStaff } from '../send/notify.ts';

/**
 * "Phát ở đây", said by an admin in a topic of a forum: the ward's posts go there from now on. From anybody else they are
 * words like any other. The answer goes to the admin in private: the group hears nothing of it. Safe to run twice.
 */
export async function chooseTopic(app: App, event: InboundEvent, chat: ChatRef): Promise<void> {
  if (!event.sender) return;
  // A person's private chat on Telegram has the id of the person.
  const admin = await app.staff.byChat({ platform: event.platform, chatId: event.sender.id });
  if (!admin || !hasRole(admin, 'admin')) return;
  const group = await app.destinations.byChat(chat);
  if (group?.kind !== 'group') return;
  await app.destinations.setThread(group.id, event.threadId ?? null);
  await notifyStaff(app, {
    id: `group-topic.${event.platform}.${event.eventId}`,
    staff: admin,
    text: { key: 'group.topicChosen', params: { title: group.title } },
    lane: 'reply',
    dueAtMs: app.clock.nowMs(),
  });
}
