import { findNeighbourhood } from '../../vietnamese/place.ts';
import { fold } from '../../vietnamese/fold.ts';
import type { Flow } from '../flow.ts';
import { cancelChoice, numbered } from '../choices.ts';
import type { StepContext, StepResult } from '../types.ts';
import type { GroupSetupState } from './report-state.ts';

const AUDIENCES = ['residents', 'officers', 'mass-organisations'] as const;

/** An admin says which neighbourhood and what kind of group it is. "Khu mấy?" is typed: the names are numbers themselves. */
export function startGroupSetup(groupId: string, context: StepContext): StepResult {
  const flow: GroupSetupState = {
    name: 'group-setup',
    version: 1,
    step: 'neighbourhood',
    groupId,
    neighbourhood: null,
  };
  return {
    flow,
    effects: [{ kind: 'say', text: { key: 'group.askNeighbourhood' }, choices: [cancelChoice(context)] }],
  };
}

export const groupSetupFlow: Flow<GroupSetupState> = {
  name: 'group-setup',
  version: 1,
  onInput(state, input, context) {
    if (input.kind === 'choice' && input.value === 'cancel') {
      return { flow: null, effects: [{ kind: 'say', text: { key: 'group.setupCancelled' } }] };
    }
    if (state.step === 'neighbourhood') {
      return input.kind === 'text'
        ? neighbourhood(state, input.text, context)
        : startGroupSetup(state.groupId, context);
    }
    const audience = input.kind === 'choice' ? AUDIENCES.find((one) => one === input.value) : undefined;
    if (!audience) return askAudience(state, context);
    return {
      flow: null,
      effects: [
        { kind: 'confirm-group', groupId: state.groupId, neighbourhood: state.neighbourhood, audience },
      ],
    };
  },
};

function neighbourhood(state: GroupSetupState, words: string, context: StepContext): StepResult {
  const whole = fold(words) === fold(context.text({ key: 'group.wholeWard' }));
  const found = findNeighbourhood(words, context.plan.neighbourhoods);
  if (!whole && !found) {
    const known = context.plan.neighbourhoods.map((one) => one.name).join(', ');
    return {
      flow: state,
      effects: [
        {
          kind: 'say',
          text: { key: 'group.neighbourhoodUnclear', params: { known } },
          choices: [cancelChoice(context)],
        },
      ],
    };
  }
  return askAudience({ ...state, step: 'audience', neighbourhood: found?.id ?? null }, context);
}

function askAudience(state: GroupSetupState, context: StepContext): StepResult {
  const options = AUDIENCES.map((value) => ({ value, label: { key: `group.audience.${value}` } }));
  return {
    flow: state,
    effects: [
      {
        kind: 'say',
        text: { key: 'group.askAudience' },
        choices: [...numbered(context, options), cancelChoice(context)],
      },
    ],
  };
}
