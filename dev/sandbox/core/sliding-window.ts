export type Taken = { readonly ok: true } | { readonly ok: false; readonly retryAfterMs: number };

/**
 * A strict sliding log: at no instant do more than `limit` takes lie within the last `windowMs`.
 * Stricter than a token bucket or a window that starts anew each second; a refused take is not counted.
 */
export class SlidingWindow {
  readonly #limit: number;
  readonly #windowMs: number;
  #takenAtMs: number[] = [];

  constructor(limit: number, windowMs: number) {
    if (!(limit >= 1) || !(windowMs > 0)) throw new RangeError(`Not a window: ${limit} in ${windowMs} ms`);
    this.#limit = limit;
    this.#windowMs = windowMs;
  }

  /** Takes one, or says in how many milliseconds one will be free. */
  take(nowMs: number): Taken {
    const look = this.peek(nowMs);
    if (look.ok) this.#takenAtMs.push(nowMs);
    return look;
  }

  /** What `take` would answer, without taking. */
  peek(nowMs: number): Taken {
    this.#forget(nowMs);
    if (this.#takenAtMs.length < this.#limit) return { ok: true };
    const oldest = this.#takenAtMs[this.#takenAtMs.length - this.#limit] ?? nowMs;
    return { ok: false, retryAfterMs: oldest + this.#windowMs - nowMs };
  }

  remaining(nowMs: number): number {
    this.#forget(nowMs);
    return Math.max(0, this.#limit - this.#takenAtMs.length);
  }

  #forget(nowMs: number): void {
    const kept = this.#takenAtMs.findIndex((at) => at > nowMs - this.#windowMs);
    this.#takenAtMs = kept === -1 ? [] : kept === 0 ? this.#takenAtMs : this.#takenAtMs.slice(kept);
  }
}
