import { backChoice, cancelChoice, numbered } from '../choices.ts';
import type { Choice } from '../../outbound.ts';
import type { StepContext, StepResult, TextRef } from '../types.ts';
import type { About, Answers } from './answers.ts';
import type { Form, Step } from './form.ts';
import { EDIT, type FormState, SUMMARY } from './form-state.ts';
import { ASIDE_NUMBER, DONE, optionNumber, SKIP } from './option-number.ts';
import { presentAnswer } from './present-answer.ts';

/** The steps that are asked, as the answers are now. */
export function askedSteps(
  form: Form,
  answers: Answers,
  context: StepContext,
): readonly (readonly [string, Step])[] {
  return Object.entries(form.steps).filter(([, step]) => step.when?.(answers, context) ?? true);
}

/** Puts the question at which the form stands; `again`: the last answer could not be read. */
export function askStep(form: Form, state: FormState, context: StepContext, again = false): StepResult {
  const said = { ...state, askedAtMs: context.nowMs };
  switch (state.step) {
    case SUMMARY:
      return say(said, summaryText(form, state, context), summaryChoices(form, context));
    case EDIT:
      return say(said, { key: 'common.askEdit' }, editChoices(form, state, context));
    default: {
      const asked = askedSteps(form, state.answers, context);
      const index = asked.findIndex(([name]) => name === state.step);
      const step = form.steps[state.step];
      if (!step) throw new Error(`form ${form.name} has no step ${state.step}`);
      const key = again ? `form.${form.name}.again.${state.step}` : `form.${form.name}.ask.${state.step}`;
      const params = {
        ...form.textParams?.(state.about),
        ...(step.kind === 'neighbourhood' && { known: known(context) }),
      };
      const question = { key, params };
      const text: TextRef =
        again || state.isEditing || asked.length < 2
          ? question
          : {
              key: 'common.stepOf',
              params: { number: index + 1, count: asked.length, question: context.text(question) },
            };
      return say(said, text, stepChoices(step, state, index > 0 || state.isEditing, context));
    }
  }
}

const known = ({ plan }: StepContext): string => plan.neighbourhoods.map(({ name }) => name).join(', ');

const say = (flow: FormState, text: TextRef, choices: readonly Choice[]): StepResult => ({
  flow,
  effects: [{ kind: 'say', text, choices }],
});

function stepChoices(
  step: Step,
  { answers, about, step: name }: FormState,
  canGoBack: boolean,
  context: StepContext,
): readonly Choice[] {
  const held = answers[name];
  const isPart =
    Array.isArray(held) && held.length > 0 && (step.kind === 'choices' || step.kind === 'photos');
  const choices = [
    ...ownChoices(step, answers, about, context),
    ...(isPart
      ? [{ number: ASIDE_NUMBER, value: DONE, label: context.text({ key: 'common.enough' }) }]
      : step.optional
        ? [{ number: ASIDE_NUMBER, value: SKIP, label: context.text({ key: 'common.skip' }) }]
        : []),
    ...(canGoBack ? [backChoice(context)] : []),
    cancelChoice(context),
  ];
  return step.kind === 'count' ? choices.map((choice) => ({ ...choice, isWorded: true })) : choices;
}

function ownChoices(step: Step, answers: Answers, about: About, context: StepContext): readonly Choice[] {
  switch (step.kind) {
    case 'choice':
    case 'choices':
      return numbered(context, step.options(context, about, answers), optionNumber);
    case 'yes-no':
      return numbered(context, [
        { value: 'yes', label: { key: 'common.yes' } },
        { value: 'no', label: { key: 'common.no' } },
      ]);
    case 'text':
    case 'count':
    case 'photos':
    case 'place':
    case 'phone':
    case 'date':
    case 'neighbourhood':
      return [];
  }
}

function summaryText(form: Form, { answers, about }: FormState, context: StepContext): TextRef {
  const lines = askedSteps(form, answers, context).flatMap(([name, step]) => {
    const value = presentAnswer(step, answers[name], context, about, answers);
    const label = context.text({ key: `form.${form.name}.label.${name}` });
    return value === null ? [] : [context.text({ key: 'common.summaryLine', params: { label, value } })];
  });
  return {
    key: `form.${form.name}.summary`,
    params: { ...form.textParams?.(about), lines: lines.join('\n') },
  };
}

const summaryChoices = (form: Form, context: StepContext): readonly Choice[] => [
  ...numbered(context, [
    { value: 'send', label: { key: `form.${form.name}.send` } },
    { value: 'edit', label: { key: 'common.edit' } },
  ]),
  cancelChoice(context),
];

const editChoices = (form: Form, { answers }: FormState, context: StepContext): readonly Choice[] => [
  ...numbered(
    context,
    askedSteps(form, answers, context).map(([value]) => ({
      value,
      label: { key: `form.${form.name}.label.${value}` },
    })),
    optionNumber,
  ),
  backChoice(context),
];
