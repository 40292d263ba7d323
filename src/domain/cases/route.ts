import type { Category, Plan } from '../plan.ts';

/** The unit that gets a case: an override of the plan for its kind and neighbourhood, else the unit of the category. */
export function unitFor(
  plan: Pick<Plan, 'cases'>,
  category: Pick<Category, 'id' | 'unit'>,
  neighbourhoodId: string | null,
): string {
  const override = plan.cases.routes.find(
    ({ category: wanted, neighbourhoods }) =>
      (wanted === null || wanted === category.id) &&
      (neighbourhoods.length === 0 || (neighbourhoodId !== null && neighbourhoods.includes(neighbourhoodId))),
  );
  return override?.unit ?? category.unit;
}
