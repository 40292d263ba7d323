import { isApproved } from '#src/domain/broadcast/approval.ts';
import type { BroadcastRun } from '#src/domain/run.ts';
import { fanOut } from './fan-out.ts';
import type { BroadcastPorts } from './ports.ts';

const RUNS_AT_ONCE = 20;

/**
 * Starts runs whose time has come. A run is `sending` without `startedAtMs` while its rows are being made: broken off
 * there, the next call makes the rest. Safe to run from several processes at once. Answers how many were started.
 */
export async function startDueRuns(ports: BroadcastPorts, signal?: AbortSignal): Promise<number> {
  for (const run of await ports.runs.due('scheduled', ports.clock.nowMs(), RUNS_AT_ONCE)) {
    if (isApproved(run)) await ports.runs.update(run.id, run.rev, { state: 'sending' });
    else {
      // Cannot happen through a use case; if it does, people look at it again before anything goes out.
      ports.log.error({ run: run.id }, 'scheduled run without a valid approval');
      await ports.runs.update(run.id, run.rev, { state: 'submitted', approverId: null, approvedHash: null });
    }
  }
  let started = 0;
  for (const run of await ports.runs.inState('sending', RUNS_AT_ONCE)) {
    if (signal?.aborted) break;
    if (run.startedAtMs === null && (await fanOutRun(ports, run))) started += 1;
  }
  return started;
}

async function fanOutRun(ports: BroadcastPorts, run: BroadcastRun): Promise<boolean> {
  const current = await ports.plans.current();
  if (!current) throw new Error('no plan was imported');
  const rows = await fanOut(ports, run, current.plan);
  const answer = await ports.runs.update(run.id, run.rev, { startedAtMs: ports.clock.nowMs() });
  if (answer === 'conflict') {
    // Cancelled meanwhile: rows made after the cancellation are taken back, too.
    const now = await ports.runs.get(run.id);
    if (now?.state === 'cancelled') await ports.deliveries.cancelRun(run.id);
    return false;
  }
  ports.log.info({ run: run.id, rows }, 'run started');
  return true;
}
