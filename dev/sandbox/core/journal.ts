import { Changes, type WaitOptions } from './changes.ts';
import type { MovableClock } from './clock.ts';

export type Platform = 'telegram' | 'zalo';

/** One thing that happened, in the order in which the sandbox saw it. */
export interface JournalEntry {
  readonly seq: number;
  /** Epoch milliseconds on the sandbox's clock. */
  readonly atMs: number;
  /** Epoch milliseconds of real time, monotonic. */
  readonly realAtMs: number;
  readonly platform: Platform;
  /** A call of the bot, an update made for the bot, or the bot's acknowledgement of one. */
  readonly kind: 'call' | 'update' | 'ack';
  /** The API method, or the kind of update. */
  readonly method: string;
  readonly chatId?: string | undefined;
  readonly messageId?: string | undefined;
  /** Whether the platform did what was asked, whatever the caller came to know of it. */
  readonly ok: boolean;
  readonly errorCode?: number | undefined;
  /** The kind of the fault that struck this call. */
  readonly fault?: string | undefined;
  readonly text?: string | undefined;
  readonly personId?: string | undefined;
}

export type JournalDraft = Omit<JournalEntry, 'seq' | 'realAtMs' | 'atMs'>;

/** Every field that is given must be equal; or a function that decides. */
export type JournalFilter = Partial<JournalEntry> | ((entry: JournalEntry) => boolean);

const matcher = (filter: JournalFilter): ((entry: JournalEntry) => boolean) => {
  if (typeof filter === 'function') return filter;
  const wanted = Object.entries(filter).filter(([, value]) => value !== undefined);
  return (entry) => wanted.every(([key, value]) => entry[key as keyof JournalEntry] === value);
};

/** The sandbox's own record, against which tests count what was really delivered. */
export class Journal {
  readonly #clock: MovableClock;
  readonly #changes = new Changes();
  #entries: JournalEntry[] = [];
  #seq = 0;

  constructor(clock: MovableClock) {
    this.#clock = clock;
  }

  record(draft: JournalDraft): JournalEntry {
    this.#seq += 1;
    const entry: JournalEntry = {
      ...draft,
      seq: this.#seq,
      atMs: this.#clock.nowMs(),
      realAtMs: performance.timeOrigin + performance.now(),
    };
    this.#entries.push(entry);
    this.#changes.notify();
    return entry;
  }

  entries(filter?: JournalFilter): readonly JournalEntry[] {
    return filter === undefined ? [...this.#entries] : this.#entries.filter(matcher(filter));
  }

  count(filter: JournalFilter): number {
    return this.entries(filter).length;
  }

  /** Forgets the entries; the numbering goes on. */
  clear(): void {
    this.#entries = [];
  }

  /** Resolves with the newest number as soon as it is higher than `seq`. */
  async waitPast(seq: number, options: WaitOptions = {}): Promise<number> {
    const look = (): number | undefined => (this.#seq > seq ? this.#seq : undefined);
    return this.#changes.waitFor(look, { what: 'The journal entry', ...options });
  }

  /** Resolves with the matching entries once there are `count` of them (1 unless told). */
  async waitFor(
    filter: JournalFilter,
    options: WaitOptions & { readonly count?: number | undefined } = {},
  ): Promise<readonly JournalEntry[]> {
    const count = options.count ?? 1;
    const matches = typeof filter === 'function' ? filter : matcher(filter);
    const found: JournalEntry[] = [];
    let seen = 0;
    // Each entry is looked at once: a benchmark may wait here while a hundred thousand are written.
    const look = (): readonly JournalEntry[] | undefined => {
      const first = this.#entries[0]?.seq ?? 0;
      for (const entry of this.#entries.slice(Math.max(0, seen + 1 - first))) {
        seen = entry.seq;
        if (matches(entry)) found.push(entry);
      }
      return found.length >= count ? found : undefined;
    };
    return this.#changes.waitFor(look, { what: 'The journal entry', ...options });
  }
}
