import { z } from 'zod';
import type { Plan } from '#src/domain/plan.ts';
import { planId, slug } from './fields.ts';

/** The board of overdue procedures; a ward need not have one. */
export const procedures = z
  .strictObject({ inspection: planId, routine: planId, watching: z.array(slug).min(1) })
  .nullable()
  .default(null);

/** What the board names must be there, and its routine be one of a single weekday, of a unit that is looked at. */
export function findProcedureFaults({ procedures: named, inspections, routines, units }: Plan) {
  if (named === null) return [];
  const inspection = inspections.find(({ id }) => id === named.inspection);
  const routine = routines.find(({ id }) => id === named.routine);
  const fault = (isFine: boolean, message: string, ...path: (string | number)[]) =>
    isFine ? [] : [{ path: ['procedures', ...path], message }];
  const [on, ...others] = routine?.on ?? [];
  return [
    ...fault(inspection !== undefined, `unknown inspection "${named.inspection}"`, 'inspection'),
    ...fault(routine !== undefined, `unknown routine "${named.routine}"`, 'routine'),
    ...fault(
      routine === undefined || (on?.kind === 'weekly' && others.length === 0),
      `routine "${named.routine}" must be on one { weekday }`,
      'routine',
    ),
    ...fault(
      !routine || !inspection || inspection.inspected.includes(routine.responsible),
      `"${routine?.responsible ?? ''}" is not inspected by ${named.inspection}`,
      'routine',
    ),
    ...named.watching.flatMap((id, at) =>
      fault(
        units.some((unit) => unit.id === id),
        `unknown unit "${id}"`,
        'watching',
        at,
      ),
    ),
  ];
}
