import type { App } from '../app.ts';
import { type EffectContext, replyText } from '../inbound/reply.ts';

/**
 * A resident agreed: from now on the posts come here. Heads and loudspeaker operators get them already. Said again, it
 * changes the neighbourhood. Safe to run twice.
 */
export async function subscribe(
  app: App,
  context: EffectContext,
  agreed: { readonly neighbourhood: string | null; readonly consent: string },
): Promise<void> {
  const { chat } = context.conversation;
  const known = await app.destinations.byChat(chat);
  if (known && known.kind !== 'subscriber') return replyText(app, context, { key: 'subscriber.already' });
  await app.destinations.upsert({
    kind: 'subscriber',
    chat,
    // Who they are is nobody's business.
    title: '',
    neighbourhood: agreed.neighbourhood,
    audience: null,
    state: 'active',
    consent: { version: agreed.consent, atMs: app.clock.nowMs() },
  });
  await replyText(app, context, { key: 'subscriber.done' });
}

/** Erases a subscriber. Whoever is none hears the same: nothing comes any more. Safe to run twice. */
export async function unsubscribe(app: App, context: EffectContext): Promise<void> {
  const known = await app.destinations.byChat(context.conversation.chat);
  if (known && known.kind !== 'subscriber') return replyText(app, context, { key: 'subscriber.onDuty' });
  if (known) await app.destinations.erase(known.id);
  await replyText(app, context, { key: 'subscriber.stopped' });
}
