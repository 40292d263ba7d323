import type { SendBudget } from '#src/app/ports/channel.ts';
import { afterAsking, afterCount, FIRST_LOOK, type Looks } from '#src/domain/broadcast/looks.ts';
import type { BroadcastRun } from '#src/domain/run.ts';
import { finishRun } from './finish-run.ts';
import { showProgress, type ProgressPorts } from './progress.ts';
import { startDueRuns } from './start-due-runs.ts';

const RUNS_AT_ONCE = 1_000;

/** Of each run, by this process; forgotten on a restart, which costs one count. */
const looksOf = new WeakMap<SendBudget, Map<string, Looks>>();

/** Starts runs that are due, shows how far the running ones are, closes those that are through. Safe to run twice. */
export async function advanceRuns(ports: ProgressPorts, signal?: AbortSignal): Promise<void> {
  await startDueRuns(ports, signal);
  const before = looksOf.get(ports.budget) ?? new Map<string, Looks>();
  const next = new Map<string, Looks>();
  looksOf.set(ports.budget, next);
  for (const run of await ports.runs.inState('sending', RUNS_AT_ONCE)) {
    if (run.startedAtMs === null) continue;
    const looks = before.get(run.id) ?? FIRST_LOOK;
    next.set(run.id, signal?.aborted ? looks : await lookAt(ports, run, run.startedAtMs, looks));
  }
  for (const run of await ports.runs.inState('paused', RUNS_AT_ONCE)) {
    if (signal?.aborted) return;
    if (run.startedAtMs !== null) await showProgress(ports, run, await ports.deliveries.counts(run.id));
  }
}

/** The end is not waited for until the next count. */
async function lookAt(
  ports: ProgressPorts,
  run: BroadcastRun,
  startedAtMs: number,
  looks: Looks,
): Promise<Looks> {
  const nowMs = ports.realNowMs();
  const sinceMs = ports.clock.nowMs() - startedAtMs;
  if (nowMs < looks.countAtMs) {
    if (nowMs < looks.askAtMs) return looks;
    if (await ports.deliveries.isUnderWay(run.id)) return afterAsking(looks, sinceMs, nowMs);
  }
  const counts = await ports.deliveries.counts(run.id);
  const countedAtMs = ports.realNowMs();
  await showProgress(ports, run, counts);
  await finishRun(ports, run, counts);
  return afterCount(counts, countedAtMs - nowMs, sinceMs, countedAtMs);
}
