import { declareForm } from './form.ts';

/** Why a duty is given to somebody else; both of them read it. `about.dutyId`, `about.toId`. */
export const assignDutyForm = declareForm({
  name: 'assign-duty',
  version: 1,
  steps: { reason: { kind: 'text', maxLength: 500 } },
  isReviewed: false,
  mayFill: ({ staff }) => staff !== null,
  finish: ({ reason }, { dutyId = '', toId = '' }) => [{ kind: 'assign-duty', dutyId, toId, reason }],
});
