import type { ZaloTokens, ZaloTokenStore } from '#src/app/ports/health.ts';

/** The store of the token pair in memory, with the same exclusive claim as the real one. */
export class MemoryTokenStore implements Omit<ZaloTokenStore, 'takeOver'> {
  tokens: ZaloTokens | null;
  readonly saved: ZaloTokens[] = [];
  claims = 0;
  /** So many saves fail first. */
  failSaves = 0;
  #claim: { readonly generation: number; readonly untilMs: number } | null = null;

  constructor(tokens: ZaloTokens | null) {
    this.tokens = tokens;
  }

  load(): Promise<ZaloTokens | null> {
    return Promise.resolve(this.tokens);
  }

  claimRefresh(generation: number, untilMs: number, nowMs: number): Promise<boolean> {
    const isHeld = this.#claim?.generation === generation && this.#claim.untilMs > nowMs;
    const isCurrent = this.tokens?.generation === generation && this.tokens.state === 'good';
    if (isHeld || !isCurrent) return Promise.resolve(false);
    this.#claim = { generation, untilMs };
    this.claims += 1;
    return Promise.resolve(true);
  }

  save(tokens: ZaloTokens): Promise<void> {
    if (this.failSaves > 0) {
      this.failSaves -= 1;
      return Promise.reject(new Error('no primary'));
    }
    this.tokens = tokens;
    this.saved.push(tokens);
    return Promise.resolve();
  }

  markUncertain(generation: number): Promise<void> {
    if (this.tokens?.generation === generation) this.tokens = { ...this.tokens, state: 'uncertain' };
    return Promise.resolve();
  }
}
