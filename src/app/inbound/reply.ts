import type { TextRef } from '#src/domain/conversation/types.ts';
import type { Conversation } from '#src/domain/conversation/types.ts';
import type { OutboundMessage } from '#src/domain/outbound.ts';
import type { App } from '../app.ts';
import { wakeLane } from '../send/notify.ts';

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
