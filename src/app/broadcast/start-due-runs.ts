import { localDateOf } from '#src/domain/calendar/local-time.ts';
import { isApproved } from '#src/domain/broadcast/approval.ts';
import { followsHours, hasExpired, lateness } from '#src/domain/broadcast/hours.ts';
import type { Plan } from '#src/domain/plan.ts';
import { type BroadcastRun, dueAtMs } from '#src/domain/run.ts';
import { holdRun } from './hold-run.ts';
import { consentReason, whyNotStart } from './may-start.ts';
import { fanOut } from './fan-out.ts';
import { placeRoutine } from './place-run.ts';
import { fanOutCorrection } from './fan-out-correction.ts';
import { type BroadcastPorts, currentPlan } from './ports.ts';
import { tellExpired, tellLate, tellMoved } from './tell-schedule.ts';
import { voidApproval } from './void-approval.ts';

const RUNS_AT_ONCE = 20;

/**
 * Starts runs whose time has come, unless the rules of time move them on or their time is over for good; whoever wrote
 * them is told. A run is `sending` without `startedAtMs` while its rows are being made: broken off there, the next call
 * makes the rest. Safe to run from several processes at once. Answers how many were started.
 */
export async function startDueRuns(ports: BroadcastPorts, signal?: AbortSignal): Promise<number> {
  const due = await ports.runs.due('scheduled', ports.clock.nowMs(), RUNS_AT_ONCE);
  const plan = due.length > 0 ? await currentPlan(ports) : null;
  for (const run of due) {
    if (signal?.aborted) return 0;
    if (plan) await begin(ports, plan, run);
  }
  let started = 0;
  for (const run of await ports.runs.inState('sending', RUNS_AT_ONCE)) {
    if (signal?.aborted) break;
    // Changed while it is going out: what is left stays here, and people look at it again.
    const hold = consentReason(await currentPlan(ports), run);
    if (!isApproved(run, ports.hash)) await voidApproval(ports, run);
    else if (hold) await holdRun(ports, run, hold);
    else if (run.startedAtMs === null && (await fanOutRun(ports, run))) started += 1;
  }
  return started;
}

async function begin(ports: BroadcastPorts, plan: Plan, run: BroadcastRun): Promise<void> {
  if (!isApproved(run, ports.hash)) return voidApproval(ports, run);
  const hold = await whyNotStart(ports, plan, run);
  if (hold) return holdRun(ports, run, hold);
  const nowMs = ports.clock.nowMs();
  if (hasExpired(run, nowMs, plan.broadcasting.lateForMinutes)) {
    // Told before it is written down: a crash in between says it again under the same id.
    await tellExpired(ports, run);
    await ports.runs.update(run.id, run.rev, { state: 'expired', finishedAtMs: nowMs });
    return;
  }
  const lateByMs = lateness(run, nowMs);
  if (followsHours(run)) {
    const placed = await placeRoutine(ports, plan, run, nowMs);
    if (placed.why !== null) {
      await tellMoved(ports, run, placed);
      // One that was missed stays a late one on whatever day it goes.
      const late = lateByMs === null ? run.lateByMs : placed.atMs - dueAtMs(run);
      await ports.runs.update(run.id, run.rev, { sendAtMs: placed.atMs, lateByMs: late });
      return;
    }
  }
  if (lateByMs !== null) await tellLate(ports, run, lateByMs);
  await ports.runs.update(run.id, run.rev, { state: 'sending', lateByMs: lateByMs ?? run.lateByMs });
}

async function fanOutRun(ports: BroadcastPorts, run: BroadcastRun): Promise<boolean> {
  const rows = await makeRows(ports, run);
  if (rows === null) return false;
  const nowMs = ports.clock.nowMs();
  const answer = await ports.runs.update(run.id, run.rev, {
    startedAtMs: nowMs,
    startedOn: localDateOf(nowMs),
  });
  if (answer === 'conflict') {
    // Cancelled or corrected meanwhile: rows made after that are taken back, too.
    const now = await ports.runs.get(run.id);
    if (now?.state === 'cancelled' || now?.state === 'corrected') await ports.deliveries.cancelRun(run.id);
    // Paused meanwhile: every row is there, and resuming need not make them again.
    if (now?.state === 'paused')
      await ports.runs.update(now.id, now.rev, { startedAtMs: ports.clock.nowMs() });
    return false;
  }
  ports.log.info({ run: run.id, rows }, 'run started');
  return true;
}

async function makeRows(ports: BroadcastPorts, run: BroadcastRun): Promise<number | null> {
  const plan = await currentPlan(ports);
  return run.kind === 'correction' ? fanOutCorrection(ports, run, plan) : fanOut(ports, run, plan);
}
