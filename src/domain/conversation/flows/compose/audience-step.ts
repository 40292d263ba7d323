import { audienceWords } from '../../../broadcast/reach-words.ts';
import { GROUP_AUDIENCES } from '../../../destination.ts';
import type { TopicChannel } from '../../../plan.ts';
import { type Audience, EVERYONE } from '../../../run.ts';
import { fold } from '../../../vietnamese/fold.ts';
import { findNeighbourhoods } from '../../../vietnamese/neighbourhoods.ts';
import { numbered } from '../../choices.ts';
import type { RunDraft, StepContext } from '../../types.ts';
import type { ComposeState, ComposeStep } from '../broadcast-state.ts';
import { again, type ComposeAnswer, type ComposeStepHandler } from './step.ts';
import { takeFile } from './words-step.ts';

/** Never on the way: everyone gets a post unless an editor says otherwise. */
const isNeeded = () => false;

const CHOICES: Readonly<Record<string, ComposeStep>> = {
  neighbourhoods: 'audience-neighbourhoods',
  channels: 'audience-channels',
  groups: 'audience-groups',
};

/** Where the post goes. The names of neighbourhoods are numbers, so they are typed and never stand in a numbered list. */
export const audienceStep: ComposeStepHandler = {
  isNeeded,
  ask: ({ draft }, context) => ({
    key: 'compose.audience.ask',
    params: { now: audienceWords(context.text, context.plan, draft.audience) },
    choices: numbered(
      context,
      ['everyone', ...Object.keys(CHOICES)].map((value) => ({
        value,
        label: { key: `compose.audience.choice.${value}` },
      })),
    ),
  }),
  choose(state, value) {
    if (value === 'everyone') return chosen(state, EVERYONE);
    const step = CHOICES[value];
    return step ? { kind: 'go', step } : again();
  },
  text: neighbourhoods,
  file: takeFile,
};

export const neighbourhoodsStep: ComposeStepHandler = {
  isNeeded,
  ask: () => ({ key: 'compose.audience.askNeighbourhoods', choices: [] }),
  choose: () => again(),
  text: neighbourhoods,
  file: takeFile,
};

function neighbourhoods(state: ComposeState, words: string, context: StepContext): ComposeAnswer {
  const meant = findNeighbourhoods(words, context.plan.neighbourhoods);
  switch (meant.kind) {
    case 'unclear':
      return state.step === 'audience-neighbourhoods'
        ? again('compose.audience.neighbourhoodsUnclear')
        : { kind: 'go', step: 'audience-neighbourhoods', key: 'compose.audience.neighbourhoodsUnclear' };
    case 'all':
      return chosen(state, { neighbourhoods: null });
    case 'some':
      return chosen(state, { neighbourhoods: meant.ids });
  }
}

export const channelsStep = severalStep({
  key: 'compose.audience.askChannels',
  options: (draft, context) => channelsOf(draft, context),
  labelKey: (value) => `broadcast.channel.${value}`,
  change: (channels): Partial<Audience> => ({ channels }),
});

export const groupsStep = severalStep({
  key: 'compose.audience.askGroups',
  options: () => GROUP_AUDIENCES,
  labelKey: (value) => `group.audience.${value}`,
  change: (groups): Partial<Audience> => ({ groups }),
});

function channelsOf({ topicId }: RunDraft, context: StepContext): readonly TopicChannel[] {
  return context.plan.topics.find((topic) => topic.id === topicId)?.channels ?? [];
}

interface Several<T extends string> {
  readonly key: string;
  readonly options: (draft: RunDraft, context: StepContext) => readonly T[];
  readonly labelKey: (value: T) => string;
  readonly change: (values: readonly T[]) => Partial<Audience>;
}

/** One by its number or button, several as "1, 3"; all of them is no choice at all and becomes everyone. */
function severalStep<T extends string>({ key, options, labelKey, change }: Several<T>): ComposeStepHandler {
  return {
    isNeeded,
    ask: ({ draft }, context) => ({
      key,
      choices: numbered(
        context,
        options(draft, context).map((value) => ({ value, label: { key: labelKey(value) } })),
      ),
    }),
    choose(state, value, context) {
      const one = options(state.draft, context).find((option) => option === value);
      return one === undefined ? again() : chosen(state, change([one]));
    },
    text(state, words, context) {
      const all = options(state.draft, context);
      const numbers = numbersIn(words);
      const values = all.filter((_, index) => numbers?.includes(index + 1));
      if (numbers === null || values.length !== new Set(numbers).size) return again('compose.numberUnclear');
      return chosen(state, values.length === all.length ? wide(change([])) : change(values));
    },
    file: takeFile,
  };
}

const wide = (change: Partial<Audience>): Partial<Audience> =>
  Object.fromEntries(Object.keys(change).map((name) => [name, null]));

/** "1, 3", "1 và 3", "1 3"; null for anything else. */
function numbersIn(words: string): readonly number[] | null {
  const tokens = fold(words)
    .split(/[\s,;+.]+|\bva\b/u)
    .filter((token) => token !== '');
  return tokens.length > 0 && tokens.every((token) => /^\d$/u.test(token)) ? tokens.map(Number) : null;
}

function chosen({ draft }: ComposeState, change: Partial<Audience>): ComposeAnswer {
  return { kind: 'next', draft: { ...draft, audience: { ...draft.audience, ...change } } };
}
