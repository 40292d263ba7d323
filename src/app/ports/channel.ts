import type { ChatRef, Platform, RemoteFile } from '#src/domain/inbound.ts';
import type { Lane, OutboundMessage, SendOutcome } from '#src/domain/outbound.ts';

export interface FetchedFile {
  readonly bytes: Uint8Array;
  readonly contentType: string;
}

/** A platform as the rest of the code sees it. One implementation a platform, and a fake that passes the same suite. */
export interface Channel {
  readonly platform: Platform;
  /** How this platform limits one text; longer texts go out as several parts (`domain/text/split-text`). */
  readonly limits: {
    readonly textChars: number;
    readonly captionChars: number;
    /** The same for the words under a document; 0 where a document goes alone. */
    readonly documentCaptionChars: number;
    /** Photos that go out in one call; 1 where the platform has no albums. */
    readonly albumPhotos: number;
    readonly hasButtons: boolean;
  };
  /**
   * Makes exactly one platform call for one part and never retries. Never throws for what a platform or a network can do;
   * the caller holds a slot of the budget, and the call does not leave before `timing` says so. `media` are the bytes of
   * `message.photoIds` in their order, or of `message.documentId`. At most `limits.albumPhotos` photos; an album has no
   * buttons.
   */
  send(
    chat: ChatRef,
    message: OutboundMessage,
    media: readonly FetchedFile[],
    timing?: CallTiming,
  ): Promise<SendOutcome>;
  /** Replaces a message's text, or the words under its photo, where the platform can (Telegram); `rejected` where it cannot. */
  edit(
    chat: ChatRef,
    externalId: string,
    message: OutboundMessage,
    timing?: CallTiming,
  ): Promise<SendOutcome>;
  /** Stops the spinner of a tapped button; does nothing where there is none. Never throws. */
  acknowledgeTap(callbackId: string): Promise<void>;
  /** Throws when the file cannot be had now; the caller tries again later. */
  fetchFile(file: RemoteFile): Promise<FetchedFile>;
  /** A link that opens the private chat and hands `token` over (`t.me/<bot>?start=<token>`, `zalo.me/<oa>`). */
  privateChatLink(token: string): string;
  /** News of a case can be announced also to somebody whose window is shut, by a template that is paid for. */
  readonly announcesCases?: boolean;
  /** Only where the platform has limits that are paid for. Throws when it cannot be had now. */
  readonly allowance?: () => Promise<Allowance>;
}

/** What a platform will refuse before long, as it says itself. */
export interface Allowance {
  readonly callsPerMinute: number;
  /** When a group's paid place runs out, by its chat. */
  readonly groups: readonly { readonly chatId: string; readonly untilMs: number }[];
  /** Messages to people that are left this month; null: not said. */
  readonly privateLeft: number | null;
}

export type Channels = Partial<Readonly<Record<Platform, Channel>>>;

/** The one budget per bot and per chat, shared by all lanes and processes. Real time, not the injected clock. */
export interface SendBudget {
  /** Reserves one slot for a call, or says when to ask again. Without Redis nothing is sent: it throws. */
  take(chat: ChatRef, kind: 'private' | 'group', lane: Lane): Promise<BudgetAnswer>;
  /** After a 429: nobody calls (this chat, or the whole bot when `chatId` is null) before `afterMs` have passed. */
  penalise(platform: Platform, chatId: string | null, afterMs: number): Promise<void>;
}

export type BudgetAnswer =
  GrantedSlot | { readonly kind: 'wait'; readonly afterMs: number; readonly scope: 'chat' | 'bot' };

/** A slot may lie a moment ahead: what has to be done before the call is done meanwhile. */
export interface GrantedSlot {
  readonly kind: 'granted';
  /** Resolves so many milliseconds before the call may go. */
  ready(beforeMs: number): Promise<void>;
  /**
   * To be asked as the call is handed to its channel. A call that left late, or took longer than others of its `way` and so
   * may have reached the platform late, counts from later on.
   */
  calling(way: string): CallTiming;
}

export interface CallTiming {
  /** When the call shall leave, by `steadyMs`; null where a moment more does not matter and `ready` is enough. */
  readonly atMs: number | null;
  /** Resolves when the call may leave. */
  ready(): Promise<void>;
  /** Told by the channel where it knows better than its caller, who tells it afterwards in any case; the first counts. */
  ended(times?: CallTimes): void;
}

/** By `steadyMs`; null: not one byte left, no whole answer came. */
export interface CallTimes {
  readonly leftMs: number | null;
  readonly answeredMs: number | null;
}
