import type { Conversation, TextRef } from '#src/domain/conversation/types.ts';
import type { OutboundMessage, PromptToOpen } from '#src/domain/outbound.ts';
import type { StaffMember } from '#src/domain/staff.ts';
import type { App } from '../app.ts';
import { notifyChat, wakeLane } from '../send/notify.ts';

/** Who asked for an effect, in which chat, and the id under which running it again changes nothing. */
export interface EffectContext {
  readonly id: string;
  readonly conversation: Conversation;
}

/** Queues one message to the chat of the conversation; a second call with the same suffix changes nothing. */
export async function reply(
  app: Pick<App, 'deliveries' | 'clock' | 'wake' | 'log'>,
  context: EffectContext,
  message: OutboundMessage,
  suffix = '',
): Promise<void> {
  const { chat } = context.conversation;
  await app.deliveries.insert([
    {
      id: `${context.id}${suffix}`,
      lane: 'reply',
      platform: chat.platform,
      target: { kind: 'chat', chat },
      message,
      state: 'pending',
      dueAtMs: app.clock.nowMs(),
      sentParts: [],
      attempts: 0,
    },
  ]);
  await wakeLane(app, chat.platform, 'reply');
}

/** The same with a text of `locales/`. */
export function replyText(
  app: Pick<App, 'deliveries' | 'clock' | 'wake' | 'log' | 'texts'>,
  context: EffectContext,
  text: TextRef,
  suffix = '',
): Promise<void> {
  return reply(app, context, { text: app.texts.render(text) }, suffix);
}

/** The same with what can be answered. */
export async function answer(
  app: Pick<App, 'deliveries' | 'clock' | 'wake' | 'log' | 'texts'>,
  context: EffectContext,
  text: TextRef,
  prompt?: PromptToOpen,
): Promise<void> {
  await notifyChat(app, {
    id: context.id,
    chat: context.conversation.chat,
    text,
    ...(prompt ? { prompt } : {}),
    lane: 'reply',
    dueAtMs: app.clock.nowMs(),
  });
}

/** What was done goes on record under the effect's id: once; of an acting member, with whom they stand in for. */
export async function audit(
  app: Pick<App, 'audit' | 'clock'>,
  context: EffectContext,
  by: StaffMember,
  action: string,
  subject: string,
  reason?: string,
): Promise<void> {
  await app.audit.record({
    id: context.id,
    atMs: app.clock.nowMs(),
    by: by.id,
    action,
    subject,
    ...(by.standsInFor === undefined ? {} : { standsInFor: by.standsInFor }),
    ...(reason === undefined ? {} : { reason }),
  });
}
