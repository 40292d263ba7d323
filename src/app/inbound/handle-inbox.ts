import type { InboundEvent } from '#src/domain/inbound.ts';
import type { App } from '../app.ts';
import { handleGroupEvent } from '../groups/handle-group-event.ts';
import { notifyChat } from '../send/notify.ts';
import { handlePrivateEvent, NoPlan } from './handle-private-event.ts';
import { runEffects } from './run-effects.ts';

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
      // Not the message's fault: it waits for the plan, however long that takes.
      if (error instanceof NoPlan) throw error;
      // Told first: a crash before the row is set aside says it again under the same ids.
      if (row.attempts + 1 >= MAX_ATTEMPTS) await tellSetAside(app, row.id, row.event);
      const answer = await app.inbox.failed(row.id, MAX_ATTEMPTS, app.clock.nowMs());
      app.log.error(
        { inboxId: row.id, platform: row.event.platform, attempts: row.attempts + 1, answer, error },
        'update not handled',
      );
      if (answer === 'again') throw error;
    }
  }
  await runEffects(app, chatKey, signal);
}

async function handleEvent(app: App, event: InboundEvent): Promise<void> {
  if (event.chat.kind === 'group') await handleGroupEvent(app, event);
  else await handlePrivateEvent(app, event);
}

/** Told plainly to the person, by id to the admin. */
async function tellSetAside(app: App, id: string, event: InboundEvent): Promise<void> {
  await app.alerts.raise('inboxPoisoned', { id });
  if (event.chat.kind === 'group') return;
  await notifyChat(app, {
    id: `trouble.${id}`,
    chat: { platform: event.platform, chatId: event.chat.id },
    text: { key: 'common.trouble' },
    lane: 'reply',
    dueAtMs: app.clock.nowMs(),
  });
}
