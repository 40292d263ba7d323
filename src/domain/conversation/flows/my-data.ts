import { findPhone } from '../../vietnamese/phone.ts';
import { backChoice, cancelChoice, numbered } from '../choices.ts';
import type { Command, Flow } from '../flow.ts';
import type { Choice } from '../../outbound.ts';
import type { Effect, StepContext, StepResult } from '../types.ts';
import type { MyDataState } from './my-data-state.ts';

/** What the ward knows of a resident, in their own hands: view, download, correct, withdraw, erase. */
export const myDataCommand: Command = {
  words: ['dulieu', 'du lieu', 'thongtincuatoi', 'thong tin cua toi', 'xoa du lieu'],
  run: (context) => ask('menu', context),
};

const ERASE = /^x[oó]a$/u;

export const myDataFlow: Flow<MyDataState> = {
  name: 'my-data',
  version: 1,
  onInput(state, input, context) {
    if (input.kind === 'choice') return chosen(state, input.value, context);
    if (input.kind === 'text' && state.step === 'erase' && ERASE.test(input.folded))
      return only({ kind: 'my-data', action: 'erase' });
    if (input.kind !== 'text' && input.kind !== 'contact') return ask(state.step, context);
    const phone = findPhone(input.kind === 'text' ? input.text : input.phone);
    if (state.step !== 'phone') return ask(state.step, context);
    return phone ? only({ kind: 'correct-phone', phone }) : ask('phone', context, 'mydata.phoneUnclear');
  },
};

const only = (effect: Effect): StepResult => ({ flow: null, effects: [effect] });

function chosen({ step }: MyDataState, value: string, context: StepContext): StepResult {
  switch (value) {
    case 'view':
    case 'download':
      return only({ kind: 'my-data', action: value });
    case 'cases':
      return only({ kind: 'list-cases' });
    case 'phone':
    case 'erase':
      return ask(value, context);
    case 'withdraw':
      return step === 'withdraw' ? only({ kind: 'my-data', action: 'withdraw' }) : ask('withdraw', context);
    case 'back':
      return ask('menu', context);
    default:
      return only({ kind: 'say', text: { key: 'mydata.left' } });
  }
}

function ask(step: MyDataState['step'], context: StepContext, key = `mydata.ask.${step}`): StepResult {
  return {
    flow: { name: 'my-data', version: 1, step },
    effects: [{ kind: 'say', text: { key }, choices: choicesOf(step, context) }],
  };
}

function choicesOf(step: MyDataState['step'], context: StepContext): readonly Choice[] {
  const ends = [backChoice(context), cancelChoice(context)];
  if (step === 'withdraw')
    return [...numbered(context, [{ value: 'withdraw', label: { key: 'mydata.choice.withdraw' } }]), ...ends];
  if (step !== 'menu') return ends;
  const values = ['view', 'download', 'phone', 'withdraw', 'erase', 'cases'] as const;
  return [
    ...numbered(
      context,
      values.map((value) => ({ value, label: { key: `mydata.choice.${value}` } })),
    ),
    cancelChoice(context),
  ];
}
