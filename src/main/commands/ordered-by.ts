import type { StaffMember } from '#src/domain/staff.ts';
import type { Core } from '../core.ts';
import { type CommandAnswer, failed } from './output.ts';

/** Who orders it, by id, and why; both are kept. */
export interface OrderCommand {
  readonly by: string;
  readonly reason: string;
}

/** The member behind an order with a reason, or why it cannot be given: `no-reason`, `unknown-staff`. */
export async function orderedBy(
  core: Core,
  { by, reason }: OrderCommand,
): Promise<StaffMember | CommandAnswer> {
  if (reason.trim() === '') return failed('no-reason', '--reason is empty: the record keeps why');
  const member = await core.store.staff.get(by);
  return member ?? failed('unknown-staff', `--by: no member of staff has the id ${by}`);
}
