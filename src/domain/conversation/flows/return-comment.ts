import { cancelChoice } from '../choices.ts';
import type { Flow } from '../flow.ts';
import type { StepContext, StepResult, TextRef } from '../types.ts';
import type { ReturnCommentState } from './broadcast-state.ts';

/** An approver returns a post: with a comment, since a bare no helps nobody. */
export function startReturnComment(runId: string, context: StepContext): StepResult {
  return ask({ name: 'return-comment', version: 1, step: 'comment', runId }, context, {
    key: 'broadcast.returned.ask',
  });
}

export const returnCommentFlow: Flow<ReturnCommentState> = {
  name: 'return-comment',
  version: 1,
  onInput(state, input, context) {
    if (input.kind === 'text') {
      return {
        flow: null,
        effects: [{ kind: 'return-run', runId: state.runId, comment: input.text }],
      };
    }
    if (input.kind === 'choice') {
      return { flow: null, effects: [{ kind: 'say', text: { key: 'broadcast.returned.kept' } }] };
    }
    return ask(state, context, { key: 'broadcast.returned.wordsOnly' });
  },
};

function ask(flow: ReturnCommentState, context: StepContext, text: TextRef): StepResult {
  return { flow, effects: [{ kind: 'say', text, choices: [cancelChoice(context)] }] };
}
