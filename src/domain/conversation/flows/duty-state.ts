import type { ShownBy } from '../../done-by.ts';
import type { RemoteFile } from '../../inbound.ts';

export interface DutySnoozeState {
  readonly name: 'duty-snooze';
  readonly version: 1;
  /** `date`: they chose to name a day themselves. */
  readonly step: 'until' | 'date';
  readonly dutyId: string;
}

export interface DutyProofState {
  readonly name: 'duty-proof';
  readonly version: 1;
  /** What shows that it is done; forms of an older release have none. */
  readonly shownBy?: ShownBy;
  /** `confirm`: what was asked for did not come; the words may stand as they are. */
  readonly step: 'proof' | 'confirm';
  readonly dutyId: string;
  readonly words: string;
  /** Photos and documents that came so far. */
  readonly files?: readonly RemoteFile[];
}

/** Whether each item of a list is done. */
export interface DutyChecklistState {
  readonly name: 'duty-checklist';
  readonly version: 1;
  /** `missing`: which are not. */
  readonly step: 'all' | 'missing';
  readonly dutyId: string;
  readonly items: readonly string[];
}
