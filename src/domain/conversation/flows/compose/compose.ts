import { hasRole } from '../../../staff.ts';
import { EVERYONE } from '../../../run.ts';
import { backChoice, cancelChoice } from '../../choices.ts';
import type { Flow } from '../../flow.ts';
import type { Input, StepContext, StepResult, TakenUp } from '../../types.ts';
import type { ComposeState, ComposeStep } from '../broadcast-state.ts';
import type { ComposeAnswer } from './step.ts';
import { withWords } from './words-step.ts';
import { isKeepWord, keepEffect, mayKeep } from './keep.ts';
import { firstMissing, nextStep, STEPS } from './steps.ts';
import { isPostLike, topicsToSend } from './topic-step.ts';

const EMPTY: ComposeState = {
  name: 'compose',
  version: 6,
  step: 'topic',
  trail: [],
  draft: {
    topicId: '',
    postId: null,
    title: '',
    body: '',
    photos: [],
    audience: EVERYONE,
    consent: null,
    repeat: null,
    sendAtMs: null,
  },
  editing: false,
  albumId: null,
  document: null,
  takenUp: null,
};

/** An editor puts a post together: topic, words, hour, a look at it; then it goes to somebody else to approve. */
export function startCompose(context: StepContext): StepResult {
  return topicsToSend(context).length > 0
    ? ask(EMPTY, context)
    : { flow: null, effects: [{ kind: 'say', text: { key: 'compose.noTopics' } }] };
}

/** What an editor sent unasked and may want to post: kept at once, so that nothing is sent twice. Null: too little for that. */
export function offerCompose(input: Input, context: StepContext): StepResult | null {
  if (topicsToSend(context).length === 0) return null;
  const at: ComposeState = { ...EMPTY, step: 'offer' };
  if (input.kind === 'text') {
    const words = input.marked ?? input.text;
    return isPostLike(input.text) ? ask({ ...at, draft: withWords(at.draft, words) }, context) : null;
  }
  if (input.kind !== 'file') return null;
  const { file, albumId } = input;
  if (file.kind === 'document') return ask({ ...at, document: file }, context);
  if (file.kind !== 'photo') return null;
  const caption = input.markedCaption ?? input.caption ?? '';
  const draft = { ...at.draft, photos: [file] };
  return ask({ ...at, albumId, draft: caption === '' ? draft : withWords(draft, caption) }, context);
}

/** The author takes a post up again: the form stands where something is missing, else at the preview. */
export function startTakenUp({ id, from, draft, comment }: TakenUp, context: StepContext): StepResult {
  const takenUp = { id, mayKeep: from !== 'scheduled' && from !== 'series' };
  const asked = ask({ ...EMPTY, draft, takenUp, step: firstMissing(draft, context) }, context);
  const text = { key: `compose.takenUp.${from}`, params: { title: draft.title, comment } };
  return { ...asked, effects: [{ kind: 'say', text }, ...asked.effects] };
}

export const composeFlow: Flow<ComposeState> = {
  name: 'compose',
  version: 6,
  onInput(state, input, context) {
    if (!context.staff || !hasRole(context.staff, 'editor')) {
      return { flow: null, effects: [{ kind: 'say', text: { key: 'common.notAllowed' } }] };
    }
    const step = STEPS[state.step];
    switch (input.kind) {
      case 'choice':
        if (input.value === 'cancel') return cancelled(state);
        if (input.value === 'back') return back(state, context);
        return after(state, step.choose(state, input.value, context), context);
      case 'text':
        if (isKeepWord(input.folded) && mayKeep(state)) return { flow: null, effects: [keepEffect(state)] };
        return after(state, step.text(state, input.marked ?? input.text, context), context);
      case 'file':
        return after(state, step.file(state, input, context), context);
      case 'location':
      case 'contact':
        return ask(state, context, state.step === 'words' ? 'compose.wordsOnly' : undefined);
      case 'sticker':
      case 'stale-tap':
        return ask(state, context);
    }
  },
};

const cancelled = ({ takenUp }: ComposeState): StepResult => ({
  flow: null,
  effects: [{ kind: 'say', text: { key: takenUp ? 'compose.takenUp.left' : 'compose.cancelled' } }],
});

/** Puts the question of the step at which the form stands; another `key` says first why it is put again. */
function ask(state: ComposeState, context: StepContext, key?: string): StepResult {
  const { before = [], choices, cancelLabel, ...text } = STEPS[state.step].ask(state, context);
  const cancel = cancelChoice(context);
  return {
    flow: state,
    effects: [
      ...before,
      {
        kind: 'say',
        text: { ...text, key: key ?? text.key },
        choices: [
          ...choices,
          // At the start there is nowhere to go back to.
          ...(state.trail.length > 0 ? [backChoice(context)] : []),
          cancelLabel ? { ...cancel, label: context.text(cancelLabel) } : cancel,
        ],
      },
    ],
  };
}

function after(state: ComposeState, answer: ComposeAnswer, context: StepContext): StepResult {
  switch (answer.kind) {
    case 'next': {
      const given = { ...state, draft: answer.draft, albumId: answer.albumId ?? state.albumId };
      return ask(moved(given, nextStep(given, context)), context);
    }
    case 'go': {
      const { step, draft = state.draft, albumId = state.albumId, editing = state.editing } = answer;
      return ask(moved({ ...state, draft, albumId, editing }, step), context, answer.key);
    }
    case 'show':
      return { flow: state, effects: answer.effects, keepsPrompt: true };
    case 'again':
      return ask(state, context, answer.key);
    case 'quiet':
      return {
        flow: { ...state, draft: answer.draft, albumId: answer.albumId ?? state.albumId },
        effects: [],
      };
    case 'read': {
      const { step, editing, file } = answer;
      const waiting = moved({ ...state, editing, document: null }, step);
      return {
        flow: waiting,
        effects: [
          { kind: 'say', text: { key: 'compose.document.reading' } },
          { kind: 'import-document', file },
        ],
      };
    }
    case 'end':
      return { flow: null, effects: answer.effects };
  }
}

/** The trail holds each step once, where it was last: going round in circles leads back out. */
function moved(state: ComposeState, step: ComposeStep): ComposeState {
  if (step === state.step) return state;
  const isPreview = step === 'preview';
  const trail = [...state.trail.filter((one) => one !== state.step), state.step].filter(
    (one) => one !== step && !(isPreview && one === 'edit'),
  );
  return { ...state, step, trail, editing: state.editing && !isPreview };
}

/** One step back; while something is being changed, back to what may be changed. */
function back(state: ComposeState, context: StepContext): StepResult {
  const step = state.trail.at(-1);
  if (step === undefined) return ask(state, context);
  const trail = state.trail.slice(0, -1);
  return ask({ ...state, step, trail, editing: state.editing && step !== 'preview' }, context);
}
