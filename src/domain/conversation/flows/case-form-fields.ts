import { localDateOf } from '../../calendar/local-time.ts';
import { ruleInForce } from '../../calendar/rule-in-force.ts';
import { parseDay } from '../../text/parse-day.ts';
import { parseProof } from '../../duties/parse-proof.ts';
import type { CaseGround, CaseTemplate } from '../../plan-cases.ts';
import type { Input, StepContext } from '../types.ts';
import type { CaseField, CaseFormState, CaseFormValues, FormAct } from './case-form-state.ts';

/** What each act asks for, in order. */
const FORMS: Readonly<Record<FormAct, readonly CaseField[]>> = {
  say: ['words'],
  ask: ['words'],
  propose: ['words', 'evidence'],
  'hand-over': ['words'],
  'wait-outside': ['body', 'day'],
  extend: ['days', 'words'],
  accept: [],
  complex: ['words'],
  transfer: ['ground', 'body'],
  refuse: ['ground', 'words'],
  merge: ['code'],
  reopen: ['words'],
};

/** What a resident will read, and what starts a lawful term, is looked at once more. */
export const LOOKED_AT: ReadonlySet<FormAct> = new Set([
  'say',
  'ask',
  'propose',
  'extend',
  'accept',
  'complex',
  'transfer',
  'refuse',
]);

const LONGEST_WORDS = 1_500;
const LONGEST_BODY = 200;

/** The first field that is still empty; null when all is there. A template with a blank in it is not filled in. */
export function nextField({ act, values }: Pick<CaseFormState, 'act' | 'values'>): CaseField | null {
  return FORMS[act].find((field) => values[field] === undefined || blankIn(values, field) !== null) ?? null;
}

/** The name of the first blank of a template: `{ngày hẹn}`. */
export function blankIn(values: CaseFormValues, field: CaseField): string | null {
  return field === 'words' ? (/\{([^{}]+)\}/u.exec(values.words ?? '')?.[1] ?? null) : null;
}

export function templatesFor(
  { act, caseState }: CaseFormState,
  { plan }: StepContext,
): readonly CaseTemplate[] {
  return plan.cases.templates.filter(
    (one) =>
      one.act === act && (caseState === null || one.states.length === 0 || one.states.includes(caseState)),
  );
}

/** Grounds that hold today. */
export function groundsFor(act: FormAct, { plan, nowMs }: StepContext): readonly CaseGround[] {
  const today = localDateOf(nowMs);
  return plan.cases.grounds.filter((one) => one.act === act && one.effectiveFrom <= today);
}

/** The longest extension in days; the plan's rule says it. */
export function longestExtension({ plan, nowMs }: StepContext): number {
  return ruleInForce(plan, plan.cases.extensionRule, nowMs)?.term.amount ?? 0;
}

/** What an input means for a field; null when it is no answer to it. */
export function readField(
  field: CaseField,
  input: Input,
  state: CaseFormState,
  context: StepContext,
): Partial<CaseFormValues> | null {
  if (field === 'evidence' && input.kind === 'file') {
    return input.file.kind === 'photo' ? { evidence: { kind: 'photo', file: input.file } } : null;
  }
  if (input.kind === 'choice') return readChoice(field, input.value, state, context);
  if (input.kind !== 'text' || input.text === '') return null;
  return readText(field, input, state, context);
}

function readChoice(
  field: CaseField,
  value: string,
  state: CaseFormState,
  context: StepContext,
): Partial<CaseFormValues> | null {
  if (field === 'ground')
    return groundsFor(state.act, context).some(({ id }) => id === value) ? { ground: value } : null;
  if (field !== 'words') return null;
  const template = templatesFor(state, context).find(({ id }) => id === value);
  return template ? { words: template.body } : null;
}

function readText(
  field: CaseField,
  { text, folded }: Extract<Input, { kind: 'text' }>,
  { values }: CaseFormState,
  context: StepContext,
): Partial<CaseFormValues> | null {
  switch (field) {
    case 'words': {
      const blank = blankIn(values, 'words');
      const words = blank === null ? text : (values.words ?? '').replace(`{${blank}}`, () => text);
      return { words: words.slice(0, LONGEST_WORDS) };
    }
    case 'evidence': {
      const { number, date } = parseProof(text, localDateOf(context.nowMs));
      return number === null ? null : { evidence: { kind: 'document', number, date } };
    }
    case 'body':
      return { body: text.slice(0, LONGEST_BODY) };
    case 'day': {
      const day = parseDay(folded, localDateOf(context.nowMs));
      return day !== null && day > localDateOf(context.nowMs) ? { day } : null;
    }
    case 'days': {
      const days = Number(/^\D*(\d{1,3})\D*$/u.exec(text)?.[1] ?? Number.NaN);
      return days >= 1 && days <= longestExtension(context) ? { days } : null;
    }
    case 'code': {
      const code = /(?<!\d)(\d{1,2}-\d{4})(?!\d)/u.exec(text)?.[1];
      return code === undefined ? null : { code };
    }
    case 'ground':
      return null;
  }
}
