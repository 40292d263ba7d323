import { hasRole } from '../../staff.ts';
import { declareForm } from './form.ts';
import { colleagueOptions } from './people-options.ts';

/** A leader gives somebody something to do that no date of the plan makes. */
export const addDutyForm = declareForm({
  name: 'add-duty',
  version: 1,
  steps: {
    title: { kind: 'text', maxLength: 200 },
    to: { kind: 'choice', options: colleagueOptions },
    day: { kind: 'date', range: 'from-today' },
    reason: { kind: 'text', maxLength: 500 },
  },
  isReviewed: true,
  choosesPeople: true,
  mayFill: ({ staff }) => staff !== null && hasRole(staff, 'leader', 'chairperson', 'admin'),
  finish: ({ title, to, day, reason }) => [
    { kind: 'order-duty', order: { kind: 'add', title, toId: to, dueDate: day, reason } },
  ],
});
