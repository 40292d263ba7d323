import { localDateOf } from '../../calendar/local-time.ts';
import { parseProof } from '../../duties/parse-proof.ts';
import { backChoice, cancelChoice } from '../choices.ts';
import type { Flow } from '../flow.ts';
import type { StepContext, StepResult } from '../types.ts';
import type { DutyProofState } from './duty-state.ts';

/** A proof is a number and a day; more than this is a letter. */
const LONGEST_PROOF = 200;

/** "Đã làm xong": under which number and day. It can be skipped; nobody is kept from finishing by a form. */
export function startDutyProof(dutyId: string, context: StepContext): StepResult {
  return ask({ name: 'duty-proof', version: 1, step: 'proof', dutyId, words: '' }, context, 'duty.proof.ask');
}

export const dutyProofFlow: Flow<DutyProofState> = {
  name: 'duty-proof',
  version: 1,
  onInput(state, input, context) {
    if (input.kind === 'choice') return choose(state, input.value, context);
    if (input.kind === 'file' && input.caption !== null) return take(state, input.caption, context);
    if (input.kind !== 'text') return ask(state, context, 'duty.proof.wordsOnly');
    return take(state, input.text, context);
  },
};

function choose(state: DutyProofState, value: string, context: StepContext): StepResult {
  switch (value) {
    case 'keep':
      return done(state, state.words);
    case 'skip':
      return done(state, null);
    case 'back':
      return startDutyProof(state.dutyId, context);
    default:
      return { flow: null, effects: [{ kind: 'say', text: { key: 'duty.proof.cancelled' } }] };
  }
}

function take(state: DutyProofState, words: string, context: StepContext): StepResult {
  const short = words.slice(0, LONGEST_PROOF);
  const { number } = parseProof(short, localDateOf(context.nowMs));
  if (number !== null) return done(state, short);
  return {
    flow: { ...state, step: 'confirm', words: short },
    effects: [
      {
        kind: 'say',
        text: { key: 'duty.proof.confirm', params: { words: short } },
        choices: [
          { number: '1', value: 'keep', label: context.text({ key: 'duty.proof.keep' }) },
          backChoice(context),
          cancelChoice(context),
        ],
      },
    ],
  };
}

function done(state: DutyProofState, proof: string | null): StepResult {
  return {
    flow: null,
    effects: [
      {
        kind: 'duty-action',
        dutyId: state.dutyId,
        action: 'done',
        ...(proof === null ? {} : { proof }),
      },
    ],
  };
}

/** "Bỏ qua" is worded, never numbered: the number of a document may be 1. */
function ask(state: DutyProofState, context: StepContext, key: string): StepResult {
  return {
    flow: state,
    effects: [
      {
        kind: 'say',
        text: { key },
        choices: [
          { number: '8', value: 'skip', label: context.text({ key: 'common.skip' }) },
          cancelChoice(context),
        ],
      },
    ],
  };
}
