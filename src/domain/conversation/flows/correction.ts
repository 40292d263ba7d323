import { hasRole } from '../../staff.ts';
import { backChoice, cancelChoice, numbered } from '../choices.ts';
import type { Flow } from '../flow.ts';
import type { Effect, StepContext, StepResult } from '../types.ts';
import type { CorrectionState } from './broadcast-state.ts';

/** An editor corrects what went out: the right text, why, a look at it; then it goes to somebody else to approve. */
export function startCorrection(runId: string, context: StepContext): StepResult {
  if (!context.staff || !hasRole(context.staff, 'editor')) return notAllowed;
  const state: CorrectionState = {
    name: 'correction',
    version: 1,
    step: 'words',
    draft: { runId, body: '', reason: '' },
  };
  return ask(state, context, 'compose.correction.askWords', [{ kind: 'open-correction', runId }]);
}

export const correctionFlow: Flow<CorrectionState> = {
  name: 'correction',
  version: 1,
  onInput(state, input, context) {
    if (!context.staff || !hasRole(context.staff, 'editor')) return notAllowed;
    switch (input.kind) {
      case 'choice':
        return chosen(state, input.value, context);
      case 'text':
        return input.text === '' ? askStep(state, context) : written(state, input.text, context);
      default:
        return ask(state, context, 'compose.correction.wordsOnly');
    }
  },
};

const notAllowed: StepResult = {
  flow: null,
  effects: [{ kind: 'say', text: { key: 'common.notAllowed' } }],
};

function written(state: CorrectionState, words: string, context: StepContext): StepResult {
  const { draft } = state;
  switch (state.step) {
    case 'words': {
      const given = { ...draft, body: words };
      return askStep({ ...state, step: draft.reason === '' ? 'why' : 'preview', draft: given }, context);
    }
    case 'why':
      return askStep({ ...state, step: 'preview', draft: { ...draft, reason: words } }, context);
    case 'preview':
      return askStep(state, context);
  }
}

function chosen(state: CorrectionState, value: string, context: StepContext): StepResult {
  switch (value) {
    case 'cancel':
      return { flow: null, effects: [{ kind: 'say', text: { key: 'compose.correction.cancelled' } }] };
    case 'back':
      return askStep({ ...state, step: state.step === 'preview' ? 'why' : 'words' }, context);
    case 'words':
      return askStep({ ...state, step: 'words' }, context);
    case 'submit':
      return state.step === 'preview'
        ? { flow: null, effects: [{ kind: 'submit-correction', draft: state.draft }] }
        : askStep(state, context);
    default:
      return askStep(state, context);
  }
}

function askStep(state: CorrectionState, context: StepContext): StepResult {
  switch (state.step) {
    case 'words':
      return ask(state, context, 'compose.correction.askWords');
    case 'why':
      return ask(state, context, 'compose.correction.askWhy');
    case 'preview':
      return ask(state, context, 'compose.correction.preview', [
        { kind: 'preview-correction', draft: state.draft },
      ]);
  }
}

function ask(
  state: CorrectionState,
  context: StepContext,
  key: string,
  before: readonly Effect[] = [],
): StepResult {
  const offered =
    state.step === 'preview'
      ? numbered(context, [
          { value: 'submit', label: { key: 'compose.choice.submit' } },
          { value: 'words', label: { key: 'compose.correction.mend' } },
        ])
      : [];
  const back = state.step === 'words' ? [] : [backChoice(context)];
  const choices = [...offered, ...back, cancelChoice(context)];
  return { flow: state, effects: [...before, { kind: 'say', text: { key }, choices }] };
}
