import { cancelChoice } from '../choices.ts';
import type { Flow } from '../flow.ts';
import type { StepContext, StepResult } from '../types.ts';
import type { DutyAssignState } from './duty-state.ts';

/** "Giao người khác", once somebody was picked: why. Both of them read it, and the record keeps it. */
export function startDutyAssign(dutyId: string, toId: string, context: StepContext): StepResult {
  return ask({ name: 'duty-assign', version: 1, step: 'reason', dutyId, toId }, context);
}

export const dutyAssignFlow: Flow<DutyAssignState> = {
  name: 'duty-assign',
  version: 1,
  onInput(state, input, context) {
    if (input.kind === 'choice')
      return { flow: null, effects: [{ kind: 'say', text: { key: 'duty.assign.cancelled' } }] };
    if (input.kind !== 'text' || input.text === '') return ask(state, context);
    const { dutyId, toId } = state;
    return { flow: null, effects: [{ kind: 'assign-duty', dutyId, toId, reason: input.text }] };
  },
};

function ask(state: DutyAssignState, context: StepContext): StepResult {
  const text = { key: 'duty.assign.askReason' };
  return { flow: state, effects: [{ kind: 'say', text, choices: [cancelChoice(context)] }] };
}
