import type { Honorific } from '../case.ts';
import type { DutyAudience } from '../duty.ts';
import type { CaseEffect } from './case-effects.ts';
import type { DutyChatOrder } from './duty-effects.ts';
import type { ChatRef, InboundContent, Platform, QuotedMessage, RemoteFile } from '../inbound.ts';
import type { CensusRow } from '../destination.ts';
import type { Choice, PromptSubject, PromptToOpen } from '../outbound.ts';
import type { LocalDate, Plan } from '../plan.ts';
import type { Leave, StaffMember } from '../staff.ts';
import type { CaseDraft, CorrectionDraft, RunDraft, UrgentDraft } from './drafts.ts';
import type { InspectionEffect } from './inspection-effects.ts';
import type { ProcedureEffect } from './procedure-effects.ts';
import type { ResidentEffect } from './resident-effects.ts';
import type { FlowState } from './flow-state.ts';

export type { CaseDraft, CorrectionDraft, DraftFile, RunDraft, UrgentDraft } from './drafts.ts';

/** A post that its author takes up again. It comes out of our own store as an event of the chat: nobody typed it. */
export interface TakenUp {
  readonly kind: 'taken-up';
  /** Of the run or the series. */
  readonly id: string;
  readonly from: 'draft' | 'returned' | 'submitted' | 'scheduled' | 'series';
  readonly draft: RunDraft;
  /** Why it was returned; empty where it was not. */
  readonly comment: string;
}

/** A text of `locales/`: `report.askPlace` with its parameters. */
export interface TextRef {
  readonly key: string;
  readonly params?: Readonly<Record<string, string | number>>;
}

export interface OpenPrompt extends PromptToOpen {
  readonly askedAtMs: number;
}

/** All that the bot remembers of one private chat. Saved with compare-and-set on `rev`. */
export interface Conversation {
  readonly key: string;
  readonly chat: ChatRef;
  readonly rev: number;
  readonly honorific: Honorific | null;
  readonly flow: FlowState | null;
  /** Newest first, at most MAX_PROMPTS. A typed number answers the newest that offers it. */
  readonly prompts: readonly OpenPrompt[];
  /** Events already taken in, newest last: a repeated event changes nothing. */
  readonly seenEvents: readonly string[];
  /** Committed with the state; run afterwards, each idempotent by its id; removed when done. */
  readonly effects: readonly StoredEffect[];
  readonly updatedAtMs: number;
  /** When this person last wrote; absent in rows of before. */
  readonly heardAtMs?: number;
  /** When to ask them to keep the chat open; null where nothing shuts it. Indexed. */
  readonly windowAtMs?: number | null;
}

export interface StoredEffect {
  readonly id: string;
  readonly effect: Effect;
}

/** What one message means after the numbers, taps and labels were matched against what was asked. */
export type Input =
  | { readonly kind: 'choice'; readonly prompt: OpenPrompt; readonly value: string }
  | { readonly kind: 'stale-tap' }
  | {
      readonly kind: 'text';
      readonly text: string;
      readonly folded: string;
      /** With bold and italic as marks, where there is any. */
      readonly marked?: string;
    }
  | {
      readonly kind: 'file';
      readonly file: RemoteFile;
      readonly caption: string | null;
      readonly markedCaption?: string;
      readonly albumId: string | null;
    }
  | { readonly kind: 'location'; readonly latitude: number; readonly longitude: number }
  | { readonly kind: 'contact'; readonly phone: string }
  | { readonly kind: 'sticker' };

/** The draft of a report that nobody has touched for long; comes from no platform. */
export interface DraftAged {
  readonly kind: 'draft-aged';
  readonly what: 'nudge' | 'erase';
  /** When it was touched last, as the one who looked at it saw. */
  readonly touchedAtMs: number;
}

export interface CategoryGuess {
  readonly categoryId: string;
  readonly score: number;
}

export interface StepContext {
  readonly nowMs: number;
  readonly eventId: string;
  readonly platform: Platform;
  readonly senderName: string;
  /** Null for residents. */
  readonly staff: StaffMember | null;
  readonly plan: Plan;
  /** Posts of the plan folder and those written in chat: what an editor may choose from. */
  readonly posts: readonly PostSummary[];
  readonly quoted: QuotedMessage | null;
  /** Where posts can go now; null where nothing is being composed. */
  readonly census: readonly CensusRow[] | null;
  /** Who works here, for choosing the chair of a meeting or a team; null where nobody is chosen. */
  readonly people: readonly StaffMember[] | null;
  /** What this person has typed that was locked away, while the form asks about it. */
  readonly locked: CaseDraft | null;
  /** Whether the ward keeps what sounds like a denunciation: it has a key for it. */
  readonly keepsLocked: boolean;
  /** What this person wrote in a group before coming here. */
  readonly carriedWords: { readonly token: string; readonly words: string } | null;
  /** The plan's categories that the words may mean, likeliest first; empty where nothing is known. */
  readonly likely: (words: string) => readonly CategoryGuess[];
  /** Renders a label of `locales/` for matching what people type and for building choices. */
  readonly text: (ref: TextRef) => string;
}

export type TimetableSpan = 'week' | 'month';

export interface PostSummary {
  readonly id: string;
  readonly topicId: string;
  readonly title: string;
  readonly body: string;
  /** Undefined where nobody has said. */
  readonly namesPerson?: boolean;
  readonly sources?: readonly string[];
  readonly validFrom?: LocalDate | null;
  readonly validTo?: LocalDate | null;
  readonly owner?: string;
}

export interface StepResult {
  readonly flow: FlowState | null;
  readonly effects: readonly Effect[];
  readonly honorific?: Honorific;
  /** The question was not answered after all and stays open. */
  readonly keepsPrompt?: true;
}

/**
 * What a step asks the world to do. Run after the commit, at least once, each under the id
 * `<conversation>.<rev>.<index>`: whoever runs one must make a second run harmless.
 */
export type Effect =
  | ResidentEffect
  | CaseEffect
  | InspectionEffect
  | ProcedureEffect
  | {
      readonly kind: 'say';
      readonly text: TextRef;
      readonly choices?: readonly Choice[];
      readonly subject?: PromptSubject;
      readonly photoId?: string;
    }
  /** Literal words (a post to preview): never a sentence of the bot's own. */
  | { readonly kind: 'show'; readonly words: string; readonly photoId?: string }
  | { readonly kind: 'list-work' }
  /** How the duties of a leader stand. */
  | { readonly kind: 'show-week' }
  /** What is due in the next twelve months. */
  | { readonly kind: 'show-year' }
  /** Which reminders will come to whoever asks. */
  | { readonly kind: 'show-reminders' }
  | { readonly kind: 'order-duty'; readonly order: DutyChatOrder }
  | { readonly kind: 'join-staff'; readonly code: string }
  /** The words written in a group are in a draft now. */
  | { readonly kind: 'forget-words'; readonly token: string }
  | {
      readonly kind: 'confirm-group';
      readonly groupId: string;
      readonly neighbourhood: string | null;
      readonly audience: 'residents' | 'officers' | 'mass-organisations';
    }
  /** `consent`: the version of the text that was agreed to. */
  | { readonly kind: 'subscribe'; readonly neighbourhood: string | null; readonly consent: string }
  | { readonly kind: 'unsubscribe' }
  /** Null: back at work. */
  | { readonly kind: 'take-leave'; readonly leave: Leave | null }
  | { readonly kind: 'choose-deputy'; readonly deputyId: string }
  | { readonly kind: 'list-leave' }
  | { readonly kind: 'list-groups' }
  | { readonly kind: 'resume-channel'; readonly platform: Platform }
  /** `takenUp`: the run or the series whose place the draft takes. */
  | { readonly kind: 'submit-run'; readonly draft: RunDraft; readonly takenUp?: string }
  | { readonly kind: 'save-draft'; readonly draft: RunDraft; readonly takenUp?: string }
  /** A run or a series. */
  | { readonly kind: 'take-up'; readonly id: string }
  | { readonly kind: 'list-posts' }
  | { readonly kind: 'approve-run'; readonly runId: string; readonly contentHash: string }
  | { readonly kind: 'return-run'; readonly runId: string; readonly comment: string }
  | { readonly kind: 'cancel-run'; readonly runId: string }
  | { readonly kind: 'stop-series'; readonly seriesId: string }
  | { readonly kind: 'control-run'; readonly runId: string; readonly action: 'pause' | 'resume' }
  /** Why somebody held or stopped a run, for the record. */
  | {
      readonly kind: 'note-reason';
      readonly runId: string;
      readonly action: 'pause' | 'cancel';
      readonly reason: string;
    }
  | { readonly kind: 'send-today'; readonly runId: string }
  | { readonly kind: 'preview-run'; readonly draft: RunDraft }
  /** The draft, or the run or series of this id, on each platform exactly as it goes out. */
  | { readonly kind: 'preview-all'; readonly draft: RunDraft }
  | { readonly kind: 'show-renderings'; readonly id: string }
  /** `seen`: the filled text that was shown. */
  | { readonly kind: 'send-urgent'; readonly draft: UrgentDraft; readonly seen: string }
  | { readonly kind: 'run-coverage'; readonly runId: string }
  /** `2024-03`; null is the month that it is. */
  | { readonly kind: 'month-coverage'; readonly month: string | null }
  /** `day`: any of the span; null is today. */
  | { readonly kind: 'show-timetable'; readonly span: TimetableSpan; readonly day: LocalDate | null }
  | { readonly kind: 'show-entry'; readonly entryId: string }
  | { readonly kind: 'skip-entry'; readonly entryId: string }
  | { readonly kind: 'move-entry'; readonly entryId: string; readonly atMs: number }
  | { readonly kind: 'list-approvals' }
  /** A run or a series. */
  | { readonly kind: 'open-approval'; readonly runId: string }
  | { readonly kind: 'list-series' }
  | { readonly kind: 'show-series'; readonly seriesId: string }
  | { readonly kind: 'list-runs' }
  | { readonly kind: 'list-consents' }
  /** The words of a file, which then come into the form as if they had been typed. */
  | { readonly kind: 'import-document'; readonly file: RemoteFile }
  /** Of the person whom this run or series names. */
  | { readonly kind: 'withdraw-consent'; readonly runId: string }
  | { readonly kind: 'open-correction'; readonly runId: string }
  | { readonly kind: 'preview-correction'; readonly draft: CorrectionDraft }
  | { readonly kind: 'submit-correction'; readonly draft: CorrectionDraft }
  | { readonly kind: 'mark-relayed'; readonly deliveryId: string }
  /** The chair has spoken of it in the meeting. */
  | { readonly kind: 'mark-said'; readonly deliveryId: string }
  /** `logbook`: a photo of the page on which it was written down. */
  | { readonly kind: 'mark-read-aloud'; readonly deliveryId: string; readonly logbook?: RemoteFile }
  | { readonly kind: 'list-scripts'; readonly runId: string }
  | { readonly kind: 'settle-unknown'; readonly deliveryId: string; readonly seen: boolean }
  | {
      readonly kind: 'duty-action';
      readonly dutyId: string;
      readonly action: 'acknowledge' | 'done' | 'help' | 'snooze' | 'progress';
      readonly untilMs?: number;
      readonly proof?: string;
      /** How far it is. */
      readonly note?: string;
      readonly files?: readonly RemoteFile[];
    }
  /** Shows one of a list of reminders, with what its audience can answer. */
  | { readonly kind: 'show-duty'; readonly dutyId: string; readonly to: DutyAudience }
  | { readonly kind: 'acknowledge-duties'; readonly dutyIds: readonly string[] }
  /** Lists to whom a duty can be given. */
  | { readonly kind: 'pick-assignee'; readonly dutyId: string }
  | {
      readonly kind: 'assign-duty';
      readonly dutyId: string;
      readonly toId: string;
      readonly reason: string;
    };

export type PrivateContent =
  | Exclude<InboundContent, { kind: 'bot-added' | 'bot-removed' | 'migrated' | 'followed' | 'unfollowed' }>
  | TakenUp
  | DraftAged;
