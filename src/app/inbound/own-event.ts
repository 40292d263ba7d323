import type { InboundEvent } from '#src/domain/inbound.ts';
import type { App } from '../app.ts';
import type { EffectContext } from './reply.ts';

/** An event of our own in the chat of an effect, the same however often the effect runs; what it holds comes beside it. */
export function ownEvent(
  { clock }: Pick<App, 'clock'>,
  { id, conversation: { chat } }: EffectContext,
): Omit<InboundEvent, 'content'> {
  return {
    platform: chat.platform,
    eventId: `own.${id}`,
    order: '',
    chat: { id: chat.chatId, kind: 'private' },
    sender: null,
    sentAtMs: clock.nowMs(),
  };
}
