import { hasRole } from '../../staff.ts';
import { declareForm } from './form.ts';
import { colleagueOptions } from './people-options.ts';

/** A part of a duty for somebody else. `about.dutyId`. */
export const splitDutyForm = declareForm({
  name: 'split-duty',
  version: 1,
  steps: {
    title: { kind: 'text', maxLength: 200 },
    to: { kind: 'choice', options: colleagueOptions },
    day: { kind: 'date', range: 'from-today' },
  },
  isReviewed: true,
  choosesPeople: true,
  mayFill: ({ staff }) => staff !== null && hasRole(staff, 'leader', 'chairperson', 'admin'),
  finish: ({ title, to, day }, { dutyId = '' }) => [
    { kind: 'order-duty', order: { kind: 'split', dutyId, title, toId: to, dueDate: day } },
  ],
});
