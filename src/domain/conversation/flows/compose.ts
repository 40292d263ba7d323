import { hasRole } from '../../staff.ts';
import { parseWhen } from '../../text/parse-when.ts';
import { fold } from '../../vietnamese/fold.ts';
import type { Flow } from '../flow.ts';
import type { Input, RunDraft, StepContext, StepResult } from '../types.ts';
import type { ComposeState, ComposeStep } from './broadcast-state.ts';
import { askCompose, postsOf, showPreview, topicsToSend } from './compose-ask.ts';

/** Shorter words, where a number was asked for, are a slip and not a post. */
const MIN_POST_LENGTH = 40;
const MAX_TITLE_LENGTH = 80;

const EMPTY: ComposeState = {
  name: 'compose',
  version: 1,
  step: 'topic',
  draft: { topicId: '', postId: null, title: '', body: '', photo: null, sendAtMs: null },
  editing: false,
  albumId: null,
};

/** An editor puts a post together: topic, words, hour, a look at it; then it goes to somebody else to approve. */
export function startCompose(context: StepContext): StepResult {
  return topicsToSend(context).length > 0
    ? askCompose(EMPTY, context)
    : { flow: null, effects: [{ kind: 'say', text: { key: 'compose.noTopics' } }] };
}

export const composeFlow: Flow<ComposeState> = {
  name: 'compose',
  version: 1,
  onInput(state, input, context) {
    if (!context.staff || !hasRole(context.staff, 'editor')) {
      return { flow: null, effects: [{ kind: 'say', text: { key: 'common.notAllowed' } }] };
    }
    switch (input.kind) {
      case 'choice':
        return choose(state, input.value, context);
      case 'text':
        return takeText(state, input.text, context);
      case 'file':
        return takeFile(state, input, context);
      case 'location':
      case 'contact':
        return askCompose(state, context, state.step === 'words' ? 'compose.wordsOnly' : undefined);
      case 'sticker':
      case 'stale-tap':
        return askCompose(state, context);
    }
  },
};

const at = (state: ComposeState, step: ComposeStep, context: StepContext, key?: string): StepResult =>
  askCompose({ ...state, step }, context, key);

function choose(state: ComposeState, value: string, context: StepContext): StepResult {
  if (value === 'cancel') {
    return { flow: null, effects: [{ kind: 'say', text: { key: 'compose.cancelled' } }] };
  }
  if (value === 'back') return back(state, context);
  switch (state.step) {
    case 'topic':
      return topic(state, value, context);
    case 'post':
      return value === 'own' ? at(state, 'words', context) : post(state, value, context);
    case 'when':
      return value === 'now' ? timed(state, null, context) : at(state, 'date', context);
    case 'preview':
      return value === 'submit' ? submit(state, context) : at(state, 'edit', context);
    case 'edit':
      return edit({ ...state, editing: true }, value, context);
    case 'words':
    case 'date':
      return askCompose(state, context);
  }
}

/** One step back; while something is being changed, back to what may be changed. */
function back(state: ComposeState, context: StepContext): StepResult {
  switch (state.step) {
    case 'edit':
      return showPreview(state, context);
    case 'date':
    case 'preview':
      return at(state, 'when', context);
    case 'topic':
      return at(state, state.editing ? 'edit' : 'topic', context);
    case 'post':
    case 'words':
    case 'when':
      return at(state, state.editing ? 'edit' : stepBefore(state, context), context);
  }
}

function stepBefore(state: ComposeState, context: StepContext): ComposeStep {
  if (state.step === 'post') return 'topic';
  if (state.step === 'when' && state.draft.postId === null) return 'words';
  return postsOf(state.draft.topicId, context).length > 0 ? 'post' : 'topic';
}

/** Words sent before the topic was chosen stand already: then only the hour is missing. */
function topic(state: ComposeState, topicId: string, context: StepContext): StepResult {
  if (!topicsToSend(context).some((one) => one.id === topicId)) return askCompose(state, context);
  const chosen = { ...state, draft: { ...state.draft, topicId } };
  if (state.draft.body !== '' && state.draft.postId === null && !state.editing)
    return at(chosen, 'when', context);
  return at(chosen, postsOf(topicId, context).length > 0 ? 'post' : 'words', context);
}

function post(state: ComposeState, value: string, context: StepContext): StepResult {
  const chosen = postsOf(state.draft.topicId, context).find((one) => `post:${one.id}` === value);
  if (!chosen) return askCompose(state, context);
  const { id, title, body } = chosen;
  return written({ ...state, draft: { ...state.draft, postId: id, title, body } }, context);
}

function edit(state: ComposeState, value: string, context: StepContext): StepResult {
  if (value === 'words' || value === 'when') return at(state, value, context);
  return at(state, postsOf(state.draft.topicId, context).length > 0 ? 'post' : 'topic', context);
}

/** The hour may have passed while the editor was reading. */
function submit(state: ComposeState, context: StepContext): StepResult {
  const { sendAtMs } = state.draft;
  if (sendAtMs !== null && sendAtMs <= context.nowMs) return at(state, 'date', context, 'compose.datePast');
  return { flow: null, effects: [{ kind: 'submit-run', draft: state.draft }] };
}

const written = (state: ComposeState, context: StepContext): StepResult =>
  state.editing ? showPreview(state, context) : at(state, 'when', context);

const timed = (state: ComposeState, sendAtMs: number | null, context: StepContext): StepResult =>
  showPreview({ ...state, draft: { ...state.draft, sendAtMs } }, context);

function takeText(state: ComposeState, words: string, context: StepContext): StepResult {
  switch (state.step) {
    case 'words':
      return words === '' ? askCompose(state, context) : written(withWords(state, words), context);
    case 'topic':
    case 'post':
      return textInsteadOfNumber(state, words, context);
    case 'when':
    case 'date':
      return hour(state, words, context);
    case 'preview':
    case 'edit':
      return askCompose(state, context);
  }
}

/** "TT-01" names a topic; a whole post, typed or forwarded before it was asked for, is kept. */
function textInsteadOfNumber(state: ComposeState, words: string, context: StepContext): StepResult {
  const named = topicsToSend(context).find((one) => fold(one.id) === fold(words));
  if (named) return topic(state, named.id, context);
  if (words.length < MIN_POST_LENGTH && !words.includes('\n')) {
    return at(state, state.step, context, 'compose.numberUnclear');
  }
  return state.step === 'post'
    ? written(withWords(state, words), context)
    : at(withWords(state, words), 'topic', context, 'compose.keptAskTopic');
}

function hour(state: ComposeState, words: string, context: StepContext): StepResult {
  const sendAtMs = parseWhen(words, context.nowMs);
  if (sendAtMs === null) return at(state, 'date', context, 'compose.dateUnclear');
  if (sendAtMs <= context.nowMs) return at(state, 'date', context, 'compose.datePast');
  return timed(state, sendAtMs, context);
}

/** One photo with its words, in one message or in two, in any order. */
function takeFile(
  state: ComposeState,
  input: Extract<Input, { kind: 'file' }>,
  context: StepContext,
): StepResult {
  if (input.file.kind !== 'photo') return askCompose(state, context, 'compose.wordsOnly');
  const caption = input.caption ?? '';
  const isSameAlbum = input.albumId !== null && input.albumId === state.albumId;
  if (isSameAlbum && caption === '') return { flow: state, effects: [] };
  const photo = isSameAlbum ? state.draft.photo : input.file;
  const shown: ComposeState = { ...state, draft: { ...state.draft, photo }, albumId: input.albumId };
  const next = caption === '' ? shown : withWords(shown, caption);
  if (state.step === 'topic') return at(next, 'topic', context, 'compose.keptAskTopic');
  if (next.draft.body === '') return at(next, 'words', context, 'compose.photoAskWords');
  switch (state.step) {
    case 'preview':
    case 'edit':
      return showPreview(next, context);
    case 'when':
    case 'date':
      return askCompose(next, context);
    case 'post':
    case 'words':
      return written(next, context);
  }
}

/** Words of one's own are no longer the post of the library, even where they began as it. */
function withWords(state: ComposeState, words: string): ComposeState {
  const draft: RunDraft = { ...state.draft, postId: null, title: titleOf(words), body: words };
  return { ...state, draft };
}

/** The first line, cut between words: always the beginning of the body, so that it is never printed twice. */
function titleOf(words: string): string {
  const [line = ''] = words.trimStart().split('\n');
  if (line.length <= MAX_TITLE_LENGTH) return line.trimEnd();
  const cut = line.slice(0, MAX_TITLE_LENGTH + 1);
  const space = cut.lastIndexOf(' ');
  const whole = space > 0 ? cut.slice(0, space) : line.slice(0, MAX_TITLE_LENGTH);
  // Half of a surrogate pair is no letter.
  return whole.replace(/[\uD800-\uDBFF]$/u, '').trimEnd();
}
