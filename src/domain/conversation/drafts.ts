import type { Repeat } from '../repeat.ts';
import type { RemoteFile } from '../inbound.ts';
import type { Audience, Meeting, Origin, PersonConsent } from '../run.ts';

/** Everything a resident has given so far; what is missing is asked. */
export interface CaseDraft {
  readonly text: string;
  readonly placeText: string | null;
  readonly location: { readonly latitude: number; readonly longitude: number } | null;
  readonly files: readonly RemoteFile[];
  readonly phone: string | null;
  readonly categoryId: string | null;
  /** Who it is for, where somebody sends it for another: a phone that a house shares. */
  readonly behalfOf?: string | null;
  /** "Nhờ cán bộ gọi lại". */
  readonly wantsCall?: true;
}

/** A file in our own store: of a post that was taken up again. */
export interface KeptFile {
  readonly kind: 'kept';
  readonly id: string;
}

export type DraftFile = RemoteFile | KeptFile;

/** As `PersonConsent`, with the photo of the paper perhaps still on the platform. */
export type DraftConsent =
  | Extract<PersonConsent, { kind: 'names-nobody' | 'missing' }>
  | {
      readonly kind: 'recorded';
      readonly person: string;
      readonly record: string;
      readonly photo: DraftFile | null;
    };

export interface RunDraft {
  readonly topicId: string;
  readonly postId: string | null;
  readonly title: string;
  /** With marks (`domain/text/formatted-text`). */
  readonly body: string;
  /** At most ten: an album. */
  readonly photos: readonly DraftFile[];
  /** Goes out as a file. */
  readonly document?: DraftFile | null;
  readonly link?: string | null;
  /** It is spoken of in this meeting and goes to its chair alone. */
  readonly meeting?: Meeting | null;
  readonly audience: Audience;
  /** Null: not asked. */
  readonly consent?: DraftConsent | null;
  /** Nothing of it is known yet where it is left out. */
  readonly origin?: Origin | null;
  /** A draft that goes out more than once; `sendAtMs` then says nothing. */
  readonly repeat?: Repeat | null;
  /** Null: now, as soon as it is approved. */
  readonly sendAtMs: number | null;
}

export interface CorrectionDraft {
  /** The run that is corrected. */
  readonly runId: string;
  /** The whole post as it should have been. */
  readonly body: string;
  /** For the approver and the record, never sent out. */
  readonly reason: string;
}

/** An urgent post that is filled in: everything else of it stands in the plan. */
export interface UrgentDraft {
  readonly templateId: string;
  readonly place: string;
  readonly time: string;
}
