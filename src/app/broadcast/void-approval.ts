import type { BroadcastRun } from '#src/domain/run.ts';
import { contentHash } from '#src/domain/broadcast/approval.ts';
import { notifyStaff } from '../send/notify.ts';
import { askApproval } from './ask-approval.ts';
import type { BroadcastPorts } from './ports.ts';
import { recordVoid } from './record-void.ts';

/**
 * What is to go out is not what was approved: nothing of it leaves, it waits for an approval again, and its author, the
 * one who had approved it and the other approvers are told. No use case leads here; a hand in the database does.
 */
export async function voidApproval(ports: BroadcastPorts, run: BroadcastRun): Promise<void> {
  ports.log.error({ run: run.id }, 'run without a valid approval');
  const hash = contentHash(run, ports.hash);
  const { id, change } = await recordVoid(ports, run.id, hash, 'the content is not what was approved');
  for (const staffId of new Set([run.authorId, run.approverId])) {
    const member = staffId === null ? null : await ports.staff.get(staffId);
    if (!member) continue;
    await notifyStaff(ports, {
      id: `${id}.${member.id}`,
      staff: member,
      text: { key: 'schedule.void', params: { title: run.title } },
      lane: 'reminder',
      dueAtMs: ports.clock.nowMs(),
    });
  }
  const author = await ports.staff.get(run.authorId);
  if (author) await askApproval(ports, { ...run, ...change }, author);
  await ports.runs.update(run.id, run.rev, change);
}
