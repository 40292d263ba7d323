import type { EntryWay } from '../../case.ts';
import type { CaseDraft } from '../drafts.ts';

export type ReportStep =
  | 'way'
  | 'denunciation'
  | 'complaint'
  | 'what'
  | 'place'
  | 'category'
  | 'phone'
  | 'behalf'
  | 'summary'
  | 'edit';

export interface ReportState {
  readonly name: 'report';
  readonly version: 1;
  readonly step: ReportStep;
  readonly draft: CaseDraft;
  /** Steps answered or skipped: a skipped phone is not asked again, nor whether it is a denunciation. */
  readonly settled: readonly ('place' | 'phone' | 'category' | 'denunciation' | 'complaint')[];
  /** Changed from the summary: after that answer the summary comes back. */
  readonly editing: boolean;
  /** When the question that now stands was put, and the album it followed: an album is answered once. */
  readonly askedAtMs: number;
  readonly albumId: string | null;
  /** Somebody was reminded of this draft. */
  readonly isNudged?: true;
  /** Set where an officer writes down what a resident said. */
  readonly entered?: EntryWay;
  /** Under which the words of the step `denunciation` are kept: they are not here. */
  readonly lockedId?: string;
}
