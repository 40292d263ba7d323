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
  /** Only of an acting member: for whom they stand in today. */
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

/** Away on this day, both ends of the leave included. */
export const isOnLeave = ({ leave }: StaffMember, today: LocalDate): boolean =>
  leave !== undefined && leave.from <= today && today <= leave.to;

/** Whether cases are anything of theirs: the unit's, or those that come up to them. */
export const handlesCases = (staff: StaffMember): boolean =>
  hasRole(staff, 'handler', 'leader', 'chairperson', 'admin');

/** Leads a unit or stands above units. */
export const isLeading = (staff: StaffMember): boolean => hasRole(staff, 'leader', 'chairperson', 'admin');

/** Can anything reach them at all? */
export const hasAddress = (member: StaffMember): boolean => member.active && member.contacts.length > 0;

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

/** The member as those see it whom they stand in for now, with their roles. */
export function acting(member: StaffMember, absent: readonly StaffMember[]): StaffMember {
  const away = absent.filter((one) => deputyOf(one, absent) === member.id);
  if (away.length === 0) return member;
  const lent = away.flatMap(({ roles }) => roles.filter((role) => STOOD_IN.includes(role)));
  const standsInFor = away.map(({ id }) => id);
  return { ...member, roles: [...new Set([...member.roles, ...lent])], standsInFor };
}

/**
 * Who gets what is meant for a member today: they themselves, on leave their deputy; null where that is nobody, or somebody
 * whom nothing reaches.
 */
export function inPlaceOf(id: string, staff: readonly StaffMember[], today: LocalDate): StaffMember | null {
  const member = staff.find((one) => one.id === id && one.active);
  if (!member) return null;
  const absent = staff.filter((one) => one.active && isOnLeave(one, today));
  const askedId = isOnLeave(member, today) ? deputyOf(member, absent) : id;
  const asked = staff.find((one) => one.id === askedId);
  return asked && hasAddress(asked) ? asked : null;
}

/** Somebody who has done what another was asked for, and may say so for them; null: nobody was asked. */
export const speakingFor = (member: StaffMember, staffId: string | null): StaffMember =>
  staffId === null ? member : { ...member, standsInFor: [...(member.standsInFor ?? []), staffId] };

/** Is one of these the member, or somebody whom they stand in for? */
export function speaksFor({ id, standsInFor = [] }: StaffMember, ids: readonly (string | null)[]): boolean {
  return [id, ...standsInFor].some((one) => ids.includes(one));
}

export function hasRole(staff: StaffMember, ...roles: readonly Role[]): boolean {
  return staff.active && roles.some((role) => staff.roles.includes(role));
}
