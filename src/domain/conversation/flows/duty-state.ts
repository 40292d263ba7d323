export interface DutySnoozeState {
  readonly name: 'duty-snooze';
  readonly version: 1;
  readonly step: 'until';
  readonly dutyId: string;
}

export interface DutyProofState {
  readonly name: 'duty-proof';
  readonly version: 1;
  readonly step: 'proof';
  readonly dutyId: string;
}
