/** What the process of the sandbox can be told to do. Chats are named by their ids. */
export type Order =
  | { readonly kind: 'add-groups' | 'add-people'; readonly count: number }
  /** The next message to each of these arrives, and its answer does not. */
  | { readonly kind: 'cut-answers'; readonly chatIds: readonly number[] }
  | { readonly kind: 'say'; readonly chatId: number; readonly text: string }
  | { readonly kind: 'calls' | 'forget' }
  /** What happened in these chats since the record was last forgotten. */
  | { readonly kind: 'record'; readonly chatIds: readonly number[] };

/** What the platform itself saw. Times are real milliseconds. */
export interface ServerRecord {
  readonly calls: number;
  readonly delivered: number;
  /** Messages beyond the first in a chat. */
  readonly duplicates: number;
  /** Chats without any. */
  readonly missing: number;
  readonly answers429: number;
  /** Calls that came while a `retry_after` was running. */
  readonly callsDuringPenalty: number;
  readonly firstAtMs: number;
  readonly lastAtMs: number;
  /** From what somebody wrote to the bot's next message in that chat; infinite where none came. */
  readonly replyMs: readonly number[];
  /** The most calls in one of these chats within any sixty seconds. */
  readonly mostInAMinute: number;
}
