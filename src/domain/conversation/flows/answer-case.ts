import type { Flow } from '../flow.ts';
import { cancelChoice, numbered } from '../choices.ts';
import type { StepContext, StepResult } from '../types.ts';
import type { AnswerCaseState } from './report-state.ts';

/** An officer answers a case: the words, a look at them, out they go. */
export function startAnswer(caseId: string, context: StepContext): StepResult {
  const flow: AnswerCaseState = { name: 'answer-case', version: 1, step: 'words', caseId, words: '' };
  return {
    flow,
    effects: [{ kind: 'say', text: { key: 'staff.answer.ask' }, choices: [cancelChoice(context)] }],
  };
}

export const answerCaseFlow: Flow<AnswerCaseState> = {
  name: 'answer-case',
  version: 1,
  onInput(state, input, context) {
    if (input.kind === 'text') return confirm({ ...state, step: 'confirm', words: input.text }, context);
    if (input.kind !== 'choice') {
      return {
        flow: state,
        effects: [{ kind: 'say', text: { key: 'staff.answer.wordsOnly' }, choices: [cancelChoice(context)] }],
      };
    }
    if (input.value === 'send' && state.step === 'confirm') {
      return { flow: null, effects: [{ kind: 'answer-case', caseId: state.caseId, answer: state.words }] };
    }
    if (input.value === 'edit') return startAnswer(state.caseId, context);
    return { flow: null, effects: [{ kind: 'say', text: { key: 'staff.answer.cancelled' } }] };
  },
};

function confirm(state: AnswerCaseState, context: StepContext): StepResult {
  return {
    flow: state,
    effects: [
      {
        kind: 'say',
        text: { key: 'staff.answer.confirm', params: { words: state.words } },
        choices: [
          ...numbered(context, [
            { value: 'send', label: { key: 'staff.choice.send' } },
            { value: 'edit', label: { key: 'staff.choice.edit' } },
          ]),
          cancelChoice(context),
        ],
      },
    ],
  };
}
