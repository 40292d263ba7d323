import { runEntry } from './process.ts';
import { buildRuntime, SHUTDOWN_MS } from './runtime.ts';
import { startBot } from './start-bot.ts';

await runEntry(async (config) => {
  const runtime = await buildRuntime(config);
  runtime.putBack.start();
  const bot = await startBot(runtime);
  return async () => {
    await bot.close();
    await runtime.close();
  };
}, SHUTDOWN_MS);
