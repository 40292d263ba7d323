import { localDateOf } from '../../calendar/local-time.ts';
import { hasAddress, type StaffMember } from '../../staff.ts';
import { unitNameOf } from '../../unit-name.ts';
import type { Option } from '../choices.ts';
import type { StepContext } from '../types.ts';

/** Who can be given something and told of it, those of one's own unit first. */
export function colleagueOptions(context: StepContext): readonly Option[] {
  const { staff, people } = context;
  const rank = ({ unitId }: StaffMember): number => (unitId === staff?.unitId ? 0 : 1);
  return (people ?? [])
    .filter(hasAddress)
    .toSorted((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name, 'vi'))
    .map((one) => personOption(one, context));
}

/** With the unit's name as it is today: names alone can be alike. */
export const personOption = ({ id, name, unitId }: StaffMember, { plan, nowMs }: StepContext): Option => ({
  value: id,
  label: `${name} (${unitNameOf(plan, unitId, localDateOf(nowMs))})`,
});
