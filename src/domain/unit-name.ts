import { inForceOn } from './calendar/in-force.ts';
import type { LocalDate, Plan, Unit } from './plan.ts';

/** What a unit is called on a day: the last of its names that holds by then. */
export function unitName({ name, renamed }: Unit, day: LocalDate): string {
  return inForceOn(renamed, day)?.name ?? name;
}

/** The same by its id; empty where the plan has no such unit. */
export function unitNameOf({ units }: Pick<Plan, 'units'>, unitId: string, day: LocalDate): string {
  const unit = units.find(({ id }) => id === unitId);
  return unit ? unitName(unit, day) : '';
}
