import { USUALLY_DONE_BY } from '../../done-by.ts';
import { DUTY_AUDIENCES, type DutyAudience } from '../../duty.ts';
import { dutyOfReminder } from '../../duties/reminder-id.ts';
import type { Choice, OfDuty, PromptSubject } from '../../outbound.ts';
import { listNumber } from '../choices.ts';
import type { AnswerPrompt } from '../flow.ts';
import { assignDutyForm } from '../forms/assign-duty.form.ts';
import { cancelDutyForm } from '../forms/cancel-duty.form.ts';
import { startForm } from '../forms/form-flow.ts';
import { moveDutyForm } from '../forms/move-duty.form.ts';
import { progressForm } from '../forms/progress.form.ts';
import { splitDutyForm } from '../forms/split-duty.form.ts';
import type { StepContext, StepResult, TextRef } from '../types.ts';
import { startDutyChecklist } from './duty-checklist.ts';
import { startDutyProof } from './duty-proof.ts';
import { startFiguresOf } from './procedures.ts';
import { startDutySnooze } from './duty-snooze.ts';

const VALUES: Readonly<Record<DutyAudience, readonly string[]>> = {
  responsible: ['acknowledge', 'snooze', 'done', 'help'],
  head: ['assign', 'will-ask', 'known', 'done'],
  chairperson: ['assign', 'will-ask', 'known'],
};

/** The numbered answers below a reminder. Rendered once, when it is queued. */
export function dutyChoices(audience: DutyAudience, text: (ref: TextRef) => string): readonly Choice[] {
  return VALUES[audience].map((value, index) => ({
    number: String(index + 1),
    value,
    label: text({ key: `duty.choice.${value}` }),
  }));
}

/** What more can be done with a duty that somebody opened. */
const MORE: Readonly<Record<DutyAudience, readonly string[]>> = {
  responsible: ['progress'],
  head: ['move', 'split', 'cancel-duty'],
  chairperson: ['move', 'split', 'cancel-duty'],
};

/** The answers of a reminder, and the rest behind them. */
export function openedChoices(audience: DutyAudience, text: (ref: TextRef) => string): readonly Choice[] {
  const answers = dutyChoices(audience, text);
  const more = MORE[audience].map((value, index) => ({
    number: listNumber(answers.length + index),
    value,
    label: text({ key: `duty.choice.${value}` }),
  }));
  return [...answers, ...more];
}

/** Answers to a reminder. What becomes of them is said by the effect, which alone knows how the duty stands. */
export const dutyPrompts: AnswerPrompt = ({ subject }, value, context) => {
  if (subject.kind === 'duty-list') return context.staff === null ? notAllowed() : ofList(subject, value);
  if (subject.kind !== 'duty' && subject.kind !== 'listed-duty' && subject.kind !== 'duty-pick') return null;
  if (context.staff === null) return notAllowed();
  const { dutyId } = subject;
  if (subject.kind === 'duty-pick') return startForm(assignDutyForm, context, { dutyId, toId: value });
  switch (value) {
    case 'acknowledge':
    case 'will-ask':
    case 'known':
      return { flow: null, effects: [{ kind: 'duty-action', dutyId, action: 'acknowledge' }] };
    case 'assign':
      return { flow: null, effects: [{ kind: 'pick-assignee', dutyId }] };
    case 'help':
      return { flow: null, effects: [{ kind: 'duty-action', dutyId, action: 'help' }] };
    case 'snooze':
      return startDutySnooze(dutyId, context);
    case 'done':
      return startFiguresOf(dutyId, context) ?? startDone(subject, context);
    case 'progress':
      return startForm(progressForm, context, { dutyId });
    case 'move':
      return startForm(moveDutyForm, context, { dutyId });
    case 'split':
      return startForm(splitDutyForm, context, { dutyId });
    case 'cancel-duty':
      return startForm(cancelDutyForm, context, { dutyId });
    default:
      return openedDuty(value);
  }
};

function startDone(subject: OfDuty, context: StepContext): StepResult {
  const { dutyId, doneBy = USUALLY_DONE_BY } = subject;
  return doneBy.kind === 'checklist'
    ? startDutyChecklist(dutyId, doneBy.items, context)
    : startDutyProof(dutyId, doneBy.kind, context);
}

/** A number opens one; what acknowledges all of them is the last. */
export const ALL_OF_LIST = 'all';

function ofList({ reminders }: Extract<PromptSubject, { kind: 'duty-list' }>, value: string): StepResult {
  if (value === ALL_OF_LIST) {
    const dutyIds = [...new Set(reminders.map(dutyOfReminder))];
    return { flow: null, effects: [{ kind: 'acknowledge-duties', dutyIds }] };
  }
  return openedDuty(value) ?? { flow: null, effects: [] };
}

/** The value of a choice that opens a duty. */
export const openValue = (to: DutyAudience, dutyId: string): string => `open ${to} ${dutyId}`;

/** Null: the value opens none. */
export function openedDuty(value: string): StepResult | null {
  const [verb, audience = '', dutyId = ''] = value.split(' ');
  const to = DUTY_AUDIENCES.find((one) => one === audience);
  return verb === 'open' && to ? { flow: null, effects: [{ kind: 'show-duty', dutyId, to }] } : null;
}

const notAllowed = (): StepResult => ({
  flow: null,
  effects: [{ kind: 'say', text: { key: 'common.notAllowed' } }],
});
