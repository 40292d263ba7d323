import type { LocalTime } from './plan-terms.ts';

/** Who a rung of a ladder speaks to. */
export const LADDER_AUDIENCES = ['responsible', 'deputy', 'supervisor', 'chairperson'] as const;
export type LadderAudience = (typeof LADDER_AUDIENCES)[number];

/**
 * A reminder at `at`, `workingDaysBefore` working days before the last working day on which the document can be
 * sent; 0 is that day itself.
 */
type LadderRung = {
  readonly workingDaysBefore: number;
  readonly at: LocalTime;
  readonly to: readonly LadderAudience[];
};
export type Ladder = {
  readonly rungs: readonly LadderRung[];
  /** Each working day after the deadline until someone answers. */
  readonly overdue: { readonly at: LocalTime; readonly to: readonly LadderAudience[] };
};

/** What a ladder is for: the three kinds of the plan, and what is given beyond it, findings of inspectors included. */
export const LADDERS_FOR = ['report', 'routine', 'inspection', 'given'] as const;
export type LadderFor = (typeof LADDERS_FOR)[number];

/** `unit` null: for all that have none of their own. */
export interface LadderOf {
  readonly for: LadderFor;
  readonly unit: string | null;
  readonly ladder: Ladder;
}

/** That of the unit before that of all; null where the ward laid down neither. */
export function ladderFor(ladders: readonly LadderOf[], kind: LadderFor, unitId: string): Ladder | null {
  const some = ladders.filter((one) => one.for === kind);
  const found = some.find(({ unit }) => unit === unitId) ?? some.find(({ unit }) => unit === null);
  return found?.ladder ?? null;
}
