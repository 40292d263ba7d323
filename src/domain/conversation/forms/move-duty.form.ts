import { isLeading } from '../../staff.ts';
import { declareForm } from './form.ts';

/** Another day for a duty, and why. `about.dutyId`. */
export const moveDutyForm = declareForm({
  name: 'move-duty',
  version: 1,
  steps: { day: { kind: 'date', range: 'from-today' }, reason: { kind: 'text', maxLength: 500 } },
  isReviewed: false,
  mayFill: ({ staff }) => staff !== null && isLeading(staff),
  finish: ({ day, reason }, { dutyId = '' }) => [
    { kind: 'order-duty', order: { kind: 'move', dutyId, dueDate: day, reason } },
  ],
});
