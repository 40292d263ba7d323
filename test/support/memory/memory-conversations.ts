import type { ConversationStore, SetAside } from '#src/app/ports/stores.ts';
import type { Conversation, StoredEffect } from '#src/domain/conversation/types.ts';

export function memoryConversations(): ConversationStore & { all(): readonly Conversation[] } {
  const rows = new Map<string, Conversation>();
  const done = new Map<string, Set<string>>();
  const failures = new Map<string, number[]>();
  const aside = new Map<string, { key: string; stored: StoredEffect; shown: SetAside }>();

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
    all: () => [...rows.values()],
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
    effectSetAside: (key, effectId, atMs) => {
      const row = rows.get(key);
      const stored = row?.effects.find(({ id }) => id === effectId);
      if (!row || !stored) return Promise.resolve();
      const attempts = failures.get(`${key} ${effectId}`)?.length ?? 0;
      const { platform } = row.chat;
      const shown = { id: effectId, platform, what: stored.effect.kind, sinceMs: atMs, attempts };
      aside.set(effectId, { key, stored, shown });
      return takeOut(key, effectId);
    },
    effectsSetAside: (limit) =>
      Promise.resolve(
        [...aside.values()]
          .map(({ shown }) => shown)
          .sort((a, b) => a.sinceMs - b.sinceMs)
          .slice(0, limit),
      ),
    putBackEffect: (effectId) => {
      const found = aside.get(effectId);
      const row = rows.get(found?.key ?? '');
      if (!found || !row) return Promise.resolve(false);
      aside.delete(effectId);
      done.get(row.key)?.delete(effectId);
      rows.set(row.key, { ...row, rev: row.rev + 1, effects: [...row.effects, found.stored] });
      return Promise.resolve(true);
    },
    windowsDue: (nowMs, limit) =>
      Promise.resolve(
        [...rows.values()]
          .map(({ key, chat, heardAtMs = 0, windowAtMs }) => ({
            key,
            chat,
            heardAtMs,
            windowAtMs: windowAtMs ?? 0,
          }))
          .filter(({ windowAtMs }) => windowAtMs > 0 && windowAtMs <= nowMs)
          .sort((a, b) => a.windowAtMs - b.windowAtMs)
          .slice(0, limit),
      ),
    windowLooked: (key, windowAtMs, nextMs) => {
      const row = rows.get(key);
      if (row?.windowAtMs === windowAtMs) rows.set(key, { ...row, windowAtMs: nextMs });
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
