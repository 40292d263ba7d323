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
  /** `confirm`: the words hold no document number; they may stand as they are. */
  readonly step: 'proof' | 'confirm';
  readonly dutyId: string;
  readonly words: string;
  /** Photos and documents that came so far. */
  readonly files?: readonly RemoteFile[];
}

/** Why a duty is given to somebody else. */
export interface DutyAssignState {
  readonly name: 'duty-assign';
  readonly version: 1;
  readonly step: 'reason';
  readonly dutyId: string;
  readonly toId: string;
}
