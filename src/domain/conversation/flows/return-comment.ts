import type { Flow } from '../flow.ts';
import { backChoice, cancelChoice, numbered } from '../choices.ts';
import type { StepContext, StepResult } from '../types.ts';
import type { ReturnCommentState } from './broadcast-state.ts';

type Approval = Pick<ReturnCommentState, 'runId' | 'contentHash'>;

/** An approver returns a post: what should change is asked, since a post returned without a word helps nobody. */
export function startReturnComment(approval: Approval, context: StepContext): StepResult {
  return ask(
    { name: 'return-comment', version: 1, step: 'comment', ...approval },
    context,
    'compose.return.ask',
  );
}

export const returnCommentFlow: Flow<ReturnCommentState> = {
  name: 'return-comment',
  version: 1,
  onInput(state, input, context) {
    if (input.kind === 'choice') return stillWaiting(state, context);
    if (input.kind !== 'text' || input.text === '') return ask(state, context, 'compose.return.wordsOnly');
    return { flow: null, effects: [{ kind: 'return-run', runId: state.runId, comment: input.text }] };
  },
};

function ask(state: ReturnCommentState, context: StepContext, key: string): StepResult {
  return {
    flow: state,
    effects: [{ kind: 'say', text: { key }, choices: [backChoice(context), cancelChoice(context)] }],
  };
}

/** The first question was closed by its answer "2": it is put again, or nobody could approve this post any more. */
function stillWaiting({ runId, contentHash }: Approval, context: StepContext): StepResult {
  return {
    flow: null,
    effects: [
      {
        kind: 'say',
        text: { key: 'compose.return.cancelled' },
        subject: { kind: 'approval', runId, contentHash },
        choices: numbered(context, [
          { value: 'approve', label: { key: 'compose.choice.approve' } },
          { value: 'return', label: { key: 'compose.choice.return' } },
        ]),
      },
    ],
  };
}
