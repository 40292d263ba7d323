import type { ChatRef } from './inbound.ts';
import type { RoleId } from './plan.ts';

export type Role = RoleId;

export interface StaffMember {
  readonly id: string;
  readonly name: string;
  /** What the bot puts before the given name: anh, chị, ông, bà. */
  readonly address: string;
  readonly roles: readonly Role[];
  readonly unitId: string;
  readonly neighbourhood: string | null;
  /** In order of preference; the first reachable one is used. */
  readonly contacts: readonly ChatRef[];
  readonly active: boolean;
}

export function hasRole(staff: StaffMember, ...roles: readonly Role[]): boolean {
  return staff.active && roles.some((role) => staff.roles.includes(role));
}
