import { localDateOf, localTimeOf, weekdayOf, yearOf } from '../../calendar/local-time.ts';
import type { Choice } from '../../outbound.ts';
import type { Topic } from '../../plan.ts';
import { backChoice, cancelChoice, numbered } from '../choices.ts';
import type { PostSummary, RunDraft, StepContext, StepResult } from '../types.ts';
import type { ComposeState } from './broadcast-state.ts';

/** Topics that the bot can carry somewhere: those spoken of in meetings only are left out. */
export function topicsToSend(context: StepContext): readonly Topic[] {
  return context.plan.topics.filter((topic) => topic.channels.length > 0);
}

export function postsOf(topicId: string, context: StepContext): readonly PostSummary[] {
  return context.posts.filter((post) => post.topicId === topicId);
}

/** Puts the question of the step at which the form stands; another `key` says first why it is put again. */
export function askCompose(state: ComposeState, context: StepContext, key?: string): StepResult {
  const say = (
    own: string,
    choices: readonly Choice[],
    params?: Readonly<Record<string, string>>,
  ): StepResult => ({
    flow: state,
    effects: [{ kind: 'say', text: { key: key ?? own, ...(params ? { params } : {}) }, choices }],
  });
  const back = backChoice(context);
  const cancel = cancelChoice(context);
  switch (state.step) {
    case 'topic':
      return say('compose.askTopic', topicChoices(state, context));
    case 'post':
      return say('compose.askPost', [...postChoices(state.draft.topicId, context), back, cancel], {
        topic: topicTitle(state.draft, context),
      });
    case 'words':
      return say('compose.askWords', [back, cancel]);
    case 'when':
      return say('compose.askWhen', [
        ...numbered(context, [
          { value: 'now', label: { key: 'compose.choice.now' } },
          { value: 'date', label: { key: 'compose.choice.date' } },
        ]),
        back,
        cancel,
      ]);
    case 'date':
      return say('compose.askDate', [back, cancel]);
    case 'preview':
      return say('compose.preview', previewChoices(context), previewParams(state.draft, context));
    case 'edit':
      return say('compose.askEdit', [
        ...numbered(context, [
          { value: 'words', label: { key: 'compose.choice.words' } },
          { value: 'when', label: { key: 'compose.choice.when' } },
          { value: 'post', label: { key: 'compose.choice.post' } },
        ]),
        back,
        cancel,
      ]);
  }
}

/** Each rendering exactly as it would go out, then the question: people approve what they have seen. */
export function showPreview(state: ComposeState, context: StepContext): StepResult {
  const asked = askCompose({ ...state, step: 'preview', editing: false }, context);
  return { ...asked, effects: [{ kind: 'preview-run', draft: state.draft }, ...asked.effects] };
}

/** At the start there is nowhere to go back to. */
function topicChoices(state: ComposeState, context: StepContext): readonly Choice[] {
  const topics = topicsToSend(context).map((topic) => ({ value: topic.id, label: topic.title }));
  return [...withoutNine(topics), ...(state.editing ? [backChoice(context)] : []), cancelChoice(context)];
}

function postChoices(topicId: string, context: StepContext): readonly Choice[] {
  const posts = postsOf(topicId, context).map((post) => ({ value: `post:${post.id}`, label: post.title }));
  return withoutNine([...posts, { value: 'own', label: context.text({ key: 'compose.choice.own' }) }]);
}

/** 9 is Quay lại in every list: the ninth entry is number 10. */
function withoutNine(
  options: readonly { readonly value: string; readonly label: string }[],
): readonly Choice[] {
  return options.map((option, index) => ({ number: String(index < 8 ? index + 1 : index + 2), ...option }));
}

function previewChoices(context: StepContext): readonly Choice[] {
  return [
    ...numbered(context, [
      { value: 'submit', label: { key: 'compose.choice.submit' } },
      { value: 'edit', label: { key: 'compose.choice.edit' } },
    ]),
    backChoice(context),
    { number: '0', value: 'cancel', label: context.text({ key: 'compose.choice.drop' }) },
  ];
}

function topicTitle(draft: RunDraft, context: StepContext): string {
  return context.plan.topics.find((topic) => topic.id === draft.topicId)?.title ?? draft.topicId;
}

function previewParams(draft: RunDraft, context: StepContext): Readonly<Record<string, string>> {
  return {
    topicId: draft.topicId,
    topic: topicTitle(draft, context),
    title: draft.title,
    when: whenWords(draft.sendAtMs, context),
  };
}

/** "Gửi 6 giờ 30 thứ Hai 18/3." The year is said only where it is not this one. */
function whenWords(sendAtMs: number | null, context: StepContext): string {
  if (sendAtMs === null) return context.text({ key: 'compose.when.now' });
  const date = localDateOf(sendAtMs);
  const [hour = '', minute = ''] = localTimeOf(sendAtMs).split(':');
  const [year = '', month = '', day = ''] = date.split('-');
  const isThisYear = yearOf(date) === yearOf(localDateOf(context.nowMs));
  const spoken = [Number(day), Number(month), ...(isThisYear ? [] : [year])].join('/');
  return context.text({
    key: 'compose.when.at',
    params: {
      time: context.text({
        key: minute === '00' ? 'compose.when.hour' : 'compose.when.minute',
        params: { hour: Number(hour), minute },
      }),
      weekday: context.text({ key: `common.weekday.${String(weekdayOf(date))}` }),
      date: spoken,
    },
  });
}
