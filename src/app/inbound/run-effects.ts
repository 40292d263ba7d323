import type { Conversation, Effect } from '#src/domain/conversation/types.ts';
import type { App } from '../app.ts';
import { afterFailure } from './effect-failure.ts';
import { EFFECTS } from './effects.ts';
import type { EffectContext } from './reply.ts';

/**
 * Runs what a committed step asked for, in order, each under its own id and removed once done. Throws on the first that
 * fails: it and those after it stay and run again, until it has failed for too long and is set aside. One that only has
 * to wait (`NotYet`) lets the others pass. `committed`: what the caller has just stored, which need not be read again.
 */
export async function runEffects(
  app: App,
  chatKey: string,
  signal?: AbortSignal,
  committed?: Conversation,
): Promise<void> {
  const conversation = committed ?? (await app.conversations.load(chatKey));
  for (const stored of conversation?.effects ?? []) {
    if (!conversation || signal?.aborted) return;
    const context = { id: stored.id, conversation };
    try {
      await runEffect(app, context, stored.effect);
    } catch (error) {
      await afterFailure(app, context, stored, error);
      continue;
    }
    await app.conversations.effectDone(chatKey, stored.id);
  }
}

function runEffect(app: App, context: EffectContext, effect: Effect): Promise<void> {
  // Each handler takes the effect of its own kind, which the table holds and a call through it cannot say.
  const run = EFFECTS[effect.kind] as (app: App, context: EffectContext, effect: Effect) => Promise<void>;
  return run(app, context, effect);
}
