import type { ChatRef } from './inbound.ts';
import type { LocalDate, RoleId } from './plan.ts';

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
  /** The days on which they are away, both included. */
  readonly leave?: Leave;
  /** Who stands in for them on these days. */
  readonly deputyId?: string;
  /** Only of an acting member: whose roles they have today beside their own. */
  readonly standsInFor?: readonly string[];
}

export interface Leave {
  readonly from: LocalDate;
  readonly to: LocalDate;
}

/** What a deputy may do instead: let posts out. Work on cases and duties has ways of its own. */
const STOOD_IN: readonly Role[] = ['approver', 'leader', 'chairperson'];

/** Is there anything for which this member needs a deputy? */
export const needsDeputy = (staff: StaffMember): boolean => hasRole(staff, ...STOOD_IN);

/** Who stands in for one who is away: a deputy who is away too is stood in for in turn. Null: nobody. */
export function deputyOf(member: StaffMember, absent: readonly StaffMember[]): string | null {
  const seen = new Set([member.id]);
  let id = member.deputyId;
  for (;;) {
    if (id === undefined || seen.has(id)) return null;
    seen.add(id);
    const away = absent.find((one) => one.id === id);
    if (!away) return id;
    id = away.deputyId;
  }
}

/** The member with the roles of those whom they stand in for now. */
export function acting(member: StaffMember, absent: readonly StaffMember[]): StaffMember {
  const lent = (one: StaffMember) =>
    one.roles.filter((role) => STOOD_IN.includes(role) && !member.roles.includes(role));
  const lenders = absent.filter((one) => deputyOf(one, absent) === member.id && lent(one).length > 0);
  if (lenders.length === 0) return member;
  const roles = [...new Set([...member.roles, ...lenders.flatMap(lent)])];
  return { ...member, roles, standsInFor: lenders.map(({ id }) => id) };
}

export function hasRole(staff: StaffMember, ...roles: readonly Role[]): boolean {
  return staff.active && roles.some((role) => staff.roles.includes(role));
}
