import type { FlowState } from './flow-state.ts';
import type { Input, OpenPrompt, StepContext, StepResult } from './types.ts';

/**
 * One form. Pure: `onInput` takes where the form stands and what came, and says where it stands now and what to do.
 * A result whose `flow` is null ends the form.
 */
export interface Flow<S extends FlowState> {
  readonly name: S['name'];
  readonly version: S['version'];
  readonly onInput: (state: S, input: Input, context: StepContext) => StepResult;
  /** Takes over a session that another release began, with the answers that it holds. Without it that session starts again. */
  readonly takeOver?: (older: object, input: Input, context: StepContext) => StepResult;
}

/** Answers to prompts that stand outside any form (a reminder, a card, an approval); null when the value is not theirs. */
export type AnswerPrompt = (prompt: OpenPrompt, value: string, context: StepContext) => StepResult | null;

/** A plain word that starts something: with or without tone marks, "/" or "#". Null: not for this person, not this word. */
export interface Command {
  /** Folded words without slash: `dangtin`, `dang tin`. */
  readonly words: readonly string[];
  readonly run: (context: StepContext) => StepResult | null;
}
