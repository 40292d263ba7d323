import type { PromptSubject } from '../../outbound.ts';
import { cancelChoice } from '../choices.ts';
import type { Flow } from '../flow.ts';
import type { Effect, StepContext, StepResult } from '../types.ts';
import type { ControlReasonState } from './broadcast-state.ts';

type Asked = Extract<PromptSubject, { kind: 'control-reason' }>;

const only = (effect: Effect): StepResult => ({ flow: null, effects: [effect] });

/** Why a run was held or stopped, after it was: a usual reason by its number, or words of one's own. */
export function controlReason({ runId, action }: Asked, value: string, context: StepContext): StepResult {
  if (value === 'other')
    return ask({ name: 'control-reason', version: 1, step: 'words', runId, action }, context);
  const reason = context.text({ key: `broadcast.control.reason.${value}` });
  return only({ kind: 'note-reason', runId, action, reason });
}

export const controlReasonFlow: Flow<ControlReasonState> = {
  name: 'control-reason',
  version: 1,
  onInput(state, input, context) {
    if (input.kind === 'choice') return only({ kind: 'say', text: { key: 'broadcast.control.reasonLeft' } });
    if (input.kind !== 'text' || input.text === '') return ask(state, context);
    const { runId, action } = state;
    return only({ kind: 'note-reason', runId, action, reason: input.text });
  },
};

function ask(state: ControlReasonState, context: StepContext): StepResult {
  const text = { key: 'broadcast.control.askReason' };
  return { flow: state, effects: [{ kind: 'say', text, choices: [cancelChoice(context)] }] };
}
