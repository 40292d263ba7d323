import { realNowMs } from '../core/clock.ts';
import { SlidingWindow } from '../core/sliding-window.ts';
import { type Failure, tooManyRequests } from './results.ts';

/** `limit` calls in any `windowMs`; false switches the rule off. */
export type RateRule = { readonly limit: number; readonly windowMs: number } | false;

/** The platform's rules; all on unless an option says otherwise. */
export interface TelegramRules {
  /** All sends and edits of the bot: 30 in a strict sliding second (Bot FAQ). */
  readonly perBot: RateRule;
  /** One chat: 1/s on the average, short bursts allowed (Bot FAQ). */
  readonly perChat: RateRule;
  /** One group: 20 in a minute (Bot FAQ). */
  readonly perGroup: RateRule;
  /** In groups a bot that is no administrator sees only commands, mentions of it and replies to it. */
  readonly privacyMode: boolean;
  /** How long a tap waits for answerCallbackQuery, on the sandbox's clock. */
  readonly callbackLifeMs: number;
  /** Updates that nobody fetched are forgotten after this, on the sandbox's clock. */
  readonly updateLifeMs: number;
  /** Real milliseconds before each new try of a webhook; the last one repeats. */
  readonly webhookBackoffMs: readonly number[];
  /** Real milliseconds that a webhook may take to answer. */
  readonly webhookTimeoutMs: number;
  /** Real milliseconds of every call's way here and back, half of it each. */
  readonly roundTripMs: number;
}

export const defaultRules: TelegramRules = {
  perBot: { limit: 30, windowMs: 1_000 },
  perChat: { limit: 3, windowMs: 3_000 },
  perGroup: { limit: 20, windowMs: 60_000 },
  privacyMode: true,
  callbackLifeMs: 30_000,
  updateLifeMs: 24 * 60 * 60 * 1_000,
  webhookBackoffMs: [250, 500, 1_000, 2_000, 5_000, 10_000, 30_000, 60_000],
  webhookTimeoutMs: 60_000,
  roundTripMs: 0,
};

/** Lets sends and edits through as the rates allow. Real time: a jump of the clock refills nothing. */
export class Admission {
  readonly #rules: TelegramRules;
  readonly #nowMs: () => number;
  readonly #perBot: SlidingWindow | undefined;
  readonly #perChat = new Map<number, SlidingWindow>();
  readonly #perGroup = new Map<number, SlidingWindow>();

  /** `nowMs`: monotonic milliseconds; real ones unless a test brings its own. */
  constructor(rules: TelegramRules, nowMs: () => number = realNowMs) {
    this.#rules = rules;
    this.#nowMs = nowMs;
    this.#perBot =
      rules.perBot === false ? undefined : new SlidingWindow(rules.perBot.limit, rules.perBot.windowMs);
  }

  /** Takes one slot of every window that applies, or none and says when to come again. An album is one call. */
  admit(chat: { readonly id: number; readonly type: string }): Failure | undefined {
    const nowMs = this.#nowMs();
    const windows = [
      this.#perBot,
      this.#windowOf(this.#perChat, this.#rules.perChat, chat.id),
      chat.type === 'private' ? undefined : this.#windowOf(this.#perGroup, this.#rules.perGroup, chat.id),
    ].filter((window) => window !== undefined);
    const waitsMs = windows
      .map((window) => window.peek(nowMs))
      .map((look) => (look.ok ? 0 : look.retryAfterMs));
    const waitMs = Math.max(0, ...waitsMs);
    if (waitMs > 0) return tooManyRequests(Math.max(1, Math.ceil(waitMs / 1_000)));
    for (const window of windows) window.take(nowMs);
    return undefined;
  }

  #windowOf(windows: Map<number, SlidingWindow>, rule: RateRule, chatId: number): SlidingWindow | undefined {
    if (rule === false) return undefined;
    const known = windows.get(chatId);
    if (known !== undefined) return known;
    const made = new SlidingWindow(rule.limit, rule.windowMs);
    windows.set(chatId, made);
    return made;
  }
}
