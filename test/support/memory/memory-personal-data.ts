import type { PersonalDataStore } from '#src/app/ports/personal-data.ts';
import type { Conversation } from '#src/domain/conversation/types.ts';

/**
 * Erasing reaches into the rows of a database, so its contract is tested there alone; `erased` says who asked,
 * `emptiedBefore` from when cases were to be emptied.
 */
export function memoryPersonalData(conversations: {
  all(): readonly Conversation[];
}): PersonalDataStore & { readonly erased: readonly string[]; readonly emptiedBefore: readonly number[] } {
  const erased: string[] = [];
  const emptiedBefore: number[] = [];
  return {
    erased,
    emptiedBefore,
    // So that a test can name a case by the effect that makes it.
    privateId: (words) => words,
    erase: (chat) => {
      erased.push(`${chat.platform}:${chat.chatId}`);
      return Promise.resolve();
    },
    emptyEnded(beforeMs) {
      emptiedBefore.push(beforeMs);
      return Promise.resolve(0);
    },
    forgetMessages: () => Promise.resolve(0),
    draftsSince: (beforeMs, limit) =>
      Promise.resolve(
        conversations
          .all()
          .flatMap(({ chat, flow }) =>
            flow?.name === 'report' && flow.askedAtMs > 0 && flow.askedAtMs <= beforeMs
              ? [{ chat, touchedAtMs: flow.askedAtMs }]
              : [],
          )
          .sort((a, b) => a.touchedAtMs - b.touchedAtMs)
          .slice(0, limit),
      ),
  };
}
