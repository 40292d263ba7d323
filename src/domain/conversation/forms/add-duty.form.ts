import { isLeading } from '../../staff.ts';
import { declareForm } from './form.ts';
import { shownByOf, SOMETHING_GIVEN } from './something-given.ts';

/** A leader gives somebody something to do that no date of the plan makes. */
export const addDutyForm = declareForm({
  name: 'add-duty',
  version: 2,
  steps: {
    ...SOMETHING_GIVEN,
    reason: { kind: 'text', maxLength: 500 },
  },
  isReviewed: true,
  choosesPeople: true,
  mayFill: ({ staff }) => staff !== null && isLeading(staff),
  finish: ({ title, to, day, shownBy, reason }) => [
    {
      kind: 'order-duty',
      order: { kind: 'add', title, toId: to, dueDate: day, shownBy: shownByOf(shownBy), reason },
    },
  ],
});
