import type { Choice } from '../../outbound.ts';
import type { AnswerPrompt } from '../flow.ts';
import type { StepResult, TextRef } from '../types.ts';
import { startDutyAssign } from './duty-assign.ts';
import { startDutyProof } from './duty-proof.ts';
import { startDutySnooze } from './duty-snooze.ts';

/** Who a reminder speaks to: what they can answer differs. */
export type DutyAudience = 'responsible' | 'head' | 'chairperson';

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

/** Answers to a reminder. What becomes of them is said by the effect, which alone knows how the duty stands. */
export const dutyPrompts: AnswerPrompt = ({ subject }, value, context) => {
  if (subject.kind !== 'duty' && subject.kind !== 'duty-pick') return null;
  if (context.staff === null) return only({ key: 'common.notAllowed' });
  const { dutyId } = subject;
  if (subject.kind === 'duty-pick') return startDutyAssign(dutyId, value, context);
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
      return startDutyProof(dutyId, context);
    default:
      return null;
  }
};

function only(text: TextRef): StepResult {
  return { flow: null, effects: [{ kind: 'say', text }] };
}
