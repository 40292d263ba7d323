import type { LocalDate } from './plan.ts';

/** How often a post goes out, as an editor chose it; the rule is what is stored. */
export interface Repeat {
  readonly kind: 'days' | 'weekly' | 'month';
  readonly startMs: number;
  /** ISO weekdays in order; empty for days in a row. */
  readonly weekdays: readonly number[];
  /** The last day on which it may go out; null for days in a row. */
  readonly until: LocalDate | null;
  readonly rule: string;
}
