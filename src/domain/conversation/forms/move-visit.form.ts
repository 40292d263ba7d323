import { declareForm } from './form.ts';
import { checkVisitDay, visitDaySteps, wantedDay } from './visit-day.ts';

/** Another day for a visit, and why. `about.visitId`. */
export const moveVisitForm = declareForm({
  name: 'move-visit',
  version: 1,
  steps: { ...visitDaySteps('from-tomorrow'), reason: { kind: 'text', maxLength: 500 } },
  isReviewed: false,
  mayFill: ({ staff }) => staff !== null,
  check: checkVisitDay,
  finish: ({ reason, ...day }, { visitId = '' }) => [
    { kind: 'inspection', order: { kind: 'move', visitId, day: wantedDay(day), reason } },
  ],
});
