import type { ChatRef } from './inbound.ts';

export const ROLES = [
  'editor',
  'approver',
  'handler',
  'inspector',
  'leader',
  'chairperson',
  'admin',
  'neighbourhood-head',
  'loudspeaker-operator',
] as const;

export type Role = (typeof ROLES)[number];

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
