/**
 * The time that people and platforms in the sandbox see: real time plus an offset, or a frozen instant.
 * Rate limits do not use it (a jump of a year must not refill a budget): they take `realNowMs`.
 */
export class MovableClock {
  #offsetMs = 0;
  #frozenAtMs: number | undefined;
  #moves = 0;
  readonly #listeners = new Set<() => void>();

  /** Epoch milliseconds as the sandbox tells them. */
  nowMs(): number {
    return this.#frozenAtMs ?? Date.now() + this.#offsetMs;
  }

  /** Moves by `ms` (negative moves back); a frozen clock stays frozen, at the new instant. */
  advanceMs(ms: number): void {
    this.setMs(this.nowMs() + ms);
  }

  /** Jumps to an instant in epoch milliseconds. */
  setMs(ms: number): void {
    if (!Number.isFinite(ms)) throw new RangeError(`Not an instant: ${ms}`);
    this.#offsetMs = ms - Date.now();
    if (this.#frozenAtMs !== undefined) this.#frozenAtMs = ms;
    this.#moves += 1;
    for (const listener of [...this.#listeners]) listener();
  }

  /** How far the sandbox is ahead of real time, in milliseconds. */
  offsetMs(): number {
    return this.nowMs() - Date.now();
  }

  /** How many jumps there were: who has seen as many knows the offset. */
  moves(): number {
    return this.#moves;
  }

  /** Stops time at the present instant, until `unfreeze`. */
  freeze(): void {
    this.#frozenAtMs = this.nowMs();
  }

  /** Lets time run on from where it stood. */
  unfreeze(): void {
    if (this.#frozenAtMs === undefined) return;
    const at = this.#frozenAtMs;
    this.#frozenAtMs = undefined;
    this.#offsetMs = at - Date.now();
  }

  /** Calls back after each jump, so that what is due by then can be done; returns how to stop listening. */
  onMove(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

/** Monotonic real milliseconds, for rate limits; unrelated to the epoch and to any `MovableClock`. */
export const realNowMs = (): number => performance.now();
