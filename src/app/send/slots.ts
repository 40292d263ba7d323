import type { BudgetAnswer, GrantedSlot, SendBudget } from '#src/app/ports/channel.ts';
import type { ChatRef } from '#src/domain/inbound.ts';
import type { Lane } from '#src/domain/outbound.ts';

export type Slot =
  HeldSlot | { readonly kind: 'later'; readonly afterMs: number; readonly scope: 'chat' | 'bot' };

/** `release`: the call has started, or there will be none. More than once does no harm. */
export type HeldSlot = GrantedSlot & { readonly release: () => void };

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
 * Slots of a full bot that one lane holds without having called. Slots lie evenly in time; if what comes before a call
 * takes long, those that pile up would go at once and leave a hole behind them.
 */
const MAX_HELD = 6;

type Asked = HeldSlot | Exclude<BudgetAnswer, GrantedSlot>;

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
  const held = createHeld(MAX_HELD);
  const isShort = (answer: { readonly afterMs: number }) =>
    answer.afterMs <= options.maxWaitMs && !options.signal.aborted;

  async function askAsFirst(chat: ChatRef, kind: ChatKind): Promise<BudgetAnswer> {
    await held.room();
    for (;;) {
      const answer = await budget.take(chat, kind, options.lane);
      if (answer.kind === 'granted' || answer.scope === 'chat' || !isShort(answer)) return answer;
      await options.sleep(answer.afterMs, options.signal);
    }
  }

  async function askAtOnce(chat: ChatRef, kind: ChatKind): Promise<Asked> {
    const answer = await budget.take(chat, kind, options.lane);
    return answer.kind === 'granted' ? { ...answer, release } : answer;
  }

  function queueUp(chat: ChatRef, kind: ChatKind): Promise<Asked> {
    inLine += 1;
    const turn = line
      .then(async () => {
        const answer = await askAsFirst(chat, kind);
        return answer.kind === 'granted' ? held.hold(answer) : answer;
      })
      .finally(() => (inLine -= 1));
    line = turn.catch(() => undefined);
    return turn;
  }

  return {
    async take(chat, kind) {
      let botIsFull = false;
      for (;;) {
        const answer: Asked = await (botIsFull || inLine > 0 ? queueUp(chat, kind) : askAtOnce(chat, kind));
        if (answer.kind === 'granted') return answer;
        if (!isShort(answer)) return { kind: 'later', afterMs: answer.afterMs, scope: answer.scope };
        botIsFull = answer.scope === 'bot';
        // A chat's wait is slept outside the line: a slow chat holds nobody up.
        if (!botIsFull) await options.sleep(answer.afterMs, options.signal);
      }
    },
  };
}

function release(): void {
  // Nothing is held by a slot that nobody had to wait for.
}

function createHeld(most: number): { room(): Promise<void>; hold(slot: GrantedSlot): HeldSlot } {
  let count = 0;
  let wake: () => void = release;
  return {
    async room() {
      while (count >= most) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    hold(slot) {
      let isHeld = true;
      count += 1;
      return {
        ...slot,
        release() {
          if (!isHeld) return;
          isHeld = false;
          count -= 1;
          wake();
        },
      };
    },
  };
}
