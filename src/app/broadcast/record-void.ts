import type { BroadcastPorts } from './ports.ts';
import { SCHEDULE } from './tell-schedule.ts';

/**
 * Writes down that a run or a series is not what was approved. Answers the change that has it wait for an approval of what
 * it holds now, and an id for what is said about it: the same content is told of once.
 */
export async function recordVoid(
  ports: Pick<BroadcastPorts, 'audit' | 'clock'>,
  subject: string,
  hash: string,
  reason?: string,
) {
  const id = `${subject}.void.${hash.slice(-12)}`;
  await ports.audit.record({
    id: `audit.${id}`,
    atMs: ports.clock.nowMs(),
    by: SCHEDULE,
    action: 'approval-void',
    subject,
    ...(reason === undefined ? {} : { reason }),
  });
  const change = {
    state: 'submitted',
    contentHash: hash,
    approverId: null,
    approvedHash: null,
    approvedAtMs: null,
  } as const;
  return { id, change };
}
