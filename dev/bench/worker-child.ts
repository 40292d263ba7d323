import { runEntry } from '#src/main/process.ts';
import { buildRuntime, type RuntimeOptions, SHUTDOWN_MS, startWorkers } from '#src/main/runtime.ts';

/** The project's worker, as `src/main/worker.ts` starts it, with what a benchmark changes about it. */
export interface WorkerChange {
  readonly limits?: RuntimeOptions['limits'];
  /** Holds the event loop up for so long, again and again. */
  readonly stall?: { readonly everyMs: number; readonly forMs: number };
}

const { limits, stall } = JSON.parse(process.env['BENCH_WORKER'] ?? '{}') as WorkerChange;

function stallOnce(forMs: number): void {
  const untilMs = performance.now() + forMs;
  while (performance.now() < untilMs);
}

if (stall) setInterval(() => stallOnce(stall.forMs), stall.everyMs).unref();

await runEntry(async (config) => {
  const options = limits ? { limits } : {};
  const runtime = await buildRuntime(config, options);
  const workers = startWorkers(runtime, options);
  return async () => {
    await workers.close(SHUTDOWN_MS / 2);
    await runtime.close();
  };
}, SHUTDOWN_MS);
