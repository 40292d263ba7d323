import type { RemoteFile } from '../../inbound.ts';
import type { CorrectionDraft, RunDraft } from '../drafts.ts';

export type ComposeStep =
  /** Something was sent unasked: may it become a post? */
  | 'offer'
  | 'topic'
  | 'post'
  | 'words'
  | 'persons'
  | 'consent-who'
  | 'consent-how'
  | 'origin'
  | 'origin-source'
  | 'origin-days'
  | 'origin-owner'
  | 'origin-replaces'
  | 'when'
  | 'date'
  | 'days'
  | 'weekly'
  | 'month'
  | 'preview'
  | 'edit'
  | 'attach'
  | 'meeting'
  | 'meeting-where'
  | 'meeting-chair'
  | 'audience'
  | 'audience-neighbourhoods'
  | 'audience-channels'
  | 'audience-groups';

export interface ComposeState {
  readonly name: 'compose';
  readonly version: 6;
  readonly step: ComposeStep;
  /** The steps that were answered on the way here, for going back. */
  readonly trail: readonly ComposeStep[];
  /** What has been given so far: an empty `topicId` or `body` is still to be asked. */
  readonly draft: RunDraft;
  /** Changed from the preview: after that answer the preview comes back. */
  readonly editing: boolean;
  /** The album that the photo came in: the rest of it is not answered one by one. */
  readonly albumId: string | null;
  /** A document that was offered and is not read yet. */
  readonly document: RemoteFile | null;
  /** The post that was taken up again. `mayKeep`: it may be laid aside half changed, since nothing of it is to go out. */
  readonly takenUp: { readonly id: string; readonly mayKeep: boolean } | null;
}

export interface ReturnCommentState {
  readonly name: 'return-comment';
  readonly version: 1;
  readonly step: 'comment';
  readonly runId: string;
  readonly contentHash: string;
}

export interface CorrectionState {
  readonly name: 'correction';
  readonly version: 1;
  readonly step: 'words' | 'why' | 'preview';
  readonly draft: CorrectionDraft;
}
