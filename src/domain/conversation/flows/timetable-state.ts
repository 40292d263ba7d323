export interface MoveEntryState {
  readonly name: 'move-entry';
  readonly version: 1;
  readonly step: 'when';
  readonly entryId: string;
}
