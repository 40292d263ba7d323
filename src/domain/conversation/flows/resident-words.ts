import type { RemoteFile } from '../../inbound.ts';
import { soundsLikeDenunciation } from '../../vietnamese/triage.ts';
import { cancelChoice, numbered } from '../choices.ts';
import type { Flow } from '../flow.ts';
import type { Input, StepContext, StepResult } from '../types.ts';
import type { ResidentWordsState } from './case-form-state.ts';
import { startReportWith } from './report.ts';

type Purpose = ResidentWordsState['purpose'];

/** A resident answers a question of an officer, adds something, says what is still wrong, or takes a case back. */
export function startResidentWords(purpose: Purpose, caseId: string, context: StepContext): StepResult {
  const state = begin(purpose, caseId);
  if (purpose !== 'withdraw') return ask(state, context);
  return {
    flow: { ...state, step: 'confirm' },
    effects: [
      {
        kind: 'say',
        text: { key: 'mycase.ask.withdraw' },
        choices: [
          ...numbered(context, [{ value: 'send', label: { key: 'mycase.choice.withdraw' } }]),
          cancelChoice(context),
        ],
      },
    ],
  };
}

/** Words that came while a question of an officer is open: they are most likely its answer, and one tap says so. */
export function offerReply(
  caseId: string,
  code: string,
  input: Input,
  context: StepContext,
): StepResult | null {
  const taken = isDenunciation(input) ? null : take(begin('reply', caseId), input);
  if (taken === null) return null;
  return {
    flow: { ...taken, step: 'confirm' },
    effects: [
      {
        kind: 'say',
        text: { key: 'mycase.reply.confirm', params: { code } },
        choices: [
          ...numbered(context, [
            { value: 'send', label: { key: 'mycase.reply.yes' } },
            { value: 'other', label: { key: 'mycase.reply.other' } },
          ]),
          cancelChoice(context),
        ],
      },
    ],
  };
}

export const residentWordsFlow: Flow<ResidentWordsState> = {
  name: 'resident-words',
  version: 1,
  onInput(state, input, context) {
    if (input.kind === 'choice') return choose(state, input.value, context);
    // It is no part of a case: the report form locks it away.
    if (isDenunciation(input)) return startReportWith(input, context);
    const taken = take(state, input);
    if (taken === null) return ask(state, context, 'mycase.wordsUnclear');
    // More of it before it was confirmed: a second photo, another sentence.
    if (state.step === 'confirm') return { flow: taken, effects: [] };
    return done(taken);
  },
};

function choose(state: ResidentWordsState, value: string, context: StepContext): StepResult {
  switch (value) {
    case 'send':
    case 'skip':
      return done(state);
    case 'other':
      return startReportWith({ kind: 'text', text: state.words, folded: '' }, context);
    default:
      return { flow: null, effects: [{ kind: 'say', text: { key: 'mycase.cancelled' } }] };
  }
}

const isDenunciation = (input: Input): input is Extract<Input, { kind: 'text' }> =>
  input.kind === 'text' && soundsLikeDenunciation(input.text);

const begin = (purpose: Purpose, caseId: string): ResidentWordsState => ({
  ...{ name: 'resident-words', version: 1, step: 'words', caseId, purpose },
  ...{ words: '', files: [] },
});

function take(state: ResidentWordsState, input: Input): ResidentWordsState | null {
  const withWords = (words: string, files: readonly RemoteFile[] = []): ResidentWordsState => ({
    ...state,
    words: [state.words, words].filter((part) => part !== '').join('\n'),
    files: [...state.files, ...files],
  });
  switch (input.kind) {
    case 'text':
      return input.text === '' ? null : withWords(input.text);
    case 'file':
      return withWords(input.caption ?? '', [input.file]);
    case 'location':
      return withWords(`${String(input.latitude)}, ${String(input.longitude)}`);
    default:
      return null;
  }
}

function done({ caseId, purpose, words, files }: ResidentWordsState): StepResult {
  return { flow: null, effects: [{ kind: 'resident-act', caseId, act: purpose, words, files }] };
}

function ask(
  state: ResidentWordsState,
  context: StepContext,
  key = `mycase.ask.${state.purpose}`,
): StepResult {
  return {
    flow: state,
    effects: [
      {
        kind: 'say',
        text: { key },
        choices: [
          ...(state.purpose === 'dispute'
            ? [{ number: '8', value: 'skip', label: context.text({ key: 'common.skip' }) }]
            : []),
          cancelChoice(context),
        ],
      },
    ],
  };
}
