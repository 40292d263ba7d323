import { declareForm } from './form.ts';

/** How far a duty has come. `about.dutyId`. */
export const progressForm = declareForm({
  name: 'progress',
  version: 1,
  steps: { words: { kind: 'text', maxLength: 500 } },
  isReviewed: false,
  mayFill: ({ staff }) => staff !== null,
  finish: ({ words }, { dutyId = '' }) => [{ kind: 'duty-action', dutyId, action: 'progress', note: words }],
});
