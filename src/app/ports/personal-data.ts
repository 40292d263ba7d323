import type { ChatRef } from '#src/domain/inbound.ts';

/** What the ward holds about the person behind one chat, taken away all at once. */
export interface PersonalDataStore {
  /** A keyed hash: an id of something that must not tell from which chat it came. */
  privateId(words: string): string;
  /**
   * Takes out name, number, words, places and files of their cases, and who they are; messages to them, what they wrote
   * in groups and their conversation go whole. What was done with each case, and when, stays. Safe to run twice.
   */
  erase(chat: ChatRef, nowMs: number): Promise<void>;
  /** The same for cases that ended before then, the oldest first; answers how many. Safe to run twice. */
  emptyEnded(beforeMs: number, limit: number, nowMs: number): Promise<number>;
  /** Messages to private chats that were settled before then: nobody needs their words any more. */
  forgetMessages(beforeMs: number): Promise<number>;
  /** Chats whose draft was last touched before then, the oldest first. */
  draftsSince(beforeMs: number, limit: number): Promise<readonly WaitingDraft[]>;
}

export interface WaitingDraft {
  readonly chat: ChatRef;
  readonly touchedAtMs: number;
}
