import { cancelChoice, listNumber, numbered } from '../choices.ts';
import type { Flow } from '../flow.ts';
import type { Input, StepContext, StepResult } from '../types.ts';
import type { DutyChecklistState } from './duty-state.ts';

/** "Đã làm xong" of a duty that is a list: all of it is done, or what is missing is noted and the duty stays open. */
export function startDutyChecklist(
  dutyId: string,
  items: readonly string[],
  context: StepContext,
): StepResult {
  return askAll({ name: 'duty-checklist', version: 1, step: 'all', dutyId, items }, context);
}

export const dutyChecklistFlow: Flow<DutyChecklistState> = {
  name: 'duty-checklist',
  version: 1,
  onInput(state, input, context) {
    if (input.kind === 'choice' && input.value === 'cancel')
      return { flow: null, effects: [{ kind: 'say', text: { key: 'duty.proof.cancelled' } }] };
    return state.step === 'all' ? onAll(state, input, context) : onMissing(state, input, context);
  },
};

function onAll(state: DutyChecklistState, input: Input, context: StepContext): StepResult {
  if (input.kind !== 'choice') return askAll(state, context);
  if (input.value === 'missing') return askMissing({ ...state, step: 'missing' }, context);
  const { dutyId, items } = state;
  const proof = context.text({ key: 'duty.checklist.whole', params: { count: items.length } });
  return { flow: null, effects: [{ kind: 'duty-action', dutyId, action: 'done', proof }] };
}

function onMissing(state: DutyChecklistState, input: Input, context: StepContext): StepResult {
  const { dutyId, items } = state;
  const named =
    input.kind === 'choice' ? [input.value] : input.kind === 'text' ? (input.text.match(/\d+/gu) ?? []) : [];
  const missing = items.filter((_, index) => named.includes(listNumber(index)));
  if (missing.length === 0) return askMissing(state, context);
  const note = context.text({ key: 'duty.checklist.left', params: { items: missing.join('; ') } });
  return { flow: null, effects: [{ kind: 'duty-action', dutyId, action: 'progress', note }] };
}

function askAll(state: DutyChecklistState, context: StepContext): StepResult {
  const items = state.items.map((item) => `– ${item}`).join('\n');
  const options = ['whole', 'missing'].map((value) => ({
    value,
    label: { key: `duty.checklist.choice.${value}` },
  }));
  const text = { key: 'duty.checklist.ask', params: { items } };
  const choices = [...numbered(context, options), cancelChoice(context)];
  return { flow: state, effects: [{ kind: 'say', text, choices }] };
}

function askMissing(state: DutyChecklistState, context: StepContext): StepResult {
  const options = state.items.map((item, index) => ({ value: listNumber(index), label: item }));
  const choices = [...numbered(context, options, listNumber), cancelChoice(context)];
  return { flow: state, effects: [{ kind: 'say', text: { key: 'duty.checklist.which' }, choices }] };
}
