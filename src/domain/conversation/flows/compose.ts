import { renderLabels, whenWords } from '../../broadcast/labels.ts';
import { renderPost } from '../../broadcast/render-post.ts';
import { parseWhen } from '../../text/parse-when.ts';
import { backChoice, cancelChoice, numbered } from '../choices.ts';
import type { Flow } from '../flow.ts';
import type { Effect, Input, RunDraft, StepContext, StepResult, TextRef } from '../types.ts';
import type { ComposeState } from './broadcast-state.ts';

const MAX_TOPICS = 15;
/** 8 is one's own words, 9 goes back: seven posts have a number of their own. */
const MAX_POSTS = 7;
const MAX_TITLE_LENGTH = 90;

/** The editor's form: topic, post or own words, time, a look at what will go out, off to approval. */
export function startCompose(context: StepContext): StepResult {
  const draft = { topicId: '', postId: null, title: '', body: '', photo: null, sendAtMs: null };
  return askTopic({ name: 'compose', version: 1, step: 'topic', draft }, context);
}

export const composeFlow: Flow<ComposeState> = {
  name: 'compose',
  version: 1,
  onInput(state, input, context) {
    if (input.kind === 'choice' && input.value === 'cancel') {
      return { flow: null, effects: [{ kind: 'say', text: { key: 'broadcast.compose.cancelled' } }] };
    }
    if (input.kind === 'choice' && input.value === 'back') return back(state, context);
    switch (state.step) {
      case 'topic':
        return onTopic(state, input, context);
      case 'post':
        return onPost(state, input, context);
      case 'words':
        return onWords(state, input, context);
      case 'when':
        return onWhen(state, input, context);
      case 'date':
        return onDate(state, input, context);
      case 'preview':
        return onPreview(state, input, context);
    }
  },
};

function back(state: ComposeState, context: StepContext): StepResult {
  switch (state.step) {
    case 'topic':
    case 'post':
      return askTopic(state, context);
    case 'words':
      return askPost(state, context) ?? askTopic(state, context);
    case 'when':
      return state.draft.postId === null ? askWords(state, context) : askPostOrWords(state, context);
    case 'date':
    case 'preview':
      return askWhen(state, context);
  }
}

function onTopic(state: ComposeState, input: Input, context: StepContext): StepResult {
  const topic =
    input.kind === 'choice' ? context.plan.topics.find((one) => one.id === input.value) : undefined;
  if (!topic) return askTopic(state, context);
  return askPostOrWords(withDraft(state, { topicId: topic.id }), context);
}

function onPost(state: ComposeState, input: Input, context: StepContext): StepResult {
  if (input.kind === 'text' || input.kind === 'file') return onWords(state, input, context);
  if (input.kind !== 'choice') return askPostOrWords(state, context);
  if (input.value === 'own') return askWords(withDraft(state, { postId: null }), context);
  const post = context.posts.find((one) => one.id === input.value);
  if (!post) return askPostOrWords(state, context);
  return askWhen(withDraft(state, { postId: post.id, title: post.title, body: post.body }), context);
}

function onWords(state: ComposeState, input: Input, context: StepContext): StepResult {
  if (input.kind === 'text') return askWhen(withWords(state, input.text, context), context);
  if (input.kind !== 'file' || input.file.kind !== 'photo') {
    return askWords(state, context, { key: 'broadcast.compose.wordsOnly' });
  }
  const withPhoto = withDraft(state, { photo: input.file });
  return input.caption === null
    ? askWords(withPhoto, context, { key: 'broadcast.compose.photoKept' })
    : askWhen(withWords(withPhoto, input.caption, context), context);
}

function onWhen(state: ComposeState, input: Input, context: StepContext): StepResult {
  if (input.kind === 'choice' && input.value === 'now') {
    return showPreview(withDraft(state, { sendAtMs: null }), context);
  }
  if (input.kind === 'choice' && input.value === 'choose') return askDate(state, context);
  if (input.kind === 'text') return onDate(state, input, context);
  // The other photos of an album: the post takes one.
  if (input.kind === 'file' && input.albumId !== null) return { flow: state, effects: [] };
  return askWhen(state, context);
}

function onDate(state: ComposeState, input: Input, context: StepContext): StepResult {
  if (input.kind !== 'text') return askDate(state, context);
  const when = parseWhen(input.text, context.nowMs);
  switch (when.kind) {
    case 'at':
      return showPreview(withDraft(state, { sendAtMs: when.atMs }), context);
    case 'past':
      return askDate(state, context, { key: 'broadcast.compose.datePast' });
    case 'unclear':
      return askDate(state, context, { key: 'broadcast.compose.dateUnclear' });
  }
}

function onPreview(state: ComposeState, input: Input, context: StepContext): StepResult {
  if (input.kind === 'file' && input.file.kind === 'photo') {
    return showPreview(withDraft(state, { photo: input.file }), context);
  }
  if (input.kind !== 'choice') return askPreview(state, context, []);
  switch (input.value) {
    case 'send':
      return { flow: null, effects: [{ kind: 'submit-run', draft: state.draft }] };
    case 'edit':
      return askWords(state, context);
    case 'script': {
      const script = rendered(state, context).loudspeaker.parts.slice(1);
      return askPreview(state, context, script.map(show));
    }
    default:
      return askPreview(state, context, []);
  }
}

function askTopic(state: ComposeState, context: StepContext): StepResult {
  const topics = context.plan.topics.filter((topic) => topic.channels.length > 0).slice(0, MAX_TOPICS);
  if (topics.length === 0) {
    return { flow: null, effects: [{ kind: 'say', text: { key: 'broadcast.compose.noTopics' } }] };
  }
  const choices = numbered(
    context,
    topics.map((topic) => ({ value: topic.id, label: topic.title })),
  );
  return ask({ ...state, step: 'topic' }, { key: 'broadcast.compose.topic' }, [
    ...choices,
    cancelChoice(context),
  ]);
}

function askPostOrWords(state: ComposeState, context: StepContext): StepResult {
  return askPost(state, context) ?? askWords(state, context);
}

/** Null when the topic has no posts to choose from. */
function askPost(state: ComposeState, context: StepContext): StepResult | null {
  const posts = context.posts.filter((post) => post.topicId === state.draft.topicId).slice(0, MAX_POSTS);
  if (posts.length === 0) return null;
  const choices = numbered(
    context,
    posts.map((post) => ({ value: post.id, label: post.title })),
  );
  const own = { number: '8', value: 'own', label: context.text({ key: 'broadcast.compose.own' }) };
  const topic = state.draft.topicId;
  return ask({ ...state, step: 'post' }, { key: 'broadcast.compose.post', params: { topic } }, [
    ...choices,
    own,
    backChoice(context),
    cancelChoice(context),
  ]);
}

function askWords(
  state: ComposeState,
  context: StepContext,
  text: TextRef = { key: 'broadcast.compose.words' },
): StepResult {
  return ask({ ...state, step: 'words' }, text, [backChoice(context), cancelChoice(context)]);
}

function askWhen(state: ComposeState, context: StepContext): StepResult {
  const choices = numbered(context, [
    { value: 'now', label: { key: 'broadcast.compose.whenNow' } },
    { value: 'choose', label: { key: 'broadcast.compose.whenChoose' } },
  ]);
  return ask({ ...state, step: 'when' }, { key: 'broadcast.compose.when' }, [
    ...choices,
    backChoice(context),
    cancelChoice(context),
  ]);
}

function askDate(
  state: ComposeState,
  context: StepContext,
  text: TextRef = { key: 'broadcast.compose.date' },
): StepResult {
  return ask({ ...state, step: 'date' }, text, [backChoice(context), cancelChoice(context)]);
}

/** The words exactly as they will go out, whom they reach, and only then the question. */
function showPreview(state: ComposeState, context: StepContext): StepResult {
  const shown = rendered(state, context).telegram.parts.map(show);
  return askPreview(state, context, [...shown, { kind: 'preview-run', draft: state.draft }]);
}

function askPreview(state: ComposeState, context: StepContext, before: readonly Effect[]): StepResult {
  const { telegram, zalo } = rendered(state, context);
  const { draft } = state;
  const params = {
    topic: draft.topicId,
    title: draft.title,
    when: whenWords(context.text, draft.sendAtMs),
    telegram: telegram.parts.length,
    zalo: zalo.parts.length,
    photo: context.text({
      key: draft.photo === null ? 'broadcast.preview.withoutPhoto' : 'broadcast.preview.withPhoto',
    }),
  };
  const choices = [
    ...numbered(context, [
      { value: 'send', label: { key: 'broadcast.preview.send' } },
      { value: 'edit', label: { key: 'broadcast.preview.edit' } },
      { value: 'script', label: { key: 'broadcast.preview.script' } },
    ]),
    backChoice(context),
    { number: '0', value: 'cancel', label: context.text({ key: 'broadcast.preview.drop' }) },
  ];
  return {
    flow: { ...state, step: 'preview' },
    effects: [...before, { kind: 'say', text: { key: 'broadcast.preview.ask', params }, choices }],
  };
}

function ask(
  flow: ComposeState,
  text: TextRef,
  choices: NonNullable<Extract<Effect, { kind: 'say' }>['choices']>,
): StepResult {
  return { flow, effects: [{ kind: 'say', text, choices }] };
}

const show = (words: string): Effect => ({ kind: 'show', words });

function rendered(state: ComposeState, context: StepContext): ReturnType<typeof renderPost> {
  const { title, body } = state.draft;
  return renderPost({ title, body, photoId: null }, context.plan, renderLabels(context.text));
}

function withDraft(state: ComposeState, change: Partial<RunDraft>): ComposeState {
  return { ...state, draft: { ...state.draft, ...change } };
}

/** One's own words: a short first line with more below is the title, otherwise the topic's name is. */
function withWords(state: ComposeState, words: string, context: StepContext): ComposeState {
  const [first = '', ...rest] = words.split('\n');
  const hasTitle = rest.join('').trim() !== '' && first.trim().length <= MAX_TITLE_LENGTH;
  const topic = context.plan.topics.find((one) => one.id === state.draft.topicId);
  return withDraft(state, {
    postId: null,
    title: hasTitle ? first.trim() : (topic?.title ?? state.draft.title),
    body: words.trim(),
  });
}
