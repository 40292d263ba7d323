import type { ConversationStore } from '#src/app/ports/stores.ts';
import type { Conversation } from '#src/domain/conversation/types.ts';

export function memoryConversations(): ConversationStore {
  const rows = new Map<string, Conversation>();
  const done = new Map<string, Set<string>>();
  const failures = new Map<string, number[]>();

  /** A save composed before an effect was done must not bring it back. */
  const withoutDone = (row: Conversation): Conversation => ({
    ...row,
    effects: row.effects.filter(({ id }) => !done.get(row.key)?.has(id)),
  });

  const takeOut = (key: string, effectId: string): Promise<void> => {
    const row = rows.get(key);
    if (row?.effects.some(({ id }) => id === effectId)) {
      done.set(key, (done.get(key) ?? new Set()).add(effectId));
      rows.set(key, withoutDone(row));
    }
    return Promise.resolve();
  };

  return {
    load: (key) => Promise.resolve(structuredClone(rows.get(key)) ?? null),
    save: (conversation, expectedRev) => {
      const stored = rows.get(conversation.key)?.rev ?? 0;
      if (stored !== expectedRev) return Promise.resolve('conflict');
      rows.set(conversation.key, withoutDone(structuredClone(conversation)));
      return Promise.resolve('saved');
    },
    effectDone: (key, effectId) => takeOut(key, effectId),
    effectFailed: (key, effectId, atMs) => {
      const times = [...(failures.get(`${key} ${effectId}`) ?? []), atMs];
      failures.set(`${key} ${effectId}`, times);
      return Promise.resolve({ attempts: times.length, firstAtMs: Math.min(...times) });
    },
    effectSetAside: (key, effectId) => takeOut(key, effectId),
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
