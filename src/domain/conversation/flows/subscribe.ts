import { findNeighbourhood } from '../../vietnamese/place.ts';
import { cancelChoice, numbered } from '../choices.ts';
import type { Command, Flow } from '../flow.ts';
import type { StepContext, StepResult } from '../types.ts';
import type { SubscribeState } from './subscribe-state.ts';

/** Of the text `subscriber.ask`, which people agree to: raised whenever it says something else. */
export const CONSENT_VERSION = 'nhan-tin-1';

/** What comes and how often, in one sentence, before anybody is written down. On Zalo posts come in the group alone. */
function startSubscribe(context: StepContext): StepResult {
  if (context.platform === 'zalo')
    return { flow: null, effects: [{ kind: 'say', text: { key: 'subscriber.zalo' } }] };
  return {
    flow: { name: 'subscribe', version: 1, step: 'consent' },
    effects: [
      {
        kind: 'say',
        text: {
          key: 'subscriber.ask',
          params: {
            ward: context.plan.ward.name,
            perDay: context.plan.broadcasting.routinePostsADay,
          },
        },
        choices: [
          ...numbered(context, [
            { value: 'all', label: { key: 'subscriber.choice.all' } },
            { value: 'mine', label: { key: 'subscriber.choice.mine' } },
          ]),
          cancelChoice(context),
        ],
      },
    ],
  };
}

export const subscribeFlow: Flow<SubscribeState> = {
  name: 'subscribe',
  version: 1,
  onInput(state, input, context) {
    if (input.kind === 'choice' && input.value === 'cancel')
      return { flow: null, effects: [{ kind: 'say', text: { key: 'subscriber.cancelled' } }] };
    if (input.kind === 'choice' && input.value === 'all') return agreed(null);
    if (input.kind === 'choice' && input.value === 'mine')
      return askNeighbourhood(context, 'subscriber.askNeighbourhood');
    if (state.step === 'consent') return startSubscribe(context);
    const found = input.kind === 'text' ? findNeighbourhood(input.text, context.plan.neighbourhoods) : null;
    return found ? agreed(found.id) : askNeighbourhood(context, 'subscriber.neighbourhoodUnclear');
  },
};

function askNeighbourhood(context: StepContext, key: string): StepResult {
  return {
    flow: { name: 'subscribe', version: 1, step: 'neighbourhood' },
    effects: [{ kind: 'say', text: { key }, choices: [cancelChoice(context)] }],
  };
}

const agreed = (neighbourhood: string | null): StepResult => ({
  flow: null,
  effects: [{ kind: 'subscribe', neighbourhood, consent: CONSENT_VERSION }],
});

export const subscriberCommands: readonly Command[] = [
  { words: ['nhantin', 'nhan tin', 'dang ky nhan tin'], run: startSubscribe },
  {
    words: ['ngungtin', 'ngung tin', 'ngung nhan tin', 'thoi nhan tin', 'huy nhan tin'],
    run: () => ({ flow: null, effects: [{ kind: 'unsubscribe' }] }),
  },
];
