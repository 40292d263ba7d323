import type { Flow } from './flow.ts';
import type { FlowState } from './flow-state.ts';
import { broadcastFlows } from './flows/broadcast.ts';
import { caseFormFlow } from './flows/case-form.ts';
import { dutyFlows } from './flows/duty.ts';
import { createFormFlow } from './forms/form-flow.ts';
import { FORMS } from './forms/forms.ts';
import { myDataFlow } from './flows/my-data.ts';
import { reportFlow } from './flows/report.ts';
import { residentWordsFlow } from './flows/resident-words.ts';
import { subscribeFlow } from './flows/subscribe.ts';
import type { Input, StepContext, StepResult } from './types.ts';

const { compose, returnComment, correction, urgent, moveEntry } = broadcastFlows;
const { snooze, proof, checklist } = dutyFlows;
const formFlow = createFormFlow(FORMS);

const FORM_CHANGED: StepResult = {
  flow: null,
  effects: [{ kind: 'say', text: { key: 'common.formChanged' } }],
};

function run<S extends FlowState>(flow: Flow<S>, state: S, input: Input, context: StepContext): StepResult {
  // What is stored may come from an older release than the type knows.
  const storedVersion: number = state.version;
  if (storedVersion !== flow.version && flow.takeOver) return flow.takeOver(state, input, context);
  if (storedVersion !== flow.version) return FORM_CHANGED;
  return flow.onInput(state, input, context);
}

/** Hands the input to the form that the state belongs to. */
export function runFlow(state: FlowState, input: Input, context: StepContext): StepResult {
  switch (state.name) {
    case 'report':
      return run(reportFlow, state, input, context);
    case 'case-form':
      return run(caseFormFlow, state, input, context);
    case 'resident-words':
      return run(residentWordsFlow, state, input, context);
    case 'form':
      return run(formFlow, state, input, context);
    case 'compose':
      return run(compose, state, input, context);
    case 'return-comment':
      return run(returnComment, state, input, context);
    case 'correction':
      return run(correction, state, input, context);
    case 'urgent':
      return run(urgent, state, input, context);
    case 'move-entry':
      return run(moveEntry, state, input, context);
    case 'duty-snooze':
      return run(snooze, state, input, context);
    case 'duty-proof':
      return run(proof, state, input, context);
    case 'duty-checklist':
      return run(checklist, state, input, context);
    case 'my-data':
      return run(myDataFlow, state, input, context);
    case 'subscribe':
      return run(subscribeFlow, state, input, context);
    default:
      // A form of an older release that is no more.
      state satisfies never;
      return FORM_CHANGED;
  }
}
