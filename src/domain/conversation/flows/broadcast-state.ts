import type { RunDraft } from '../types.ts';

export interface ComposeState {
  readonly name: 'compose';
  readonly version: 1;
  readonly step: 'topic' | 'post' | 'words' | 'when' | 'date' | 'preview';
  readonly draft: RunDraft;
}

export interface ReturnCommentState {
  readonly name: 'return-comment';
  readonly version: 1;
  readonly step: 'comment';
  readonly runId: string;
}
