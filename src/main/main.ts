import { runEntry } from './process.ts';
import { buildRuntime, SHUTDOWN_MS, startWorkers } from './runtime.ts';
import { startBot } from './start-bot.ts';

await runEntry(async (config) => {
  const runtime = await buildRuntime(config);
  const workers = startWorkers(runtime);
  const bot = await startBot(runtime);
  return async () => {
    await bot.close();
    await workers.close(SHUTDOWN_MS / 2);
    await runtime.close();
  };
}, SHUTDOWN_MS);
