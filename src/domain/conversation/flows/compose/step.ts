import type { Choice } from '../../../outbound.ts';
import type { RemoteFile } from '../../../inbound.ts';
import type { Effect, Input, RunDraft, StepContext, TextRef } from '../../types.ts';
import type { ComposeState, ComposeStep } from '../broadcast-state.ts';

/** What one answer comes to; `compose.ts` makes the next question of it. */
export type ComposeAnswer =
  /** Answered: the next step that is still needed, or the preview when something was changed from there. */
  | { readonly kind: 'next'; readonly draft: RunDraft; readonly albumId?: string | null }
  | {
      readonly kind: 'go';
      readonly step: ComposeStep;
      readonly draft?: RunDraft;
      readonly albumId?: string | null;
      readonly key?: string;
      readonly editing?: boolean;
    }
  /** Something to look at; the question stays. */
  | { readonly kind: 'show'; readonly effects: readonly Effect[] }
  /** The same question; `key` says first why. */
  | { readonly kind: 'again'; readonly key?: string }
  /** Taken without a word, such as the rest of an album. */
  | { readonly kind: 'quiet'; readonly draft: RunDraft; readonly albumId?: string | null }
  /** A document to be read: its words come afterwards, to this step. */
  | {
      readonly kind: 'read';
      readonly file: RemoteFile;
      readonly step: ComposeStep;
      readonly editing: boolean;
    }
  | { readonly kind: 'end'; readonly effects: readonly Effect[] };

export interface Question extends TextRef {
  /** Without "9 Quay lại" and "0 Thôi", which every question has. */
  readonly choices: readonly Choice[];
  /** What "0" is called here; Thôi unless told. */
  readonly cancelLabel?: TextRef;
  /** Shown before the question. */
  readonly before?: readonly Effect[];
}

export type FileInput = Extract<Input, { kind: 'file' }>;

/** One step of the form. What a handler does not take is asked for again. */
export interface ComposeStepHandler {
  /** On the way to the preview the form stops where this is true. */
  readonly isNeeded: (draft: RunDraft, context: StepContext) => boolean;
  readonly ask: (state: ComposeState, context: StepContext) => Question;
  readonly choose: (state: ComposeState, value: string, context: StepContext) => ComposeAnswer;
  readonly text: (state: ComposeState, words: string, context: StepContext) => ComposeAnswer;
  readonly file: (state: ComposeState, file: FileInput, context: StepContext) => ComposeAnswer;
}

export const again = (key?: string): ComposeAnswer => ({
  kind: 'again',
  ...(key === undefined ? {} : { key }),
});
