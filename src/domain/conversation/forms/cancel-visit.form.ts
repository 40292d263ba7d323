import { declareForm } from './form.ts';

/** Why a visit is called off. `about.visitId`. */
export const cancelVisitForm = declareForm({
  name: 'cancel-visit',
  version: 1,
  steps: { reason: { kind: 'text', maxLength: 500 } },
  isReviewed: false,
  mayFill: ({ staff }) => staff !== null,
  finish: ({ reason }, { visitId = '' }) => [
    { kind: 'inspection', order: { kind: 'cancel', visitId, reason } },
  ],
});
