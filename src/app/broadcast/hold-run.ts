import type { BroadcastRun } from '#src/domain/run.ts';
import { notifyStaff } from '../send/notify.ts';
import type { Hold } from './may-start.ts';
import { mendPrompt } from './control-prompt.ts';
import { staffInCharge } from './in-charge.ts';
import type { BroadcastPorts } from './ports.ts';
import { SCHEDULE } from './tell-schedule.ts';

/**
 * A run that may not go out: nothing more of it leaves, and whoever answers for it hears why. One that had begun is
 * over for what it has not reached; one that had not goes back to its author. Safe to run twice.
 */
export async function holdRun(
  ports: BroadcastPorts,
  run: BroadcastRun,
  { reason, text }: Hold,
): Promise<void> {
  const id = `${run.id}.held.${reason}`;
  await ports.audit.record({
    id: `audit.${id}`,
    atMs: ports.clock.nowMs(),
    by: SCHEDULE,
    action: 'run-held',
    subject: run.id,
    reason,
  });
  const author = await staffInCharge(ports, run);
  if (author)
    await notifyStaff(ports, {
      id,
      staff: author,
      text,
      ...(run.state === 'sending' ? {} : { prompt: mendPrompt(ports, run) }),
      lane: 'reminder',
      dueAtMs: ports.clock.nowMs(),
    });
  const change =
    run.state === 'sending'
      ? ({ state: 'cancelled', finishedAtMs: ports.clock.nowMs() } as const)
      : ({ state: 'returned', returnComment: ports.texts.render(text) } as const);
  await ports.runs.update(run.id, run.rev, change);
  if (run.state === 'sending') await ports.deliveries.cancelRun(run.id);
}
