import type { Conversation } from '#src/domain/conversation/types.ts';
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
  const effects = createEffectsRun(app, chatKey, signal);
  for (;;) {
    if (signal?.aborted) return;
    const row = await app.inbox.next(chatKey);
    if (!row) break;
    try {
      const committed = await handleEvent(app, row.event);
      // The answer does not wait until the row is put away: both may be repeated.
      await Promise.all([app.inbox.done(row.id), effects.runOf(committed)]);
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
  await effects.finish();
}

/**
 * Effects run as soon as they are committed. One that fails is no failure of the message: what is behind it waits, the
 * inbox is worked off, and then it is thrown.
 */
function createEffectsRun(
  app: App,
  chatKey: string,
  signal: AbortSignal | undefined,
): { runOf(committed: Conversation | null): Promise<void>; finish(): Promise<void> } {
  let failure: { readonly error: unknown } | null = null;
  let isAllRun = false;
  return {
    async runOf(committed) {
      isAllRun = committed !== null && failure === null;
      if (!isAllRun || committed === null) return;
      try {
        await runEffects(app, chatKey, signal, committed);
      } catch (error) {
        failure = { error };
      }
    },
    async finish() {
      if (failure) throw failure.error;
      if (!isAllRun) await runEffects(app, chatKey, signal);
    },
  };
}

/** The conversation as it was committed, if its effects may be run from it. */
async function handleEvent(app: App, event: InboundEvent): Promise<Conversation | null> {
  if (event.chat.kind === 'private') return handlePrivateEvent(app, event);
  await handleGroupEvent(app, event);
  return null;
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
