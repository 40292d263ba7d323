import { documentName } from '../../broadcast/attachments.ts';
import type { ShownBy } from '../../done-by.ts';
import { documentNumber } from '../../duties/parse-proof.ts';
import type { RemoteFile } from '../../inbound.ts';
import { backChoice, cancelChoice } from '../choices.ts';
import type { Flow } from '../flow.ts';
import type { Input, StepContext, StepResult } from '../types.ts';
import type { DutyProofState } from './duty-state.ts';

/** A proof is a number and a day; more than this is a letter. */
const LONGEST_PROOF = 200;
const MOST_FILES = 10;

type FileInput = Extract<Input, { kind: 'file' }>;

/**
 * "Đã làm xong": what shows it, as the plan or who gave the duty laid it down: the number and day of a document, a file,
 * photos, or a sentence. It can be skipped; nobody is kept from finishing by a form.
 */
export function startDutyProof(dutyId: string, shownBy: ShownBy, context: StepContext): StepResult {
  const state: DutyProofState = { name: 'duty-proof', version: 1, step: 'proof', dutyId, shownBy, words: '' };
  return ask(state, context, `duty.proof.ask.${shownBy}`);
}

export const dutyProofFlow: Flow<DutyProofState> = {
  name: 'duty-proof',
  version: 1,
  onInput(state, input, context) {
    if (input.kind === 'choice') return choose(state, input.value, context);
    if (input.kind === 'file') return takeFile(state, input, context);
    if (input.kind !== 'text') return ask(state, context, 'duty.proof.unclear');
    return take(state, input.text, context);
  },
};

const wantedBy = ({ shownBy }: DutyProofState): ShownBy => shownBy ?? 'document';

function choose(state: DutyProofState, value: string, context: StepContext): StepResult {
  switch (value) {
    case 'keep':
      return done(state, state.words);
    case 'skip':
      return done(state, null);
    case 'back':
      return startDutyProof(state.dutyId, wantedBy(state), context);
    default:
      return { flow: null, effects: [{ kind: 'say', text: { key: 'duty.proof.cancelled' } }] };
  }
}

/** One photo with the number below it is the whole answer. Of an album only the first is answered: the others just follow. */
function takeFile(
  state: DutyProofState,
  { file, caption, albumId }: FileInput,
  context: StepContext,
): StepResult {
  if (!isProof(file)) return ask(state, context, 'duty.proof.unclear');
  const before = state.files ?? [];
  if (before.length >= MOST_FILES) return { flow: state, effects: [] };
  const words = (caption ?? '').slice(0, LONGEST_PROOF) || state.words;
  const next: DutyProofState = { ...state, step: 'proof', words, files: [...before, file] };
  const isNumbered = hasNumber(words);
  if (isNumbered && albumId === null) return done(next, words);
  if (before.length > 0) return { flow: next, effects: [] };
  if (!isNumbered && wantedBy(state) === 'document') return ask(next, context, 'duty.proof.number');
  const enough = { number: '1', value: 'keep', label: context.text({ key: 'duty.proof.enough' }) };
  const text = { key: 'duty.proof.more' };
  return { flow: next, effects: [{ kind: 'say', text, choices: [enough, cancelChoice(context)] }] };
}

const isProof = ({ kind, name = '' }: RemoteFile): boolean =>
  kind === 'photo' || (kind === 'document' && documentName(name) !== null);

const hasNumber = (words: string): boolean => documentNumber(words) !== null;

function take(state: DutyProofState, words: string, context: StepContext): StepResult {
  const short = words.slice(0, LONGEST_PROOF);
  const wanted = wantedBy(state);
  if (state.files !== undefined || wanted === 'word' || hasNumber(short)) return done(state, short);
  return {
    flow: { ...state, step: 'confirm', words: short },
    effects: [
      {
        kind: 'say',
        text: { key: `duty.proof.confirm.${wanted}`, params: { words: short } },
        choices: [
          { number: '1', value: 'keep', label: context.text({ key: 'duty.proof.keep' }) },
          backChoice(context),
          cancelChoice(context),
        ],
      },
    ],
  };
}

function done({ dutyId, words, files }: DutyProofState, said: string | null): StepResult {
  // Words below a photo stay, also where there is no number.
  const proof = (said ?? words) || null;
  return {
    flow: null,
    effects: [
      {
        kind: 'duty-action',
        dutyId,
        action: 'done',
        ...(proof === null ? {} : { proof }),
        ...(files === undefined ? {} : { files }),
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
