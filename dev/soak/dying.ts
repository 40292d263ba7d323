/** How the bot of `dying-child.ts` is to die. */
export interface Dying {
  readonly moment: 'before' | 'after';
  /** The so-manieth write. */
  readonly write: number;
  /** The ward's clock runs so far from the machine's. */
  readonly clockOffsetMs: number;
}

/** What it writes, with a number of its own, when it has begun to count. */
export const ARMED = 'armed';
