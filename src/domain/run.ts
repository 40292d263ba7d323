import type { GroupAudience } from './destination.ts';
import type { LocalDate, TopicChannel } from './plan.ts';
import type { Repeat } from './repeat.ts';
import type { TextSpan } from './text/formatted-text.ts';

/**
 * `expired`: its time passed unsent, beyond what the ward allows for a late one. `corrected`: it went out, and a correction
 * went after it.
 */
export const RUN_STATES = [
  'draft',
  'submitted',
  'returned',
  'scheduled',
  'sending',
  'paused',
  'done',
  'cancelled',
  'expired',
  'corrected',
] as const;
export type RunState = (typeof RUN_STATES)[number];

/** An urgent run knows no quiet hours; a correction goes exactly where its original went. */
export type RunKind = 'routine' | 'urgent' | 'correction';

/** To whom a run goes. Null is everyone of that kind; the topic's own channels always hold. */
export interface Audience {
  readonly channels: readonly TopicChannel[] | null;
  /** Ids of neighbourhoods of the plan. */
  readonly neighbourhoods: readonly string[] | null;
  readonly groups: readonly GroupAudience[] | null;
}

export const EVERYONE: Audience = { channels: null, neighbourhoods: null, groups: null };

/** Where a post is spoken of by its chair (TT-09: "lồng ghép trong hội nghị, cuộc họp"). */
export interface Meeting {
  readonly day: LocalDate;
  readonly name: string;
  /** A member of staff. */
  readonly chairId: string;
  /** Null: of the whole ward. */
  readonly neighbourhood: string | null;
}

/** Four renderings of one post; a preview is exactly what is sent. Each is a list of parts in order. */
export type RenderingName = 'telegram' | 'zalo' | 'relay' | 'loudspeaker';

/** One message: words, photos or a document, within the limits of where it goes. */
export interface RenderedPart {
  /** NFC; empty where only photos or a document go out. */
  readonly text: string;
  readonly spans: readonly TextSpan[];
  /** More than one is an album. */
  readonly photoIds: readonly string[];
  readonly documentId: string | null;
}

export interface Rendering {
  readonly parts: readonly RenderedPart[];
}

/** The words of a rendering, part after part, as people read them. */
export function wordsOf({ parts }: Rendering): string {
  return parts
    .map((part) => part.text)
    .filter(Boolean)
    .join('\n\n');
}

/**
 * Whether the post names a person, and where that person's consent is written down. The photo of the paper is kept and never
 * goes out.
 */
export type PersonConsent =
  | { readonly kind: 'names-nobody' }
  /** Somebody is named and has not been asked, or nothing is written down of it. */
  | { readonly kind: 'missing'; readonly person: string }
  | { readonly kind: 'withdrawn'; readonly person: string }
  | {
      readonly kind: 'recorded';
      readonly person: string;
      /** Number and date of the paper, or where it lies; empty where its photo says so. */
      readonly record: string;
      readonly photoId: string | null;
    };

/** One going-out of one post: who wrote it, who approved it, when it goes, to whom, what came of it. */
export interface BroadcastRun {
  readonly id: string;
  readonly kind: RunKind;
  readonly topicId: string;
  readonly postId: string | null;
  readonly title: string;
  /** With marks (`domain/text/formatted-text`). */
  readonly body: string;
  readonly photoIds: readonly string[];
  readonly documentId: string | null;
  /** An address that stands below the words. */
  readonly link: string | null;
  /** Documents the text rests on, as they were given. */
  readonly sources: readonly string[];
  /** The days on which the post holds, both included; null is without an end on that side. */
  readonly validFrom: LocalDate | null;
  readonly validTo: LocalDate | null;
  /** The unit whose post it is. */
  readonly owner: string | null;
  /** The post of the library whose place this one takes: nothing of that goes out any more. */
  readonly supersedes: string | null;
  /** Null where nobody had to be asked: neither post nor topic is about a person. */
  readonly consent: PersonConsent | null;
  readonly audience: Audience;
  readonly renderings: Readonly<Record<RenderingName, Rendering>>;
  /** Hash of everything that goes out; an approval is of this hash and any change voids it. */
  readonly contentHash: string;
  readonly authorId: string;
  readonly approverId: string | null;
  readonly approvedHash: string | null;
  /** A run that goes out "as soon as it is approved" has no other hour to be late from. */
  readonly approvedAtMs: number | null;
  readonly returnComment: string | null;
  readonly sendAtMs: number;
  /** Of a draft that is to go out more than once: handed in, it becomes a series. */
  readonly repeat: Repeat | null;
  /** Ordered for this very hour by somebody who answers for it: quiet hours, silent days and the daily limit do not move it. */
  readonly anyHour: boolean;
  /** The run that this one corrects. */
  readonly corrects: string | null;
  /** Why a correction is made: for the approver and the record, never sent out. */
  readonly reason: string | null;
  /** The correction that took this run's place. */
  readonly correctedBy: string | null;
  /** The series that this run is one occurrence of. */
  readonly seriesId: string | null;
  /** How late it was started, where that is worth saying; else null. */
  readonly lateByMs: number | null;
  readonly state: RunState;
  /** When it was handed in, the last time. */
  readonly createdAtMs: number;
  readonly startedAtMs: number | null;
  /** The ward's day on which it started, for counting by days and months. */
  readonly startedOn: LocalDate | null;
  /** For a post that is spoken in a meeting and goes to nobody else. */
  readonly meeting: Meeting | null;
  /** When heads who had said nothing were asked. */
  readonly relaysAskedAtMs: number | null;
  readonly finishedAtMs: number | null;
  readonly rev: number;
}

export interface RunCounts {
  readonly pending: number;
  readonly sending: number;
  readonly sent: number;
  readonly unknown: number;
  readonly gone: number;
  readonly rejected: number;
  /** Places alone: scripts whose day passed or that were taken back are not among them. */
  readonly cancelled: number;
  /** Self-reported: neighbourhood heads who answered "1", loudspeaker slots read. Counted apart from `sent`. */
  readonly relayed: number;
  readonly readAloud: number;
  /** Scripts of days to come; not among `pending`, so that a run is done when its chats are. */
  readonly toRead: number;
  /** Scripts that were handed over: who has not said so may not have read. Among `sent`. */
  readonly handedOver: number;
}

/** What a post rests on, when it holds, whose it is and which post of the library it takes the place of. */
export type Origin = Pick<BroadcastRun, 'sources' | 'validFrom' | 'validTo' | 'owner' | 'supersedes'>;

/** What a run is made of when it is made; everything else begins empty. */
export type NewRun = Pick<
  BroadcastRun,
  | 'id'
  | 'topicId'
  | 'postId'
  | 'title'
  | 'body'
  | 'renderings'
  | 'contentHash'
  | 'authorId'
  | 'sendAtMs'
  | 'state'
  | 'createdAtMs'
> &
  Partial<BroadcastRun>;

export function newRun(given: NewRun): BroadcastRun {
  return {
    kind: 'routine',
    photoIds: [],
    documentId: null,
    link: null,
    sources: [],
    validFrom: null,
    validTo: null,
    owner: null,
    supersedes: null,
    consent: null,
    audience: EVERYONE,
    approverId: null,
    approvedHash: null,
    approvedAtMs: null,
    returnComment: null,
    repeat: null,
    anyHour: false,
    corrects: null,
    reason: null,
    correctedBy: null,
    seriesId: null,
    lateByMs: null,
    startedAtMs: null,
    startedOn: null,
    meeting: null,
    relaysAskedAtMs: null,
    finishedAtMs: null,
    rev: 1,
    ...given,
  };
}

/** Handed in to go out as soon as it is approved, at no hour of its own. */
export function isImmediate(run: BroadcastRun): boolean {
  return run.sendAtMs <= run.createdAtMs;
}

/** From when on a run is late. */
export function dueAtMs(run: BroadcastRun): number {
  return isImmediate(run) ? Math.max(run.sendAtMs, run.approvedAtMs ?? 0) : run.sendAtMs;
}

/** Every recipient, whatever became of them; scripts of days to come stand apart. */
export function totalOf(counts: RunCounts): number {
  const { pending, sending, sent, unknown, gone, rejected, cancelled } = counts;
  return pending + sending + sent + unknown + gone + rejected + cancelled;
}
