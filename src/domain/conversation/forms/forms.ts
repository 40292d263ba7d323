import { addDutyForm } from './add-duty.form.ts';
import { assignDutyForm } from './assign-duty.form.ts';
import { cancelDutyForm } from './cancel-duty.form.ts';
import { cancelVisitForm } from './cancel-visit.form.ts';
import { controlReasonForm } from './control-reason.form.ts';
import { correctCaseForm } from './correct-case.form.ts';
import { figuresForm } from './figures.form.ts';
import { findingForm } from './finding.form.ts';
import type { Form } from './form.ts';
import { groupSetupForm } from './group-setup.form.ts';
import { moveDutyForm } from './move-duty.form.ts';
import { moveVisitForm } from './move-visit.form.ts';
import { planVisitForm } from './plan-visit.form.ts';
import { progressForm } from './progress.form.ts';
import { receiveLetterForm } from './receive-letter.form.ts';
import { regroupVisitForm } from './regroup-visit.form.ts';
import { splitDutyForm } from './split-duty.form.ts';

/** Every declared form; a new one is its file, its texts in `locales/<language>/form.json` and a line here. */
export const FORMS: readonly Form[] = [
  groupSetupForm,
  controlReasonForm,
  receiveLetterForm,
  correctCaseForm,
  planVisitForm,
  findingForm,
  moveVisitForm,
  regroupVisitForm,
  cancelVisitForm,
  addDutyForm,
  splitDutyForm,
  moveDutyForm,
  cancelDutyForm,
  assignDutyForm,
  progressForm,
  figuresForm,
];
