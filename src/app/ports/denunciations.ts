import type { LockedWords } from '#src/domain/denunciation.ts';
import type { LocalDate } from '#src/domain/plan.ts';

/**
 * What sounds like a denunciation, under a key that seals nothing else. A row holds a day and a sealed text: neither who
 * wrote it nor what it is about can be seen, counted or searched without the key.
 */
export interface DenunciationStore {
  /** False where the ward has set no key: then nothing is kept, and nobody may be told that something is. */
  readonly keeps: boolean;
  /** Null where the ward has set no key: then nothing is kept. */
  seal(lockedId: string, matter: LockedWords): string | null;
  /** Takes the place of what was kept under this id before. */
  put(lockedId: string, sealed: string, day: LocalDate): Promise<void>;
  /** For the sender alone: what they wrote themselves. */
  find(lockedId: string): Promise<LockedWords | null>;
  forget(lockedId: string): Promise<void>;
  /** The newest first, by handles that tell nothing. */
  list(limit: number): Promise<readonly LockedRow[]>;
  open(handle: string): Promise<LockedRow | null>;
}

export interface LockedRow {
  readonly handle: string;
  readonly day: LocalDate;
  readonly matter: LockedWords;
}
