import type { ConversationStore } from '#src/app/ports/stores.ts';
import type { Conversation } from '#src/domain/conversation/types.ts';

export function memoryConversations(): ConversationStore {
  const rows = new Map<string, Conversation>();
  const done = new Map<string, Set<string>>();

  /** A save composed before an effect was done must not bring it back. */
  const withoutDone = (row: Conversation): Conversation => ({
    ...row,
    effects: row.effects.filter(({ id }) => !done.get(row.key)?.has(id)),
  });

  return {
    load: (key) => Promise.resolve(structuredClone(rows.get(key)) ?? null),
    save: (conversation, expectedRev) => {
      const stored = rows.get(conversation.key)?.rev ?? 0;
      if (stored !== expectedRev) return Promise.resolve('conflict');
      rows.set(conversation.key, withoutDone(structuredClone(conversation)));
      return Promise.resolve('saved');
    },
    effectDone: (key, effectId) => {
      const row = rows.get(key);
      if (row?.effects.some(({ id }) => id === effectId)) {
        done.set(key, (done.get(key) ?? new Set()).add(effectId));
        rows.set(key, withoutDone(row));
      }
      return Promise.resolve();
    },
    waitingEffects: (limit) =>
      Promise.resolve(
        [...rows.values()]
          .filter((row) => row.effects.length > 0)
          .sort((a, b) => a.updatedAtMs - b.updatedAtMs)
          .slice(0, limit)
          .map((row) => row.key),
      ),
  };
}
