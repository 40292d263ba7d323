import { chatKey, type InboundEvent } from '#src/domain/inbound.ts';
import type { Log } from '../ports/services.ts';
import type { InboxStore } from '../ports/stores.ts';

export interface ReceivePorts {
  readonly inbox: InboxStore;
  readonly log: Log;
  /** Starts handling the chat in this process; does not wait for it and never throws. */
  readonly handleSoon: (chatKey: string) => void;
}

/**
 * Makes an event durable. Resolves only once the row stands in the inbox: before that no platform hears "200" and no
 * offset moves. Throws when the store cannot take it, so that the platform sends it again.
 */
export async function receive(ports: ReceivePorts, event: InboundEvent): Promise<'new' | 'duplicate'> {
  const answer = await ports.inbox.add(event);
  ports.handleSoon(chatKey({ platform: event.platform, chatId: event.chat.id }));
  if (answer === 'duplicate')
    ports.log.info({ platform: event.platform, eventId: event.eventId }, 'repeated update');
  return answer;
}
