import { isLeading } from '../../staff.ts';
import { declareForm } from './form.ts';

/** A duty that need not be done after all, and why. `about.dutyId`. */
export const cancelDutyForm = declareForm({
  name: 'cancel-duty',
  version: 1,
  steps: { reason: { kind: 'text', maxLength: 500 } },
  isReviewed: false,
  mayFill: ({ staff }) => staff !== null && isLeading(staff),
  finish: ({ reason }, { dutyId = '' }) => [
    { kind: 'order-duty', order: { kind: 'cancel', dutyId, reason } },
  ],
});
