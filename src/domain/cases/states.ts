/**
 * `asked`: the resident was asked, the term stands still. `outside`: somebody outside the ward's offices has to do it, the ward
 * still owns it. `answered`: the result was given and its resident has not said yet whether it is so.
 */
export const CASE_STATES = [
  'new',
  'taken',
  'asked',
  'outside',
  'answered',
  'closed',
  'reopened',
  'transferred',
  'refused',
  'merged',
  'withdrawn',
] as const;
export type CaseState = (typeof CASE_STATES)[number];

/** Those in which somebody of the ward has something to do. */
export const OPEN_STATES: readonly CaseState[] = ['new', 'taken', 'asked', 'outside', 'reopened'];
