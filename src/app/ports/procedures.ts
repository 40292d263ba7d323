import type { FiguresEntry } from '#src/domain/procedures/figures.ts';
import type { LocalDate } from '#src/domain/plan.ts';

/** What units wrote down of the files of procedures. Only added to: a correction is another entry of its week. */
export interface ProcedureStore {
  /** Idempotent by id. */
  add(entry: FiguresEntry): Promise<void>;
  /** All of the weeks from this one on, by week, in the order in which they were written. */
  since(week: LocalDate): Promise<readonly FiguresEntry[]>;
}
