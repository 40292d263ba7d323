import { z } from 'zod';
import {
  type Ladder,
  LADDER_AUDIENCES,
  LADDERS_FOR,
  type LadderFor,
  ladderFor,
  type LadderOf,
} from '#src/domain/plan-ladders.ts';
import { localTime, slug } from './fields.ts';

/** Ladders of a plan: each rule has its own, or that of its kind, of its unit where there is one. */

const audiences = z.array(z.enum(LADDER_AUDIENCES)).min(1);
const shape = {
  rungs: z
    .array(z.strictObject({ workingDaysBefore: z.int().min(0).max(250), at: localTime, to: audiences }))
    .min(1),
  overdue: z.strictObject({ at: localTime, to: audiences }),
};

export const ladder = z.strictObject(shape);

export const ladders = z
  .array(
    z
      .strictObject({ for: z.enum(LADDERS_FOR), unit: slug.nullable().default(null), ...shape })
      .transform(({ for: of, unit, ...rest }): LadderOf => ({ for: of, unit, ladder: rest })),
  )
  .default([]);

/** Gives a rule that has no ladder the one that holds for it; an issue where there is none. */
export const fillLadder =
  (all: readonly LadderOf[], context: z.RefinementCtx) =>
  (own: Ladder | undefined, kind: LadderFor, unit: string, ...path: readonly (string | number)[]): Ladder => {
    const found = own ?? ladderFor(all, kind, unit);
    if (found !== null) return found;
    const message = `must be given: ladders has none for ${kind}`;
    context.addIssue({ code: 'custom', path: [...path, 'ladder'], message });
    return z.NEVER;
  };
