import { soundsLikeDenunciation } from '../../vietnamese/triage.ts';
import type { Flow } from '../flow.ts';
import { startReportWith } from '../flows/report.ts';
import type { Input, StepContext, StepResult } from '../types.ts';
import { askedSteps, askStep } from './ask-step.ts';
import type { About, Answers } from './answers.ts';
import type { Form } from './form.ts';
import { EDIT, type FormState, SUMMARY } from './form-state.ts';
import { SKIP } from './option-number.ts';
import { readAnswer } from './read-answer.ts';

/** Photos that come one after another are answered once; after this long the question is put again. */
const QUIET_MS = 60_000;

/** Opens a form at its first question. */
export function startForm(form: Form, context: StepContext, about: About = {}): StepResult {
  if (!form.mayFill(context)) return say('common.notAllowed');
  return goOn(form, newState(form, {}, about), context);
}

const newState = (form: Form, answers: Answers, about: About): FormState => ({
  ...{ name: 'form', version: 1, form: form.name, formVersion: form.version },
  ...{ step: '', answers, about, isEditing: false, askedAtMs: 0 },
});

/** Runs declared forms. One that is no more, or whose steps changed, is told of kindly; what was answered is kept. */
export const createFormFlow = (forms: readonly Form[]): Flow<FormState> => ({
  name: 'form',
  version: 1,
  onInput(state, input, context) {
    const form = forms.find(({ name }) => name === state.form);
    if (!form) return say('common.formChanged');
    if (!form.mayFill(context)) return say('common.notAllowed');
    if (state.formVersion !== form.version) return takeOver(form, state, context);
    if (input.kind === 'sticker') return withFirst('common.sticker', askStep(form, state, context));
    if (context.staff === null && input.kind === 'text' && soundsLikeDenunciation(input.text))
      return startReportWith(input, context);
    return input.kind === 'choice'
      ? chosen(form, state, input, context)
      : answered(form, state, input, context);
  },
});

const say = (key: string): StepResult => ({ flow: null, effects: [{ kind: 'say', text: { key } }] });

const withFirst = (key: string, result: StepResult): StepResult => ({
  ...result,
  effects: [{ kind: 'say', text: { key } }, ...result.effects],
});

/** The answers whose step is still of the same name stay; a form that is reviewed shows them before they count. */
function takeOver(form: Form, { answers, about }: FormState, context: StepContext): StepResult {
  const kept = Object.fromEntries(Object.entries(answers).filter(([name]) => name in form.steps));
  return withFirst('common.formRenewed', goOn(form, newState(form, kept, about), context));
}

function chosen(
  form: Form,
  state: FormState,
  input: Extract<Input, { readonly kind: 'choice' }>,
  context: StepContext,
): StepResult {
  const { value } = input;
  if (value === 'cancel') return say(`form.${form.name}.cancelled`);
  if (value === 'back') return back(form, state, context);
  if (value === SKIP && form.steps[state.step]?.optional)
    return goOn(form, { ...state, answers: { ...state.answers, [state.step]: null } }, context);
  if (state.step === SUMMARY) {
    if (value === 'send') return refused(form, state, context) ?? end(form, state, context);
    return askStep(form, value === 'edit' ? { ...state, step: EDIT } : state, context);
  }
  if (state.step === EDIT) return change(form, { ...state, isEditing: true }, value, context);
  return answered(form, state, input, context);
}

/** The answer stays until another takes its place; photos are sent anew, since no single one can be taken out. */
function change(form: Form, state: FormState, name: string, context: StepContext): StepResult {
  const step = form.steps[name];
  if (!step) return askStep(form, state, context);
  const kept = Object.entries(state.answers).filter(([one]) => one !== name || step.kind !== 'photos');
  const answers = Object.fromEntries(kept);
  return askStep(form, { ...state, step: name, answers }, context);
}

function back(form: Form, state: FormState, context: StepContext): StepResult {
  if (state.isEditing || state.step === EDIT) return goOn(form, { ...state, isEditing: false }, context);
  const asked = askedSteps(form, state.answers, context).map(([name]) => name);
  const at = state.step === SUMMARY ? asked.length : asked.indexOf(state.step);
  const previous = asked[at - 1];
  return previous === undefined
    ? askStep(form, state, context)
    : change(form, { ...state, isEditing: false }, previous, context);
}

function answered(form: Form, state: FormState, input: Input, context: StepContext): StepResult {
  const step = form.steps[state.step];
  if (!step) return askStep(form, state, context);
  const before = state.answers[state.step];
  const read = readAnswer(step, input, before, context, state.about, state.answers);
  if (read.kind === 'unclear') return askStep(form, state, context, true);
  const next = { ...state, answers: { ...state.answers, [state.step]: read.answer } };
  if (read.kind === 'answer') return goOn(form, next, context);
  const isQuiet = input.kind === 'file' && before !== undefined && context.nowMs - state.askedAtMs < QUIET_MS;
  return isQuiet ? { flow: next, effects: [] } : askStep(form, next, context);
}

/** A form that has waited: reminded of once, then gone. Null: somebody has gone on with it meanwhile. */
export function ageForm(
  forms: readonly Form[],
  state: FormState,
  what: 'nudge' | 'erase',
  context: StepContext,
): StepResult | null {
  const form = forms.find(({ name }) => name === state.form);
  if (what === 'erase' || !form) return { flow: null, effects: [] };
  if (state.isNudged) return null;
  const asked = withFirst('common.formWaits', askStep(form, state, context));
  return { ...asked, flow: { ...state, isNudged: true } };
}

/** To the first step without an answer, the summary, or the end. */
function goOn(form: Form, state: FormState, context: StepContext): StepResult {
  const open = askedSteps(form, state.answers, context).find(([name]) => state.answers[name] === undefined);
  const next = { ...state, isEditing: false, step: open?.[0] ?? SUMMARY };
  const refusal = open ? null : refused(form, next, context);
  if (refusal) return refusal;
  return open || form.isReviewed ? askStep(form, next, context) : end(form, next, context);
}

/** The words for what does not go together, and the step put again with its answer still there. */
function refused(form: Form, state: FormState, context: StepContext): StepResult | null {
  const refusal = form.check?.(counted(form, state, context), context) ?? null;
  return refusal && withFirst(refusal.key, askStep(form, { ...state, step: refusal.step }, context));
}

function end(form: Form, state: FormState, context: StepContext): StepResult {
  return { flow: null, effects: form.finish(counted(form, state, context), state.about) };
}

/** What was answered before another answer made it needless counts for nothing. */
function counted(form: Form, { answers }: FormState, context: StepContext): Answers {
  const asked = askedSteps(form, answers, context).map(([name]) => name);
  return Object.fromEntries(
    Object.keys(form.steps).map((name) => [name, asked.includes(name) ? (answers[name] ?? null) : null]),
  );
}
