import type { CaseState } from '../../cases/states.ts';
import { humanDate } from '../../calendar/deadline.ts';
import { endOfDay } from '../../calendar/local-time.ts';
import { cancelChoice, numbered } from '../choices.ts';
import type { Flow } from '../flow.ts';
import type { StepContext, StepResult } from '../types.ts';
import {
  blankIn,
  groundsFor,
  longestExtension,
  LOOKED_AT,
  nextField,
  readField,
  templatesFor,
} from './case-form-fields.ts';
import type { CaseField, CaseFormState, CaseFormValues, FormAct } from './case-form-state.ts';

/** An officer does something with a case that needs words: a form of one or two questions. */
export function startCaseForm(
  act: FormAct,
  matter: { readonly caseId: string; readonly state: CaseState | null },
  context: StepContext,
  values: CaseFormValues = {},
): StepResult {
  const state: CaseFormState = {
    ...{ name: 'case-form', version: 1, caseId: matter.caseId, act, caseState: matter.state },
    ...{ step: 'words', values },
  };
  return goOn(state, context);
}

export const caseFormFlow: Flow<CaseFormState> = {
  name: 'case-form',
  version: 1,
  onInput(state, input, context) {
    if (input.kind === 'choice' && input.value === 'cancel') {
      return { flow: null, effects: [{ kind: 'say', text: { key: 'casework.cancelled' } }] };
    }
    if (state.step === 'confirm') {
      if (input.kind === 'choice' && input.value === 'send') return done(state);
      if (input.kind === 'choice' && input.value === 'edit') {
        const { target } = state.values;
        return goOn({ ...state, values: target === undefined ? {} : { target } }, context);
      }
      return goOn(state, context);
    }
    const read = readField(state.step, input, state, context);
    if (read === null) return ask(state, state.step, context, `casework.again.${state.step}`);
    return goOn({ ...state, values: { ...state.values, ...read } }, context);
  },
};

function goOn(state: CaseFormState, context: StepContext): StepResult {
  const field = nextField(state);
  if (field !== null) return ask({ ...state, step: field }, field, context);
  return LOOKED_AT.has(state.act) ? confirm({ ...state, step: 'confirm' }, context) : done(state);
}

function done({ caseId, act, values }: CaseFormState): StepResult {
  return { flow: null, effects: [{ kind: 'case-act', caseId, act, values }] };
}

function ask(
  state: CaseFormState,
  field: CaseField,
  context: StepContext,
  key = `casework.ask.${state.act}.${field}`,
): StepResult {
  const blank = blankIn(state.values, field);
  const options =
    field === 'ground'
      ? groundsFor(state.act, context).map(({ id, label }) => ({ value: id, label }))
      : field === 'words' && blank === null
        ? templatesFor(state, context).map(({ id, label }) => ({ value: id, label }))
        : [];
  return {
    flow: { ...state, step: field },
    effects: [
      {
        kind: 'say',
        text:
          blank === null
            ? { key, params: { max: longestExtension(context) } }
            : { key: 'casework.blank', params: { words: state.values.words ?? '', blank } },
        choices: [...numbered(context, options), cancelChoice(context)],
      },
    ],
  };
}

function confirm(state: CaseFormState, context: StepContext): StepResult {
  const { words = '', body = '', days = 0, ground, evidence } = state.values;
  const chosen = groundsFor(state.act, context).find(({ id }) => id === ground);
  return {
    flow: state,
    effects: [
      {
        kind: 'say',
        text: {
          key: `casework.confirm.${state.act}`,
          params: {
            ...{ words, body, days },
            ground: chosen === undefined ? '' : `${chosen.label} (${chosen.source})`,
            evidence: evidence === undefined ? '' : evidenceWords(evidence, context),
          },
        },
        choices: [
          ...numbered(context, [
            { value: 'send', label: { key: 'casework.choice.send' } },
            { value: 'edit', label: { key: 'casework.choice.edit' } },
          ]),
          cancelChoice(context),
        ],
      },
    ],
  };
}

function evidenceWords(evidence: NonNullable<CaseFormValues['evidence']>, context: StepContext): string {
  if (evidence.kind === 'photo') return context.text({ key: 'casework.evidence.photo' });
  const { number, date } = evidence;
  return date === null
    ? context.text({ key: 'casework.evidence.document', params: { number } })
    : context.text({
        key: 'casework.evidence.documentOf',
        params: { number, date: humanDate(endOfDay(date)) },
      });
}
