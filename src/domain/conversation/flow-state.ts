import type { ComposeState, CorrectionState, ReturnCommentState } from './flows/broadcast-state.ts';
import type { DutyChecklistState, DutyProofState, DutySnoozeState } from './flows/duty-state.ts';
import type { CaseFormState, ResidentWordsState } from './flows/case-form-state.ts';
import type { ReportState } from './flows/report-state.ts';
import type { FormState } from './forms/form-state.ts';
import type { MoveEntryState } from './flows/timetable-state.ts';
import type { UrgentState } from './flows/urgent-state.ts';
import type { MyDataState } from './flows/my-data-state.ts';
import type { SubscribeState } from './flows/subscribe-state.ts';

/**
 * Where a form stands. `version` is the form's own: a session of another version is restarted politely.
 * Every state is plain JSON, so that it survives restarts and deploys.
 */
export type FlowState =
  | ReportState
  | CaseFormState
  | ResidentWordsState
  | FormState
  | ComposeState
  | ReturnCommentState
  | CorrectionState
  | UrgentState
  | MoveEntryState
  | DutySnoozeState
  | DutyProofState
  | DutyChecklistState
  | SubscribeState
  | MyDataState;
