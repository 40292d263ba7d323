import { setTimeout as sleep } from 'node:timers/promises';
import type { Alerts, Clock, Log, Tokens } from '#src/app/ports/services.ts';
import type { ZaloTokens, ZaloTokenStore } from '#src/app/ports/health.ts';
import { requestZaloTokens, type ZaloGrantAnswer, type ZaloOAuthOptions } from './oauth.ts';

export interface ZaloTokenKeeperOptions extends ZaloOAuthOptions {
  readonly store: Omit<ZaloTokenStore, 'takeOver'>;
  /** The injected clock: tokens expire on it. Locks and waits run on real time. */
  readonly clock: Clock;
  readonly alerts: Alerts;
  readonly log: Log;
  readonly tokens: Pick<Tokens, 'next'>;
  /** How long a claim holds; longer than the HTTP time limit plus a slow write. 60 s unless told. */
  readonly lockMs?: number;
  /** The HTTP time limit of `http`; 15 s unless told. */
  readonly httpTimeoutMs?: number;
  /** How often a process that lost the claim looks for the winner's tokens. */
  readonly pollMs?: number;
  readonly realNowMs?: () => number;
}

export type TokenAnswer =
  | { readonly kind: 'token'; readonly accessToken: string; readonly generation: number }
  /** `reconnect`: only a person can help. `busy`: ask again in some seconds. */
  | { readonly kind: 'unavailable'; readonly why: 'reconnect' | 'busy' };

export interface ZaloTokenKeeper {
  /** A token that is good now, renewed early (at four fifths of its life). Never throws. */
  token(): Promise<TokenAnswer>;
  /** A newer token than the one the platform just refused. Never throws. */
  renew(rejectedGeneration: number): Promise<TokenAnswer>;
}

/** Access tokens live 25 h. */
const USUAL_LIFE_MS = 25 * 3_600_000;
/** The last fifth of a life is for renewing. */
const EARLY_SHARE = 0.2;
/** A pair refused, or renewed and refused again, is not tried more often than this. */
const PAUSE_MS = 60_000;
/** What a winner may need beyond its call: the write of the new pair. */
const WINNER_MARGIN_MS = 5_000;
const SAVE_WAITS_MS = [100, 500, 2_000];

const RECONNECT: TokenAnswer = { kind: 'unavailable', why: 'reconnect' };
const BUSY: TokenAnswer = { kind: 'unavailable', why: 'busy' };

/** Writes that must not be lost are tried for some seconds; throws what the last try threw. */
async function persistently(write: () => Promise<void>): Promise<void> {
  for (const waitMs of SAVE_WAITS_MS) {
    try {
      await write();
      return;
    } catch {
      await sleep(waitMs);
    }
  }
  await write();
}

const answerOf = (tokens: ZaloTokens): TokenAnswer => ({
  kind: 'token',
  accessToken: tokens.accessToken,
  generation: tokens.generation,
});

/**
 * Keeps the pair of tokens of one OA, for many processes. A refresh token can be used once, so one process at a time spends it
 * (an exclusive claim in the store, longer than the call can take), the new pair is stored before it is used, and after an
 * answer that never came, or could not be read, the old one is never sent again: a person is told to connect the OA anew.
 */
export function createZaloTokenKeeper(options: ZaloTokenKeeperOptions): ZaloTokenKeeper {
  return new TokenKeeper(options);
}

class TokenKeeper implements ZaloTokenKeeper {
  readonly #options: ZaloTokenKeeperOptions;
  readonly #lockMs: number;
  readonly #realNowMs: () => number;
  #cached: ZaloTokens | null = null;
  /** A new pair that the store would not take yet: the only copy there is. */
  #unsaved: ZaloTokens | null = null;
  #running: Promise<TokenAnswer> | null = null;
  #marginMs = USUAL_LIFE_MS * EARLY_SHARE;
  #notBeforeMs = 0;
  /** Sent once with an uncertain answer; remembered here too, in case the store cannot be told. */
  #burntGeneration: number | null = null;
  #renewed: { readonly generation: number; readonly atMs: number } | null = null;

  constructor(options: ZaloTokenKeeperOptions) {
    this.#options = options;
    this.#lockMs = options.lockMs ?? 60_000;
    this.#realNowMs = options.realNowMs ?? Date.now;
  }

  async token(): Promise<TokenAnswer> {
    if (this.#running !== null) return this.#running;
    const cached = this.#cached;
    if (this.#unsaved === null && cached !== null && !this.#isAgeing(cached)) return answerOf(cached);
    return this.#alone(async () => {
      const current = await this.#current();
      if (current === null) return this.#reconnect('no tokens');
      if (!this.#isAgeing(current)) return answerOf(current);
      const isExpired = this.#options.clock.nowMs() >= current.expiresAtMs;
      if (current.state === 'uncertain') {
        return isExpired ? this.#reconnect('expired') : answerOf(current);
      }
      if (!isExpired && this.#realNowMs() < this.#notBeforeMs) return answerOf(current);
      return this.#refresh(current, isExpired);
    });
  }

  async renew(rejectedGeneration: number): Promise<TokenAnswer> {
    const shared = await this.#running;
    if (shared?.kind === 'token' && shared.generation > rejectedGeneration) return shared;
    return this.#alone(async () => {
      const current = await this.#current();
      if (current === null) return this.#reconnect('no tokens');
      if (current.generation > rejectedGeneration) return answerOf(current);
      if (current.state === 'uncertain') return this.#reconnect('refused');
      const renewed = this.#renewed;
      // Fresh and refused all the same: another refresh would not help, and each one spends a token.
      if (renewed?.generation === current.generation && this.#realNowMs() < renewed.atMs + PAUSE_MS) {
        return this.#reconnect('refused when new');
      }
      return this.#refresh(current, true);
    });
  }

  /** One look at the store at a time in this process; those who come meanwhile share the answer. */
  #alone(work: () => Promise<TokenAnswer>): Promise<TokenAnswer> {
    if (this.#running !== null) return this.#running;
    const running = work()
      .catch((error: unknown) => {
        this.#options.log.error({ err: error }, 'zalo tokens unavailable');
        return BUSY;
      })
      .finally(() => (this.#running = null));
    this.#running = running;
    return running;
  }

  #isAgeing(tokens: ZaloTokens): boolean {
    return this.#options.clock.nowMs() >= tokens.expiresAtMs - this.#marginMs;
  }

  async #current(): Promise<ZaloTokens | null> {
    const stored = await this.#options.store.load();
    const unsaved = this.#unsaved;
    // The OA may have been connected anew meanwhile: then our pair is history.
    if (unsaved === null || (stored !== null && stored.generation >= unsaved.generation)) {
      this.#unsaved = null;
      this.#cached = stored;
      return stored;
    }
    await this.#save(unsaved);
    return unsaved;
  }

  async #reconnect(reason: string, code?: number): Promise<TokenAnswer> {
    const { alerts, log } = this.#options;
    log.error({ reason, ...(code === undefined ? {} : { code }) }, 'zalo must be connected again');
    await alerts.raise('zaloReconnect', code === undefined ? {} : { code });
    return RECONNECT;
  }

  /** @param isNeeded whether the current token is of no use any more */
  async #refresh(current: ZaloTokens, isNeeded: boolean): Promise<TokenAnswer> {
    const { store, tokens, httpTimeoutMs = 15_000 } = this.#options;
    if (current.generation === this.#burntGeneration) return isNeeded ? RECONNECT : answerOf(current);
    if (this.#realNowMs() < this.#notBeforeMs) return BUSY;
    const claimedAtMs = this.#realNowMs();
    const untilMs = claimedAtMs + this.#lockMs;
    const isMine = await store.claimRefresh(current.generation, untilMs, claimedAtMs, tokens.next());
    if (!isMine) return isNeeded ? this.#waitForOther(current.generation) : this.#keep(current);
    const latest = await this.#current();
    if (latest?.generation !== current.generation || latest.state === 'uncertain') {
      return latest?.state === 'good' ? answerOf(latest) : RECONNECT;
    }
    // A process that was stopped for a while must not call when its claim may end under the call.
    if (this.#realNowMs() > untilMs - httpTimeoutMs) return isNeeded ? BUSY : this.#keep(current);
    const answer = await requestZaloTokens(this.#options, {
      kind: 'refresh',
      refreshToken: current.refreshToken,
    });
    return this.#conclude(current, answer, isNeeded);
  }

  #pause(forMs: number): TokenAnswer {
    this.#notBeforeMs = this.#realNowMs() + forMs;
    return BUSY;
  }

  #keep(current: ZaloTokens): TokenAnswer {
    this.#pause(this.#lockMs);
    return answerOf(current);
  }

  async #conclude(current: ZaloTokens, answer: ZaloGrantAnswer, isNeeded: boolean): Promise<TokenAnswer> {
    const { clock, store, log } = this.#options;
    switch (answer.kind) {
      case 'pair': {
        const { accessToken, refreshToken, lifeMs } = answer;
        const generation = current.generation + 1;
        const fresh = { accessToken, refreshToken, expiresAtMs: clock.nowMs() + lifeMs, generation } as const;
        this.#unsaved = { ...fresh, state: 'good' };
        await this.#save(this.#unsaved);
        this.#marginMs = lifeMs * EARLY_SHARE;
        this.#renewed = { generation, atMs: this.#realNowMs() };
        log.info({ generation }, 'zalo tokens renewed');
        return answerOf({ ...fresh, state: 'good' });
      }
      case 'not-sent':
        log.warn({ generation: current.generation }, 'zalo oauth not reached');
        // Our claim cannot be given back: until it runs out nobody else tries either.
        return isNeeded ? this.#pause(this.#lockMs) : this.#keep(current);
      case 'uncertain':
        this.#burntGeneration = current.generation;
        await persistently(() => store.markUncertain(current.generation));
        await this.#reconnect('uncertain refresh');
        return isNeeded ? RECONNECT : answerOf(current);
      case 'refused':
        if (answer.isSpent) await persistently(() => store.markUncertain(current.generation));
        else this.#pause(PAUSE_MS);
        await this.#reconnect('refresh refused', answer.code);
        return isNeeded ? RECONNECT : answerOf(current);
    }
  }

  /** Both tokens in one write, before either is used. Throws after the last try; the pair then waits in memory. */
  async #save(tokens: ZaloTokens): Promise<void> {
    await persistently(() => this.#options.store.save(tokens));
    this.#unsaved = null;
    this.#cached = tokens;
  }

  async #waitForOther(generation: number): Promise<TokenAnswer> {
    const { store, pollMs = 250, httpTimeoutMs = 15_000 } = this.#options;
    const deadlineMs = this.#realNowMs() + Math.min(this.#lockMs, httpTimeoutMs + WINNER_MARGIN_MS);
    while (this.#realNowMs() < deadlineMs) {
      await sleep(pollMs);
      const latest = await store.load();
      if (latest !== null && latest.generation > generation) {
        this.#cached = latest;
        return answerOf(latest);
      }
      if (latest?.state === 'uncertain') return RECONNECT;
    }
    return BUSY;
  }
}
