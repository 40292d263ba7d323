/**
 * The board of procedures ("hồ sơ"): whoever works in an inspected unit reports once a week how many files it took in, gave back
 * and owes. The unit that reports, its weekday and hour are those of the routine.
 */
export type ProcedureWatch = {
  /** The inspection of the plan that it carries out. */
  readonly inspection: string;
  /** The routine that asks for the figures: of one weekday, of a unit that this inspection looks at. */
  readonly routine: string;
  /** Units that see the board and whose leaders hear when it gets worse. */
  readonly watching: readonly string[];
};
