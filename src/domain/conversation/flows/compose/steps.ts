import type { RunDraft, StepContext } from '../../types.ts';
import type { ComposeState, ComposeStep } from '../broadcast-state.ts';
import { attachStep } from './attach-step.ts';
import { audienceStep, channelsStep, groupsStep, neighbourhoodsStep } from './audience-step.ts';
import { editStep, previewStep } from './preview-step.ts';
import { consentHowStep, consentWhoStep, personsStep } from './consent-step.ts';
import { offerStep } from './offer-step.ts';
import {
  originDaysStep,
  originOwnerStep,
  originReplacesStep,
  originSourceStep,
  originStep,
} from './origin-step.ts';
import { meetingChairStep, meetingStep, meetingWhereStep } from './meeting-step.ts';
import type { ComposeStepHandler } from './step.ts';
import { postStep, topicStep } from './topic-step.ts';
import { dateStep, daysStep, monthStep, weeklyStep, whenStep } from './when-step.ts';
import { wordsStep } from './words-step.ts';

export const STEPS: Readonly<Record<ComposeStep, ComposeStepHandler>> = {
  offer: offerStep,
  topic: topicStep,
  post: postStep,
  words: wordsStep,
  persons: personsStep,
  'consent-who': consentWhoStep,
  'consent-how': consentHowStep,
  origin: originStep,
  'origin-source': originSourceStep,
  'origin-days': originDaysStep,
  'origin-owner': originOwnerStep,
  'origin-replaces': originReplacesStep,
  when: whenStep,
  date: dateStep,
  days: daysStep,
  weekly: weeklyStep,
  month: monthStep,
  preview: previewStep,
  edit: editStep,
  attach: attachStep,
  meeting: meetingStep,
  'meeting-where': meetingWhereStep,
  'meeting-chair': meetingChairStep,
  audience: audienceStep,
  'audience-neighbourhoods': neighbourhoodsStep,
  'audience-channels': channelsStep,
  'audience-groups': groupsStep,
};

/** The way from an empty form to the preview; a step that is not needed is passed by. */
const WAY: readonly ComposeStep[] = [
  'topic',
  'post',
  'words',
  'persons',
  'consent-who',
  'consent-how',
  'meeting',
  'meeting-chair',
  'when',
  'preview',
];

/** Where a post that was taken up again has to be gone on with: the preview, where nothing is missing. */
export function firstMissing(draft: RunDraft, context: StepContext): ComposeStep {
  const missing = WAY.find((step) => step !== 'when' && STEPS[step].isNeeded(draft, context));
  return missing ?? 'preview';
}

export function nextStep(state: ComposeState, context: StepContext): ComposeStep {
  if (state.editing) return 'preview';
  const from = WAY.indexOf(state.step);
  return WAY.slice(from + 1).find((step) => STEPS[step].isNeeded(state.draft, context)) ?? 'preview';
}
