import type { Visit } from '#src/domain/inspections/visit.ts';
import type { LocalDate } from '#src/domain/plan.ts';

/** Visits of inspectors. What is in one is sealed: a copy of the database shows neither who looks at whom nor why. */
export interface VisitStore {
  /** Idempotent by id: one that exists is left as it is. */
  open(visit: Visit): Promise<'opened' | 'exists'>;
  get(id: string): Promise<Visit | null>;
  /** By the index on `nextAtMs`. */
  due(nowMs: number, limit: number): Promise<readonly Visit[]>;
  /** Compare-and-set on `rev`; `visit.rev` is already the next. */
  save(visit: Visit, expectedRev: number): Promise<'saved' | 'conflict'>;
  /** All from this day on, the earliest first: who may see which is not for the database to say, so nothing is cut off here. */
  since(day: LocalDate): Promise<readonly Visit[]>;
}
