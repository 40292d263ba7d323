import type { StaffMember } from '#src/domain/staff.ts';
import type { EffectContext } from '../inbound/reply.ts';
import { notifyStaff } from '../send/notify.ts';
import { staffName } from '../present.ts';
import { type BroadcastPorts } from './ports.ts';

/** Another hour does not void an approval, but whoever gave it hears of it; once for one effect. */
export async function tellApproverOfHour(
  ports: BroadcastPorts,
  context: EffectContext,
  item: { readonly title: string; readonly approverId: string | null },
  by: StaffMember,
  words: { readonly key: string; readonly when: string },
): Promise<void> {
  if (item.approverId === null || item.approverId === by.id) return;
  const approver = await ports.staff.get(item.approverId);
  if (!approver) return;
  await notifyStaff(ports, {
    id: `${context.id}.approver`,
    staff: approver,
    text: { key: words.key, params: { title: item.title, name: staffName(by), when: words.when } },
    lane: 'reminder',
    dueAtMs: ports.clock.nowMs(),
  });
}
