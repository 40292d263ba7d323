import { isLeading } from '../../staff.ts';
import { declareForm } from './form.ts';
import { shownByOf, SOMETHING_GIVEN } from './something-given.ts';

/** A part of a duty for somebody else. `about.dutyId`. */
export const splitDutyForm = declareForm({
  name: 'split-duty',
  version: 2,
  steps: SOMETHING_GIVEN,
  isReviewed: true,
  choosesPeople: true,
  mayFill: ({ staff }) => staff !== null && isLeading(staff),
  finish: ({ title, to, day, shownBy }, { dutyId = '' }) => [
    {
      kind: 'order-duty',
      order: { kind: 'split', dutyId, title, toId: to, dueDate: day, shownBy: shownByOf(shownBy) },
    },
  ],
});
