import type { ComplaintStage } from './cases/letter.ts';
import type { CaseState } from './cases/states.ts';
import type { DoneBy } from './done-by.ts';
import type { ChatRef } from './inbound.ts';
import type { TextSpan } from './text/formatted-text.ts';

/** Telegram sends `payload` back (at most 64 bytes); Zalo sends the visible label back as text. */
export interface Button {
  readonly label: string;
  readonly payload: string;
}

/** Plain text, never markup: relayed words can neither format nor tag. Longer messages go out in several parts. */
export interface OutboundMessage {
  readonly text: string;
  /** Where the text is bold or italic, of the NFC text; a platform without formatting leaves them out. */
  readonly spans?: readonly TextSpan[];
  readonly buttons?: readonly Button[];
  /** Ids of stored media (`MediaStore`). Several photos are one album where the platform has albums. */
  readonly photoIds?: readonly string[];
  readonly documentId?: string;
  /** A denunciation whose words are put below the text just before the call. */
  readonly lockedHandle?: string;
  /** Pictures that follow the words, one message each. */
  readonly pages?: readonly { readonly photoIds: readonly string[]; readonly text: string }[];
  /** Answers the tap that led here, so that the button stops spinning (Telegram only). */
  readonly callbackId?: string;
  /** The topic of a Telegram forum. */
  readonly threadId?: string;
  /** Goes out as a template that the platform approved, which is taken also when words are not (`Channel.announcesCases`). */
  readonly caseNews?: { readonly code: string; readonly state: string };
}

/**
 * Everything a send can come to. Only `retry` and `moved` surely were not delivered: a timeout, a reset, a 5xx or an
 * unreadable answer is `unknown`, since neither platform has an idempotency key.
 */
export type SendOutcome =
  /** One part, one id: that of an album names all its messages (`messageIdsOf`). */
  | { readonly kind: 'sent'; readonly externalId: string }
  | { readonly kind: 'retry'; readonly why: 'network' | 'rate-limited'; readonly afterMs: number }
  | { readonly kind: 'moved'; readonly toChatId: string }
  | { readonly kind: 'unknown'; readonly why: 'timeout' | 'reset' | 'server-error' | 'unreadable' }
  | {
      readonly kind: 'recipient-gone';
      readonly why: 'blocked' | 'kicked' | 'deactivated' | 'not-found' | 'window-closed' | 'disabled';
    }
  | {
      readonly kind: 'rejected';
      /** `configuration` counts towards pausing the channel (token, permissions, billing); `content` concerns this message alone. */
      readonly cause: 'configuration' | 'content';
      readonly code: string;
      readonly detail: string;
    };

const ALBUM_SEPARATOR = ',';

/** The external id of an album: the ids of its messages, the first of which carries the words. */
export const albumId = (messageIds: readonly string[]): string => messageIds.join(ALBUM_SEPARATOR);

/** The messages behind an external id: one, or those of an album. */
export const messageIdsOf = (externalId: string): readonly string[] => externalId.split(ALBUM_SEPARATOR);

export type Lane = 'reply' | 'reminder' | 'broadcast';

export const LANES: readonly Lane[] = ['reply', 'reminder', 'broadcast'];

/**
 * `leased` is safe to take back once its time is over: nothing was called yet. `sending` is written just before the call;
 * after a crash it becomes `unknown`.
 */
export type DeliveryState =
  'pending' | 'leased' | 'sending' | 'sent' | 'unknown' | 'gone' | 'rejected' | 'cancelled';

export type DeliveryTarget =
  | { readonly kind: 'chat'; readonly chat: ChatRef }
  | { readonly kind: 'destination'; readonly destinationId: string };

/** One message to one chat, in a row of its own; created once under a deterministic id, whatever is repeated. */
export interface Delivery {
  readonly id: string;
  readonly lane: Lane;
  readonly platform: ChatRef['platform'];
  readonly target: DeliveryTarget;
  /** Set for rows of a broadcast run: the text then comes from the run's rendering, not from the row. */
  readonly runId?: string;
  /** Set for news of a case to its resident. */
  readonly caseId?: string;
  readonly rendering?: string;
  /** Of the destination, when the row was made: coverage is counted without looking at it again. None: the whole ward. */
  readonly neighbourhood?: string;
  readonly message?: OutboundMessage;
  /** Registered in the chat's conversation just before the call, so that "1" finds what it answers. */
  readonly prompt?: PromptToOpen;
  readonly state: DeliveryState;
  readonly dueAtMs: number;
  /** Not sent any more after this: nobody needs it then. */
  readonly expiresAtMs?: number;
  /** External ids of the parts already out: the next part goes out only after the one before is stored. */
  readonly sentParts: readonly string[];
  /** The chat, as the platform names it, in which the first of them lies: another chat has other messages under these ids. */
  readonly sentTo?: string;
  /**
   * The messages that this row puts its words into, one a part, instead of sending new ones. While it is there the next
   * call is an edit, and an edit may be repeated: the second finds the words in place. It goes before anything is sent.
   */
  readonly edits?: readonly string[];
  readonly attempts: number;
  readonly detail?: string;
  /** When somebody said that the script was read. */
  readonly readAloudAtMs?: number;
}

/** The rendering of the question whether a script was read; its row is made with the script's and taken back when it was. */
export const ASK_AGAIN = 'loudspeaker-again';

/** The ids of rows that carry the answer to a case begin with this. */
export const ANSWER_ROWS = 'answer.';
/** Those of rows that remind of a duty. */
export const DUTY_ROWS = 'duty.';
/** Those of rows that speak of a visit of inspectors, which their ids do not tell. */
export const NOTE_ROWS = 'note.';

export interface PromptToOpen {
  readonly id: string;
  readonly subject: PromptSubject;
  readonly choices: readonly Choice[];
}

/** A numbered answer. Numbers stand before labels; "0" is always Thôi, "9" always Quay lại. */
export interface Choice {
  readonly number: string;
  readonly value: string;
  readonly label: string;
  /** Answered by its label or its button alone, where a number would be an answer itself. */
  readonly isWorded?: boolean;
}

/** A duty that can be reported done, and by what. */
export interface OfDuty {
  readonly dutyId: string;
  readonly doneBy?: DoneBy;
}

/** What an answer is about. */
export type PromptSubject =
  | { readonly kind: 'flow' }
  | { readonly kind: 'menu' }
  /** `reminders`: what its message tells, as `<duty>.<key>`; none where it is no reminder. */
  | ({ readonly kind: 'duty'; readonly reminders?: readonly string[] } & OfDuty)
  /** The same for several; the values are `open <audience> <duty>`, or `all`. */
  | { readonly kind: 'duty-list'; readonly reminders: readonly string[] }
  /** One of them, opened: answered once, so that the next number means the list again. */
  | ({ readonly kind: 'listed-duty' } & OfDuty)
  /** Who a duty is given to; the values are ids of staff. */
  | { readonly kind: 'duty-pick'; readonly dutyId: string }
  /** The hash is of what was shown: an approval is of that and nothing else. */
  | { readonly kind: 'approval'; readonly runId: string; readonly contentHash: string }
  | { readonly kind: 'run'; readonly runId: string }
  /** Coverage of a month: the value of a choice is another month, `2024-03`. */
  | { readonly kind: 'coverage-month' }
  /** A list of runs: the value of a choice is the id of one. */
  | { readonly kind: 'run-list' }
  /** An author's own posts that have not gone out: the value of a choice is the id of a run or a series. */
  | { readonly kind: 'own-posts' }
  /** Consents to be named in a post: the value of a choice is the id of a run or a series that has it. */
  | { readonly kind: 'consents' }
  /** What was listed, each with the hash that it had then; the values are an id or `all`. */
  | {
      readonly kind: 'approvals';
      readonly items: readonly { readonly runId: string; readonly contentHash: string }[];
    }
  /** The values: `entry:<id>`, `week:<day>`, `month:<day>`, series. */
  | { readonly kind: 'timetable' }
  /** One going-out, by the id of its run, also where that is still to be made. */
  | { readonly kind: 'entry'; readonly entryId: string }
  /** The value of a choice is the id of a series. */
  | { readonly kind: 'series-list' }
  /** Why a run was held or stopped; the values are `other` or the number of a usual reason. */
  | { readonly kind: 'control-reason'; readonly runId: string; readonly action: 'pause' | 'cancel' }
  /** Who stands in while the asked member is on leave: the values are ids of staff. */
  | { readonly kind: 'deputy' }
  /** The value of a choice is the handle of a denunciation. */
  | { readonly kind: 'locked' }
  /** `state` and `stage`: as the card shows them. */
  | {
      readonly kind: 'case-card';
      readonly caseId: string;
      readonly state?: CaseState;
      readonly stage?: ComplaintStage;
    }
  /** Who a case is handed to; the values are `staff:<id>` and `unit:<id>`. */
  | { readonly kind: 'case-pick'; readonly caseId: string }
  /** The value of a choice is the id of a case. */
  | { readonly kind: 'work-list' }
  /** What an officer asked the resident. */
  | { readonly kind: 'case-question'; readonly caseId: string; readonly code: string }
  /** A resident's own: the value of a choice is the id of one. */
  | { readonly kind: 'my-cases' }
  | { readonly kind: 'my-case'; readonly caseId: string }
  /** Any answer keeps the chat open. */
  | { readonly kind: 'window' }
  | { readonly kind: 'case-rating'; readonly caseId: string }
  /** Whether a resident follows a case about the same. */
  | { readonly kind: 'case-alike'; readonly caseId: string; readonly intoId: string }
  | { readonly kind: 'relay'; readonly deliveryId: string }
  | { readonly kind: 'loudspeaker'; readonly deliveryId: string }
  | { readonly kind: 'meeting'; readonly deliveryId: string }
  /** Which script was read, as an editor was told by telephone; the values are ids of deliveries. */
  | { readonly kind: 'scripts'; readonly runId: string }
  | { readonly kind: 'unknown-delivery'; readonly deliveryId: string }
  | { readonly kind: 'group'; readonly groupId: string }
  /** The values: `visit:<id>`, plan, rules. */
  | { readonly kind: 'inspections' }
  | { readonly kind: 'inspection'; readonly visitId: string }
  /** The board of procedures: the value of a choice is the Monday of a week. */
  | { readonly kind: 'procedures' }
  | { readonly kind: 'paused-channel'; readonly platform: ChatRef['platform'] };
