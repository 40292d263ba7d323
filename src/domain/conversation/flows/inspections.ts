import { VERDICTS, type Verdict } from '../../inspections/visit.ts';
import type { AnswerPrompt, Command } from '../flow.ts';
import { cancelVisitForm } from '../forms/cancel-visit.form.ts';
import { findingForm } from '../forms/finding.form.ts';
import { startForm } from '../forms/form-flow.ts';
import { moveVisitForm } from '../forms/move-visit.form.ts';
import { planVisitForm } from '../forms/plan-visit.form.ts';
import { regroupVisitForm } from '../forms/regroup-visit.form.ts';
import type { InspectionOrder } from '../inspection-effects.ts';
import type { StepContext, StepResult } from '../types.ts';

const only = (order: InspectionOrder): StepResult => ({
  flow: null,
  effects: [{ kind: 'inspection', order }],
});

/** For everybody of staff: what they are shown is for the effect to decide. */
export const inspectionCommand: Command = {
  words: ['kiemtra', 'kiem tra', 'giam sat', 'kiem tra giam sat'],
  run: ({ staff }) => (staff === null ? null : only({ kind: 'list' })),
};

/** Values below a list: `visit:<id>`, plan, paper, rules. */
export const VISIT = 'visit:';

/** Below a visit, with the unit that is looked at: nobody of it can be chosen. */
export const regroupValue = (unitId: string): string => `${REGROUP}${unitId}`;
const REGROUP = 'regroup:';

/** Below an item of the checklist. */
export const verdictValue = (itemId: string, verdict: Verdict): string => `item:${verdict}:${itemId}`;

export const inspectionPrompts: AnswerPrompt = ({ subject }, value, context) => {
  if (subject.kind === 'inspections') return onList(value, context);
  if (subject.kind !== 'inspection') return null;
  const { visitId } = subject;
  const item = /^item:(?<verdict>[^:]+):(?<itemId>.+)$/u.exec(value)?.groups;
  const verdict = VERDICTS.find((one) => one === item?.['verdict']);
  if (item && verdict) return only({ kind: 'answer', visitId, itemId: item['itemId'] ?? '', verdict });
  if (value.startsWith(REGROUP))
    return startForm(regroupVisitForm, context, { visitId, unitId: value.slice(REGROUP.length) });
  switch (value) {
    case 'ask':
    case 'show':
    case 'minutes':
      return only({ kind: value, visitId });
    case 'close':
    case 'close-sure':
      return only({ kind: 'close', visitId, isSure: value === 'close-sure' });
    case 'find':
      return startForm(findingForm, context, { visitId });
    case 'move':
      return startForm(moveVisitForm, context, { visitId });
    case 'cancel':
      return startForm(cancelVisitForm, context, { visitId });
    default:
      return null;
  }
};

function onList(value: string, context: StepContext): StepResult | null {
  if (value.startsWith(VISIT)) return only({ kind: 'show', visitId: value.slice(VISIT.length) });
  if (value === 'plan') return startForm(planVisitForm, context);
  return only({ kind: value === 'paper' ? 'paper' : 'rules' });
}
