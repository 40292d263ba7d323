import type { BudgetAnswer, SendBudget } from '#src/app/ports/channel.ts';
import type { ChatRef } from '#src/domain/inbound.ts';
import type { Lane } from '#src/domain/outbound.ts';

export type Slot =
  | { readonly kind: 'granted' }
  | { readonly kind: 'later'; readonly afterMs: number; readonly scope: 'chat' | 'bot' };

export type ChatKind = 'private' | 'group';

export type Sleep = (ms: number, signal: AbortSignal) => Promise<void>;

/** Ends early, without throwing, when the signal fires. */
export const sleepFor: Sleep = (ms, signal) =>
  new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
      return;
    }
    const finish = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', finish);
      resolve();
    };
    const timer = setTimeout(finish, ms);
    signal.addEventListener('abort', finish, { once: true });
  });

/**
 * Takes slots of the budget for one lane. A short wait is slept through here; a longer one is given back to the caller
 * as `later`. When the whole bot has to wait, only the first in line asks again: thirty callers asking at once would
 * be thirty times the round trips for the same slot.
 */
export function createSlots(
  budget: Pick<SendBudget, 'take'>,
  options: {
    readonly lane: Lane;
    readonly maxWaitMs: number;
    readonly signal: AbortSignal;
    readonly sleep: Sleep;
  },
): { take(chat: ChatRef, kind: ChatKind): Promise<Slot> } {
  let line: Promise<unknown> = Promise.resolve();
  let inLine = 0;
  const isShort = (answer: { readonly afterMs: number }) =>
    answer.afterMs <= options.maxWaitMs && !options.signal.aborted;

  async function askAsFirst(chat: ChatRef, kind: ChatKind): Promise<BudgetAnswer> {
    for (;;) {
      const answer = await budget.take(chat, kind, options.lane);
      if (answer.kind === 'granted' || answer.scope === 'chat' || !isShort(answer)) return answer;
      await options.sleep(answer.afterMs, options.signal);
    }
  }

  function queueUp(chat: ChatRef, kind: ChatKind): Promise<BudgetAnswer> {
    inLine += 1;
    const turn = line.then(() => askAsFirst(chat, kind)).finally(() => (inLine -= 1));
    line = turn.catch(() => undefined);
    return turn;
  }

  return {
    async take(chat, kind) {
      let botIsFull = false;
      for (;;) {
        const answer: BudgetAnswer = await (botIsFull || inLine > 0
          ? queueUp(chat, kind)
          : budget.take(chat, kind, options.lane));
        if (answer.kind === 'granted') return answer;
        if (!isShort(answer)) return { kind: 'later', afterMs: answer.afterMs, scope: answer.scope };
        botIsFull = answer.scope === 'bot';
        // A chat's wait is slept outside the line: a slow chat holds nobody up.
        if (!botIsFull) await options.sleep(answer.afterMs, options.signal);
      }
    },
  };
}
