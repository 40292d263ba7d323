import type { Command } from '../flow.ts';
import { addDutyForm } from '../forms/add-duty.form.ts';
import { startForm } from '../forms/form-flow.ts';
import { dutyChecklistFlow } from './duty-checklist.ts';
import { dutyProofFlow } from './duty-proof.ts';
import { dutySnoozeFlow } from './duty-snooze.ts';

export { dutyPrompts } from './duty-prompts.ts';

export const dutyFlows = {
  snooze: dutySnoozeFlow,
  proof: dutyProofFlow,
  checklist: dutyChecklistFlow,
};

/** "Việc của tôi": for everyone of staff, since any of them can be given a duty. Residents keep "xem việc". */
export const dutyCommands: readonly Command[] = [
  {
    words: ['viec', 'viec cua toi', 'viec can lam'],
    run: ({ staff }) => (staff === null ? null : { flow: null, effects: [{ kind: 'list-work' }] }),
  },
  {
    words: ['lichnhac', 'lich nhac', 'lich nhac viec'],
    run: ({ staff }) => (staff === null ? null : { flow: null, effects: [{ kind: 'show-reminders' }] }),
  },
  {
    words: ['giaoviec', 'giao viec'],
    run: (context) => (addDutyForm.mayFill(context) ? startForm(addDutyForm, context) : null),
  },
  {
    words: ['lichnam', 'lich nam', 'lich ca nam', 'lich 12 thang'],
    run: ({ staff }) => (staff === null ? null : { flow: null, effects: [{ kind: 'show-year' }] }),
  },
];
