import { expect, it } from 'vitest';
import { setStage } from '#dev/world/stage.ts';
import type { Runtime } from '#src/main/runtime.ts';
import { startWorkers } from '#src/main/runtime.ts';
import { startBot } from '#src/main/start-bot.ts';
import { freshDatabaseUri, freshRedis } from '#test/support/services.ts';

/** The runtime, of whose inbox the first call of `method` never ends. */
function hangingOnce(runtime: Runtime, method: 'add' | 'next'): { runtime: Runtime; hung: () => number } {
  const { inbox } = runtime.core.app;
  let calls = 0;
  const hang = <T>(): Promise<T> => new Promise(() => undefined);
  const app = {
    ...runtime.core.app,
    inbox: {
      ...inbox,
      add: (event: Parameters<typeof inbox.add>[0]) =>
        method === 'add' && calls++ === 0 ? hang<'new'>() : inbox.add(event),
      next: (key: string) => (method === 'next' && calls++ === 0 ? hang<null>() : inbox.next(key)),
    },
  };
  return { runtime: { ...runtime, core: { ...runtime.core, app } }, hung: () => calls };
}

it.each(['add', 'next'] as const)(
  'a database call that never ends (%s) holds nobody up for good: the resident is answered, once',
  async (method) => {
    const redis = freshRedis();
    const stage = await setStage({
      mongodbUri: freshDatabaseUri(),
      redisUrl: redis.url,
      runtime: { putBackEveryMs: 1_000, prefix: redis.prefix },
    });
    const { runtime, hung } = hangingOnce(stage.runtime, method);
    const workers = startWorkers(stage.runtime, stage.runtimeOptions);
    const bot = await startBot(runtime, { takeInMs: 500, chatMs: 500 });
    try {
      const resident = stage.someone('telegram', 'Bà Sáu');
      resident.open();
      await resident.hear('Kính chào ông/bà', 30_000);
      expect(hung()).toBeGreaterThan(0);
      expect(resident.heard().filter((text) => text.includes('Kính chào ông/bà'))).toHaveLength(1);
    } finally {
      await bot.close();
      await workers.close(3_000);
      await stage.close();
    }
  },
);
