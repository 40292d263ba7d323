import { runEntry } from './process.ts';
import { buildRuntime, SHUTDOWN_MS, startWorkers } from './runtime.ts';

await runEntry(async (config) => {
  const runtime = await buildRuntime(config);
  const workers = startWorkers(runtime);
  return async () => {
    await workers.close(SHUTDOWN_MS / 2);
    await runtime.close();
  };
}, SHUTDOWN_MS);
