import { localDateOf } from '#src/domain/calendar/local-time.ts';
import type { ChatRef } from '#src/domain/inbound.ts';
import { acting, deputyOf, type Role, type StaffMember } from '#src/domain/staff.ts';
import type { App } from '../app.ts';

type Ports = Pick<App, 'staff' | 'clock'>;

const absentNow = ({ staff, clock }: Ports) => staff.onLeave(localDateOf(clock.nowMs()));

/** The member behind a chat, with what they may do today: also what is theirs as somebody's deputy. */
export async function actingMember(ports: Ports, chat: ChatRef): Promise<StaffMember | null> {
  const member = await ports.staff.byChat(chat);
  return member && acting(member, await absentNow(ports));
}

/**
 * Who is to be turned to with what a role is for: those who are there, and the deputies of those who are not. Where that is
 * nobody but `except`, those who are away are asked after all.
 */
export async function presentWith(
  ports: Ports,
  role: Role,
  except: string | null = null,
): Promise<readonly StaffMember[]> {
  const [holders, absent] = await Promise.all([ports.staff.withRole(role), absentNow(ports)]);
  const isAway = ({ id }: StaffMember): boolean => absent.some((one) => one.id === id);
  const found = new Map(holders.filter((one) => !isAway(one)).map((one) => [one.id, one]));
  for (const holder of holders.filter(isAway)) {
    const id = deputyOf(holder, absent);
    const deputy = id === null || found.has(id) ? null : await ports.staff.get(id);
    if (deputy?.active) found.set(deputy.id, deputy);
  }
  const present = [...found.values()].filter(({ id }) => id !== except);
  return present.length > 0 ? present : holders.filter(({ id }) => id !== except);
}
