import { finishRun } from './finish-run.ts';
import { showProgress, type ProgressPorts } from './progress.ts';
import { startDueRuns } from './start-due-runs.ts';

const RUNS_AT_ONCE = 20;

/** Starts runs that are due, shows how far the running ones are, closes those that are through. Safe to run twice. */
export async function advanceRuns(ports: ProgressPorts, signal?: AbortSignal): Promise<void> {
  await startDueRuns(ports, signal);
  for (const run of await ports.runs.inState('sending', RUNS_AT_ONCE)) {
    if (signal?.aborted) return;
    if (run.startedAtMs === null) continue;
    const counts = await ports.deliveries.counts(run.id);
    await showProgress(ports, run, counts);
    await finishRun(ports, run, counts);
  }
  for (const run of await ports.runs.inState('paused', RUNS_AT_ONCE)) {
    if (signal?.aborted) return;
    if (run.startedAtMs !== null) await showProgress(ports, run, await ports.deliveries.counts(run.id));
  }
}
