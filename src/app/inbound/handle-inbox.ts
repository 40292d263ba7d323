import type { InboundEvent } from '#src/domain/inbound.ts';
import type { App } from '../app.ts';
import { handleGroupEvent } from '../groups/handle-group-event.ts';
import { runEffects } from './run-effects.ts';
import { handlePrivateEvent } from './handle-private-event.ts';

/** After this many failures a message is set aside, so that the chat goes on; the row stays and the admin is told. */
const MAX_ATTEMPTS = 5;

/**
 * Works off the inbox of one chat, oldest first. Every process takes the oldest row, and the conversation's
 * compare-and-set lets one of them win, so that the order holds across processes. Throws when the store is out of
 * reach or a handler failed: the row stays and comes again.
 */
export async function handleInbox(app: App, chatKey: string, signal?: AbortSignal): Promise<void> {
  for (;;) {
    if (signal?.aborted) return;
    const row = await app.inbox.next(chatKey);
    if (!row) break;
    try {
      await handleEvent(app, row.event);
      await app.inbox.done(row.id);
    } catch (error) {
      const answer = await app.inbox.failed(row.id, MAX_ATTEMPTS);
      app.log.error(
        { inboxId: row.id, platform: row.event.platform, attempts: row.attempts + 1, answer, error },
        'update not handled',
      );
      if (answer === 'again') throw error;
      await setAside(app, row.id, row.event);
    }
  }
  await runEffects(app, chatKey);
}

async function handleEvent(app: App, event: InboundEvent): Promise<void> {
  if (event.chat.kind === 'group') await handleGroupEvent(app, event);
  else await handlePrivateEvent(app, event);
}

/** Told plainly to the person, by id to the admin. */
async function setAside(app: App, id: string, event: InboundEvent): Promise<void> {
  await app.alerts.raise('inboxPoisoned', { id });
  if (event.chat.kind === 'group') return;
  await app.deliveries.insert([
    {
      id: `trouble.${id}`,
      lane: 'reply',
      platform: event.platform,
      target: { kind: 'chat', chat: { platform: event.platform, chatId: event.chat.id } },
      message: { text: app.texts.render({ key: 'common.trouble' }) },
      state: 'pending',
      dueAtMs: app.clock.nowMs(),
      sentParts: [],
      attempts: 0,
    },
  ]);
  await app.wake.lane(event.platform, 'reply');
}
