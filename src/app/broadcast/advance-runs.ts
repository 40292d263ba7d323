import type { SendBudget } from '#src/app/ports/channel.ts';
import { finishRun } from './finish-run.ts';
import { showProgress, type ProgressPorts } from './progress.ts';
import { startDueRuns } from './start-due-runs.ts';

const RUNS_AT_ONCE = 1_000;
/** Counting a run takes at most this share of the time: answers wait while the database counts a hundred thousand rows. */
const COUNTING_SHARE = 0.002;

/** When each run may be counted again, by this process; forgotten on a restart, which costs one count. */
const nextCounts = new WeakMap<SendBudget, Map<string, number>>();

/** Starts runs that are due, shows how far the running ones are, closes those that are through. Safe to run twice. */
export async function advanceRuns(ports: ProgressPorts, signal?: AbortSignal): Promise<void> {
  await startDueRuns(ports, signal);
  const before = nextCounts.get(ports.budget) ?? new Map<string, number>();
  const next = new Map<string, number>();
  nextCounts.set(ports.budget, next);
  for (const run of await ports.runs.inState('sending', RUNS_AT_ONCE)) {
    if (run.startedAtMs === null) continue;
    const startedAtMs = ports.realNowMs();
    const dueAtMs = before.get(run.id) ?? 0;
    next.set(run.id, dueAtMs);
    if (signal?.aborted) continue;
    // The end of a run is not waited for.
    if (startedAtMs < dueAtMs && (await ports.deliveries.isUnderWay(run.id))) continue;
    const counts = await ports.deliveries.counts(run.id);
    const endedAtMs = ports.realNowMs();
    next.set(run.id, endedAtMs + (endedAtMs - startedAtMs) / COUNTING_SHARE);
    await showProgress(ports, run, counts);
    await finishRun(ports, run, counts);
  }
  for (const run of await ports.runs.inState('paused', RUNS_AT_ONCE)) {
    if (signal?.aborted) return;
    if (run.startedAtMs !== null) await showProgress(ports, run, await ports.deliveries.counts(run.id));
  }
}
