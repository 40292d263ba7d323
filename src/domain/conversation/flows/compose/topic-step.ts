import { libraryConsent } from '../../../broadcast/consent.ts';
import { isMeetingTopic } from '../../../broadcast/meeting.ts';
import { libraryOrigin } from '../../../broadcast/origin.ts';
import type { Choice } from '../../../outbound.ts';
import type { Topic } from '../../../plan.ts';
import { fold } from '../../../vietnamese/fold.ts';
import { listNumber } from '../../choices.ts';
import type { PostSummary, RunDraft, StepContext } from '../../types.ts';
import type { ComposeState } from '../broadcast-state.ts';
import { again, type ComposeAnswer, type ComposeStepHandler } from './step.ts';
import { takeFile, withWords } from './words-step.ts';

/** Shorter words, where a number was asked for, are a slip and not a post. */
const MIN_POST_LENGTH = 40;

export const isPostLike = (words: string): boolean => words.length >= MIN_POST_LENGTH || words.includes('\n');

/** Topics that the bot can carry somewhere, and those of which a chair speaks in a meeting. */
export function topicsToSend(context: StepContext): readonly Topic[] {
  return context.plan.topics.filter((topic) => topic.channels.length > 0 || isMeetingTopic(topic));
}

export function postsOf(topicId: string, context: StepContext): readonly PostSummary[] {
  const topic = context.plan.topics.find(({ id }) => id === topicId);
  // Any post may be spoken of in a meeting.
  if (topic && isMeetingTopic(topic)) return context.posts;
  return context.posts.filter((post) => post.topicId === topicId);
}

export function topicTitle(draft: RunDraft, context: StepContext): string {
  return context.plan.topics.find((topic) => topic.id === draft.topicId)?.title ?? draft.topicId;
}

export const topicStep: ComposeStepHandler = {
  isNeeded: (draft) => draft.topicId === '',
  ask: (_, context) => ({
    key: 'compose.askTopic',
    choices: withoutNine(topicsToSend(context).map((topic) => ({ value: topic.id, label: topic.title }))),
  }),
  choose: chooseTopic,
  text: textInsteadOfNumber,
  file: takeFile,
};

export const postStep: ComposeStepHandler = {
  isNeeded: (draft, context) => draft.body === '' && postsOf(draft.topicId, context).length > 0,
  ask: ({ draft }, context) => ({
    key: 'compose.askPost',
    params: { topic: topicTitle(draft, context) },
    choices: withoutNine([
      ...postsOf(draft.topicId, context).map((post) => ({ value: `post:${post.id}`, label: post.title })),
      { value: 'own', label: context.text({ key: 'compose.choice.own' }) },
    ]),
  }),
  choose(state, value, context) {
    if (value === 'own') return { kind: 'go', step: 'words' };
    const chosen = postsOf(state.draft.topicId, context).find((one) => `post:${one.id}` === value);
    if (!chosen) return again();
    const { id, title, body } = chosen;
    const consent = libraryConsent(chosen);
    return {
      kind: 'next',
      draft: { ...state.draft, postId: id, title, body, consent, origin: libraryOrigin(chosen) },
    };
  },
  text: textInsteadOfNumber,
  file: takeFile,
};

/** Words sent before the topic was chosen stand already: then only the hour is missing. */
function chooseTopic(state: ComposeState, topicId: string, context: StepContext): ComposeAnswer {
  if (!topicsToSend(context).some((one) => one.id === topicId)) return again();
  const draft = { ...state.draft, topicId };
  if (state.editing)
    return { kind: 'go', step: postsOf(topicId, context).length > 0 ? 'post' : 'words', draft };
  return { kind: 'next', draft };
}

/** "TT-01" names a topic; a whole post, typed or forwarded before it was asked for, is kept. */
function textInsteadOfNumber(state: ComposeState, words: string, context: StepContext): ComposeAnswer {
  const named = topicsToSend(context).find((one) => fold(one.id) === fold(words));
  if (named) return chooseTopic({ ...state, step: 'topic' }, named.id, context);
  if (!isPostLike(words)) return again('compose.numberUnclear');
  const draft = withWords(state.draft, words);
  return state.step === 'post'
    ? { kind: 'next', draft }
    : { kind: 'go', step: 'topic', draft, key: 'compose.keptAskTopic' };
}

/** 9 is Quay lại in every list: the ninth entry is number 10. */
export function withoutNine(
  options: readonly { readonly value: string; readonly label: string }[],
): readonly Choice[] {
  return options.map((option, index) => ({ number: listNumber(index), ...option }));
}
