/** One slot that was used; `atUs` on the clock of Redis. */
export interface UsedSlot {
  readonly name: string;
  readonly atUs: number;
  /** The logs that hold it. */
  readonly keys: readonly string[];
}

/** A slot that counts from later on than was thought. */
export interface Correction extends UsedSlot {
  readonly lateUs: number;
}

interface Tracked {
  readonly slot: UsedSlot;
  readonly way: string;
  /** When it left, or will leave at the earliest. */
  leftUs: number;
  /** From then to its answer. */
  tookUs: number | null;
  correctedUs: number;
}

/** Longer than the window of any limit that is counted in seconds. */
const REMEMBERED_US = 1_500_000;
/** Smaller ones lie within the guard. */
const WORTH_US = 500;
/** What answers of one way differ by anyway; the guard covers it. */
const JITTER_US = 2_000;
/** Of a slow answer no more counts as a late call: the server may have kept the call, or the answer. */
const MOST_US = 250_000;

/**
 * Notices calls that may have reached the platform later than their slot says: the process was busy, or the network. How
 * late a call left is known; how late it arrived is not, but it cannot be more than what its answer took longer than
 * the quickest of its way. What is quickest becomes clearer with each call, so each slot is judged until it is past.
 */
export class LateCalls {
  readonly #nowUs: () => number;
  /** Our clock minus that of Redis: the quickest answer knows it best. */
  readonly #offset = new Least();
  readonly #quickest = new Map<string, Least>();
  #tracked: Tracked[] = [];

  /** @param nowUs any steady clock */
  constructor(nowUs: () => number) {
    this.#nowUs = nowUs;
  }

  /** Redis has just told its time. */
  heardTime(redisUs: number): void {
    const nowUs = this.#nowUs();
    this.#offset.learn(nowUs - redisUs, nowUs);
  }

  /** A moment of Redis on our clock, as well as that is known; after `heardTime`. */
  ourTimeUs(redisUs: number): number {
    return redisUs + this.#offset.value;
  }

  /**
   * A call under `slot` starts, or will at its time. What is returned is to be told when it left and when its answer
   * came (null: it never left, no answer came), and listens once. `way`: calls that take equally long.
   */
  track(slot: UsedSlot, way: string): (leftUs: number | null, answeredUs: number | null) => void {
    const leftUs = Math.max(this.#nowUs(), this.ourTimeUs(slot.atUs));
    const tracked: Tracked = { slot, way, leftUs, tookUs: null, correctedUs: 0 };
    this.#tracked.push(tracked);
    let isOver = false;
    return (leftUs, answeredUs) => {
      if (isOver) return;
      isOver = true;
      tracked.leftUs = leftUs ?? tracked.leftUs;
      if (answeredUs === null) return;
      tracked.tookUs = answeredUs - tracked.leftUs;
      const quickest = this.#quickest.get(way) ?? new Least();
      quickest.learn(tracked.tookUs, this.#nowUs());
      this.#quickest.set(way, quickest);
    };
  }

  get isEmpty(): boolean {
    return this.#tracked.length === 0;
  }

  /** What has to be put right now. */
  corrections(): readonly Correction[] {
    const found: Correction[] = [];
    let newestUs = 0;
    for (const one of this.#tracked) {
      newestUs = Math.max(newestUs, one.slot.atUs);
      const lateUs = this.#leftLateUs(one) + this.#slownessOf(one);
      if (lateUs < one.correctedUs + WORTH_US) continue;
      one.correctedUs = lateUs;
      found.push({ ...one.slot, lateUs });
    }
    const pastUs = Math.min(newestUs, this.#nowUs() - this.#offset.value) - REMEMBERED_US;
    this.#tracked = this.#tracked.filter((one) => one.slot.atUs + this.#leftLateUs(one) > pastUs);
    return found;
  }

  /** By what is known of the clock of Redis by now. */
  #leftLateUs({ slot, leftUs }: Tracked): number {
    return Math.max(0, leftUs - slot.atUs - this.#offset.value);
  }

  #slownessOf({ way, tookUs }: Tracked): number {
    if (tookUs === null) return 0;
    const quickestUs = this.#quickest.get(way)?.likely ?? tookUs;
    return Math.max(0, Math.min(MOST_US, tookUs - quickestUs - JITTER_US));
  }
}

/** Of fewer the quickest may still be far from what is possible. */
const ENOUGH = 30;
const UNSURE = 0.75;

/** A quickest way is forgotten after two of these: a line can become slower for good. */
const FORGET_US = 30_000_000;

/** The least of what was seen of late. */
class Least {
  #sinceUs = 0;
  #now = Infinity;
  #before = Infinity;
  #seen = 0;

  learn(value: number, nowUs: number): void {
    this.#seen += 1;
    if (nowUs - this.#sinceUs > FORGET_US) {
      this.#before = this.#now;
      this.#now = Infinity;
      this.#sinceUs = nowUs;
    }
    this.#now = Math.min(this.#now, value);
  }

  /** Infinite before anything was seen. */
  get value(): number {
    return Math.min(this.#now, this.#before);
  }

  /** What the least may turn out to be: less than what was seen, as long as little was. */
  get likely(): number {
    return this.#seen < ENOUGH ? this.value * UNSURE : this.value;
  }
}
