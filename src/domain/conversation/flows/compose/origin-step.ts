import { NO_ORIGIN, originWords } from '../../../broadcast/origin.ts';
import type { Origin } from '../../../run.ts';
import { parseValidDays, validity } from '../../../broadcast/validity.ts';
import { localDateOf } from '../../../calendar/local-time.ts';
import { unitName } from '../../../unit-name.ts';
import { numbered } from '../../choices.ts';
import type { RunDraft, StepContext } from '../../types.ts';
import type { ComposeStep } from '../broadcast-state.ts';
import { again, type ComposeAnswer, type ComposeStepHandler } from './step.ts';
import { postsOf, withoutNine } from './topic-step.ts';
import { takeFile } from './words-step.ts';

/** Never on the way: a post of the library brings all of it, and one's own belongs to the topic's unit. */
const isNeeded = () => false;

const CHOICES: Readonly<Record<string, ComposeStep>> = {
  source: 'origin-source',
  days: 'origin-days',
  owner: 'origin-owner',
  replaces: 'origin-replaces',
};

const originOf = ({ origin }: RunDraft): Origin => origin ?? NO_ORIGIN;

/** On the day on which the draft is to go out: now, where it goes as soon as it is approved. */
export function draftValidity(draft: RunDraft, { nowMs }: StepContext) {
  const atMs = draft.repeat?.startMs ?? draft.sendAtMs ?? nowMs;
  return validity(originOf(draft), localDateOf(atMs));
}

export const originStep: ComposeStepHandler = {
  isNeeded,
  ask: ({ draft }, context) => ({
    key: 'compose.origin.ask',
    params: { now: originWords(context.text, originOf(draft), context) },
    choices: numbered(
      context,
      Object.keys(CHOICES)
        .filter((value) => value !== 'replaces' || postsOf(draft.topicId, context).length > 0)
        .map((value) => ({ value, label: { key: `compose.origin.choice.${value}` } })),
    ),
  }),
  choose(_, value) {
    const step = CHOICES[value];
    return step ? { kind: 'go', step } : again();
  },
  text: () => again('compose.numberUnclear'),
  file: takeFile,
};

export const originSourceStep: ComposeStepHandler = {
  isNeeded,
  ask: () => ({ key: 'compose.origin.askSource', choices: [] }),
  choose: () => again(),
  text({ draft }, words) {
    const sources = words.split(/\n|;/u).flatMap((line) => line.trim() || []);
    return sources.length === 0 ? again() : changed(draft, { sources });
  },
  file: takeFile,
};

export const originDaysStep: ComposeStepHandler = {
  isNeeded,
  ask: () => ({ key: 'compose.origin.askDays', choices: [] }),
  choose: () => again(),
  text({ draft }, words, { nowMs }) {
    const days = parseValidDays(words, localDateOf(nowMs));
    return days ? changed(draft, days) : again('compose.origin.daysUnclear');
  },
  file: takeFile,
};

export const originOwnerStep: ComposeStepHandler = {
  isNeeded,
  ask: (_, { plan, nowMs }) => ({
    key: 'compose.origin.askOwner',
    choices: withoutNine(
      plan.units
        .filter(({ active, external }) => active && !external)
        .map((unit) => ({ value: unit.id, label: unitName(unit, localDateOf(nowMs)) })),
    ),
  }),
  choose: ({ draft }, value, { plan }) =>
    plan.units.some(({ id }) => id === value) ? changed(draft, { owner: value }) : again(),
  text: () => again('compose.numberUnclear'),
  file: takeFile,
};

export const originReplacesStep: ComposeStepHandler = {
  isNeeded,
  ask: ({ draft }, context) => ({
    key: 'compose.origin.askReplaces',
    choices: withoutNine(
      postsOf(draft.topicId, context)
        .filter(({ id }) => id !== draft.postId)
        .map(({ id, title }) => ({ value: id, label: title })),
    ),
  }),
  choose: ({ draft }, value, context) =>
    postsOf(draft.topicId, context).some(({ id }) => id === value)
      ? changed(draft, { supersedes: value })
      : again(),
  text: () => again('compose.numberUnclear'),
  file: takeFile,
};

function changed(draft: RunDraft, change: Partial<Origin>): ComposeAnswer {
  return { kind: 'next', draft: { ...draft, origin: { ...originOf(draft), ...change } } };
}
