import { countRecipients, totalRecipients } from '../../../broadcast/audience.ts';
import { audienceWords } from '../../../broadcast/reach-words.ts';
import { meetingWords } from '../../../broadcast/meeting.ts';
import { numbered } from '../../choices.ts';
import type { RunDraft, StepContext } from '../../types.ts';
import type { ComposeState, ComposeStep } from '../broadcast-state.ts';
import { consentStepOf } from './consent-step.ts';
import { draftValidity } from './origin-step.ts';
import { keepEffect, mayKeep } from './keep.ts';
import { again, type ComposeAnswer, type ComposeStepHandler } from './step.ts';
import { postsOf, topicTitle } from './topic-step.ts';
import { draftWhen } from './when-step.ts';
import { takeFile } from './words-step.ts';

/** Each rendering exactly as it would go out, then the question: people approve what they have seen. */
export const previewStep: ComposeStepHandler = {
  isNeeded: () => true,
  ask: ({ draft, ...state }, context) => ({
    key: 'compose.preview',
    params: previewParams(draft, context),
    before: [{ kind: 'preview-run', draft }],
    choices: numbered(context, [
      { value: 'submit', label: { key: 'compose.choice.submit' } },
      { value: 'edit', label: { key: 'compose.choice.edit' } },
      ...(mayKeep({ ...state, draft }) ? [{ value: 'keep', label: { key: 'compose.choice.keep' } }] : []),
      { value: 'all', label: { key: 'broadcast.approval.show' } },
    ]),
    // A post that was taken up again stays as it was.
    ...(state.takenUp ? {} : { cancelLabel: { key: 'compose.choice.drop' } }),
  }),
  choose(state, value, context) {
    if (value === 'all') return { kind: 'show', effects: [{ kind: 'preview-all', draft: state.draft }] };
    if (value === 'keep') return { kind: 'end', effects: [keepEffect(state)] };
    return value === 'submit' ? submit(state, context) : { kind: 'go', step: 'edit' };
  },
  text: () => again(),
  file: takeFile,
};

/** What may be changed from the preview, in the order of the list. */
const EDITS: readonly {
  readonly value: string;
  readonly step: (draft: RunDraft, context: StepContext) => ComposeStep;
}[] = [
  { value: 'words', step: () => 'words' },
  { value: 'when', step: ({ meeting }) => (meeting ? 'meeting' : 'when') },
  {
    value: 'post',
    step: ({ topicId }, context) => (postsOf(topicId, context).length > 0 ? 'post' : 'topic'),
  },
  { value: 'audience', step: ({ meeting }) => (meeting ? 'meeting-where' : 'audience') },
  { value: 'persons', step: () => 'persons' },
  { value: 'origin', step: () => 'origin' },
  { value: 'attach', step: () => 'attach' },
];

export const editStep: ComposeStepHandler = {
  isNeeded: () => false,
  ask: (_, context) => ({
    key: 'compose.askEdit',
    choices: numbered(
      context,
      EDITS.map(({ value }) => ({ value, label: { key: `compose.choice.${value}` } })),
    ),
  }),
  choose({ draft }, value, context) {
    const edit = EDITS.find((one) => one.value === value);
    return edit ? { kind: 'go', step: edit.step(draft, context), editing: true } : again();
  },
  text: () => again(),
  file: takeFile,
};

/** The hour may have passed while the editor was reading; and a post for nobody is asked about again. */
function submit({ draft, takenUp }: ComposeState, context: StepContext): ComposeAnswer {
  const { sendAtMs, repeat } = draft;
  if (repeat && repeat.startMs <= context.nowMs)
    return { kind: 'go', step: repeat.kind, key: 'compose.datePast' };
  if (sendAtMs !== null && sendAtMs <= context.nowMs)
    return { kind: 'go', step: 'date', key: 'compose.datePast' };
  const consentStep = consentStepOf(draft, context);
  if (consentStep)
    return { kind: 'go', step: consentStep, key: `compose.consent.${consentStep}Needed`, editing: true };
  const holds = draftValidity(draft, context);
  if (holds !== 'valid')
    return { kind: 'go', step: 'origin-days', key: `compose.origin.outside.${holds}`, editing: true };
  if (reachesNobody(draft, context))
    return { kind: 'go', step: 'audience', key: 'compose.audience.nobody', editing: true };
  const effect = { kind: 'submit-run', draft, ...(takenUp ? { takenUp: takenUp.id } : {}) } as const;
  return { kind: 'end', effects: [effect] };
}

function reachesNobody(draft: RunDraft, { plan, census }: StepContext): boolean {
  if (draft.meeting) return false;
  return census !== null && totalRecipients(countRecipients(plan, draft, census)) === 0;
}

function previewParams(draft: RunDraft, context: StepContext): Readonly<Record<string, string>> {
  return {
    topicId: draft.topicId,
    topic: topicTitle(draft, context),
    title: draft.title,
    when: draft.meeting ? meetingWords(context.text, context.plan, draft.meeting) : draftWhen(draft, context),
    audience: audienceWords(context.text, context.plan, draft.audience),
  };
}
