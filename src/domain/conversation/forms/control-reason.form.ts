import { declareForm } from './form.ts';

/** Why a run was held or stopped, in words of one's own, after it was. `about.runId`, `about.action`. */
export const controlReasonForm = declareForm({
  name: 'control-reason',
  version: 1,
  steps: { reason: { kind: 'text', maxLength: 500 } },
  isReviewed: false,
  mayFill: ({ staff }) => staff !== null,
  finish: ({ reason }, { runId = '', action }) => [
    { kind: 'note-reason', runId, action: action === 'pause' ? 'pause' : 'cancel', reason },
  ],
});
