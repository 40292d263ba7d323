/** What is done between the grant of a slot and its call takes so long at least, and at most as far is looked. */
const LEAST_MS = 15;
const SPARE_MS = 5;
const SPARE_SHARE = 0.25;
/** With each call a longer one before it counts less. */
const FADING = 0.98;

/**
 * How far ahead broadcasts take their slots: as far as their writing-down takes, and no further, since a reply that comes
 * now gets none of the slots that are taken already.
 */
export class LookAhead {
  readonly #mostMs: number;
  #tookMs: number;

  /** Begins with the most: nothing is known yet. */
  constructor(mostMs: number) {
    this.#mostMs = mostMs;
    this.#tookMs = mostMs;
  }

  /** So long after its grant a slot could be used. */
  learn(tookMs: number): void {
    this.#tookMs = Math.max(tookMs, this.#tookMs * FADING);
  }

  get ms(): number {
    return Math.min(this.#mostMs, Math.max(LEAST_MS, this.#tookMs * (1 + SPARE_SHARE) + SPARE_MS));
  }
}
