import { moreActs } from '../../cases/card-acts.ts';
import { parseVerdict } from '../../cases/parse-verdict.ts';
import { handlesCases } from '../../staff.ts';
import { cancelChoice, numbered } from '../choices.ts';
import type { AnswerPrompt } from '../flow.ts';
import type { Conversation, Effect, Input, OpenPrompt, StepContext, StepResult } from '../types.ts';
import { startForm } from '../forms/form-flow.ts';
import { correctCaseForm } from '../forms/correct-case.form.ts';
import { openedDuty } from './duty-prompts.ts';
import { startCaseForm } from './case-form.ts';
import { offerReply, startResidentWords } from './resident-words.ts';

const only = (effect: Effect): StepResult => ({ flow: null, effects: [effect] });

/** Below a card, a list of work, a list of colleagues; below news of a case and the list of a resident's own. */
export const casePrompts: AnswerPrompt = ({ subject }, value, context) => {
  switch (subject.kind) {
    case 'case-card':
      return mayWork(context) ? ofCard(subject, value, context) : null;
    case 'work-list':
      if (context.staff !== null && openedDuty(value)) return openedDuty(value);
      return mayWork(context) ? only({ kind: 'case-view', caseId: value, view: 'card' }) : null;
    case 'case-pick': {
      const matter = { caseId: subject.caseId, state: null };
      return mayWork(context) ? startCaseForm('hand-over', matter, context, { target: value }) : null;
    }
    case 'case-rating':
      return ofResident(subject.caseId, value === 'unsatisfied' ? 'dispute' : value, context);
    case 'case-question':
      return startResidentWords('reply', subject.caseId, context);
    case 'case-alike':
      return value === 'follow'
        ? only({ kind: 'follow-case', caseId: subject.caseId, intoId: subject.intoId })
        : only({ kind: 'say', text: { key: 'mycase.alike.kept' } });
    case 'my-cases':
      return only({ kind: 'my-case', caseId: value, view: 'detail' });
    case 'my-case':
      return ofResident(subject.caseId, value, context);
    case 'window':
      return only({ kind: 'say', text: { key: 'mycase.window.thanks' } });
    default:
      return null;
  }
};

const mayWork = ({ staff }: StepContext): boolean => staff !== null && handlesCases(staff);

function ofCard(
  subject: Extract<OpenPrompt['subject'], { kind: 'case-card' }>,
  value: string,
  context: StepContext,
): StepResult | null {
  const { caseId, state = null, stage = null } = subject;
  switch (value) {
    case 'take':
    case 'resume':
      return only({ kind: 'case-act', caseId, act: 'take', values: {} });
    case 'close':
      return only({ kind: 'case-act', caseId, act: 'close', values: {} });
    case 'say':
    case 'ask':
    case 'propose':
    case 'wait-outside':
    case 'extend':
    case 'accept':
    case 'complex':
    case 'transfer':
    case 'refuse':
    case 'merge':
    case 'reopen':
      return startCaseForm(value, { caseId, state }, context);
    case 'hand-over':
      return only({ kind: 'case-view', caseId, view: 'colleagues' });
    case 'history':
    case 'deadline':
      return only({ kind: 'case-view', caseId, view: value });
    case 'more':
      return only({
        kind: 'say',
        text: { key: 'casework.more' },
        subject,
        choices: [
          ...numbered(
            context,
            moreActs(stage).map((act) => ({ value: act, label: { key: `casework.act.${act}` } })),
          ),
          cancelChoice(context),
        ],
      });
    default:
      return { flow: null, effects: [{ kind: 'say', text: { key: 'casework.cancelled' } }] };
  }
}

function ofResident(caseId: string, value: string, context: StepContext): StepResult | null {
  switch (value) {
    case 'satisfied':
    case 'acceptable':
      return only({ kind: 'resident-act', caseId, act: 'rate', rating: value, words: '', files: [] });
    case 'reply':
    case 'add':
    case 'dispute':
    case 'withdraw':
      return startResidentWords(value, caseId, context);
    case 'correct':
      return startForm(correctCaseForm, context, { caseId });
    case 'deadline':
      return only({ kind: 'my-case', caseId, view: 'deadline' });
    default:
      return null;
  }
}

/**
 * Words outside any form while something of a case is open: "đã sáng" under a result, or what answers an officer's question.
 * Null: they mean something else.
 */
export function wordsOnCase(
  { prompts }: Pick<Conversation, 'prompts'>,
  input: Input,
  context: StepContext,
): { readonly result: StepResult; readonly promptId: string } | null {
  if (context.staff !== null) return null;
  const verdict = input.kind === 'text' ? parseVerdict(input.folded) : null;
  for (const { id, subject } of prompts) {
    if (subject.kind === 'case-rating' && verdict !== null) {
      const value = verdict === 'done' ? 'satisfied' : 'dispute';
      const result = ofResident(subject.caseId, value, context);
      return result && { result, promptId: id };
    }
    if (subject.kind === 'case-question') {
      const result = offerReply(subject.caseId, subject.code, input, context);
      return result && { result, promptId: '' };
    }
  }
  return null;
}
