import type { Config } from '#src/config/config.ts';
import { buildRuntime, type RuntimeOptions, SHUTDOWN_MS, startWorkers } from './runtime.ts';
import { startBot } from './start-bot.ts';

/** Taking in and sending in one process; answers what puts both in order at the end. */
export async function serve(config: Config, options: RuntimeOptions = {}): Promise<() => Promise<void>> {
  const runtime = await buildRuntime(config, options);
  const workers = startWorkers(runtime, options);
  const bot = await startBot(runtime);
  return async () => {
    await bot.close();
    await workers.close(SHUTDOWN_MS / 2);
    await runtime.close();
  };
}
