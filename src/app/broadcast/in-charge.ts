import { localDateOf } from '#src/domain/calendar/local-time.ts';
import type { BroadcastRun } from '#src/domain/run.ts';
import { hasAddress, hasRole, isOnLeave, type StaffMember } from '#src/domain/staff.ts';
import type { BroadcastPorts } from './ports.ts';

/**
 * Who answers for a run: its author, while they are there; else another editor of the author's unit; else the author all the
 * same, on leave; else an admin. Null when nobody can be reached. Summaries, progress and questions go to this person.
 */
export async function staffInCharge(
  ports: Pick<BroadcastPorts, 'staff' | 'clock'>,
  run: Pick<BroadcastRun, 'authorId'>,
): Promise<StaffMember | null> {
  const author = await ports.staff.get(run.authorId);
  const today = localDateOf(ports.clock.nowMs());
  if (author && hasAddress(author) && !isOnLeave(author, today)) return author;
  const colleagues = author ? await ports.staff.withRole('editor', author.unitId) : [];
  const admins = await ports.staff.withRole('admin');
  const there = (one: StaffMember): boolean => one.id !== run.authorId && hasAddress(one);
  return (
    colleagues.find((one) => there(one) && !isOnLeave(one, today)) ??
    (author && hasAddress(author) ? author : [...colleagues, ...admins].find(there)) ??
    null
  );
}

/** Who may pause a run, let it go on, or stop it. */
export function mayControl(run: Pick<BroadcastRun, 'authorId'>, member: StaffMember): boolean {
  return (
    (member.active && member.id === run.authorId) ||
    hasRole(member, 'approver', 'leader', 'chairperson', 'admin')
  );
}

/** Who may give a going-out another hour, or leave it out: who wrote it, and those who approve. */
export function mayMove(item: Pick<BroadcastRun, 'authorId'>, member: StaffMember): boolean {
  return (member.active && member.id === item.authorId) || hasRole(member, 'approver', 'admin');
}
