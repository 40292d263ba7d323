import { afterEach, describe, expect, it } from 'vitest';
import { startProcess, untilWell } from '#dev/world/process.ts';
import { setStage, type Stage } from '#dev/world/stage.ts';
import type { Someone } from '#dev/world/people.ts';
import type { App } from '#src/app/app.ts';
import { PLATFORMS } from '#src/domain/inbound.ts';
import { startWorkers, type Runtime } from '#src/main/runtime.ts';
import { startBot } from '#src/main/start-bot.ts';
import { freshDatabaseUri, freshRedis, redisDatabase } from '#test/support/services.ts';

const SHUTDOWN_MS = 3_000;

/** What the test started, ended in the opposite order whatever happened. */
const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function stageFor(database: number): Promise<Stage> {
  const stage = await setStage({
    mongodbUri: freshDatabaseUri(),
    redisUrl: redisDatabase(database),
    runtime: { prefix: freshRedis().prefix, putBackEveryMs: 500 },
    sandbox: { zalo: { retryScale: 0.01 } },
  });
  closing.push(() => stage.close());
  return stage;
}

const withStores = (runtime: Runtime, stores: Partial<App>): Runtime => ({
  ...runtime,
  core: { ...runtime.core, app: { ...runtime.core.app, ...stores } },
});

/** Handled to the end: no row waits in the inbox, and none was set aside. */
async function untilHandled(stage: Stage): Promise<void> {
  const { inbox } = stage.runtime.core.store;
  await expect.poll(() => inbox.waitingChats(100), { timeout: 20_000 }).toEqual([]);
}

const onEach = (stage: Stage, count: number): readonly Someone[] =>
  Array.from({ length: count }, (_, n) =>
    PLATFORMS.map((platform) => stage.someone(platform, `Người ${n}`)),
  ).flat();

describe.each(['throws', 'hangs'] as const)('a handler that %s', (how) => {
  it('loses no update: the row was there before the offset moved or the 200 went out', async () => {
    const stage = await stageFor(how === 'throws' ? 21 : 22);
    const { core } = stage.runtime;
    const release = Promise.withResolvers<never>();
    release.promise.catch(() => undefined);
    const fails = Promise.reject(new Error('scripted'));
    fails.catch(() => undefined);
    const conversations: App['conversations'] = {
      ...core.app.conversations,
      load: () => (how === 'throws' ? fails : release.promise),
    };
    const bot = await startBot(withStores(stage.runtime, { conversations }));
    closing.push(async () => {
      release.reject(new Error('the test is over'));
      await bot.close();
    });
    await stage.connectZalo();
    const people = onEach(stage, 3);
    for (const one of people) one.say('menu');
    const { journal } = stage.sandbox;
    // On Telegram "/start" comes before it. All is acknowledged, although nothing was handled.
    await journal.waitFor({ kind: 'ack', platform: 'telegram' }, { count: 6, timeoutMs: 10_000 });
    await journal.waitFor({ kind: 'ack', platform: 'zalo', ok: true }, { count: 3, timeoutMs: 10_000 });
    expect(await core.store.inbox.waitingChats(100)).toHaveLength(6);

    const workers = startWorkers(stage.runtime, stage.runtimeOptions);
    closing.push(() => workers.close(SHUTDOWN_MS));
    for (const one of people) await one.hear('Kính chào ông/bà');
    await untilHandled(stage);
  });
});

describe('a bot that is killed at any moment of taking in', () => {
  it('has every update when it comes back, in order, and none twice', async () => {
    const stage = await stageFor(23);
    const { journal, zalo, telegram } = stage.sandbox;
    const people = onEach(stage, 10);
    let bot = startProcess('bot', stage.environment);
    closing.push(() => bot.kill());
    await untilWell(stage.botUrl);
    await stage.connectZalo();
    const rounds = [
      { words: 'Đèn đường hỏng rồi', killAfterAcks: 1 },
      { words: 'Tổ 5 Khu 3', killAfterAcks: 6 },
      { words: '0', killAfterAcks: 13 },
    ];
    for (const { words, killAfterAcks } of rounds) {
      const seen = journal.count({ kind: 'ack' });
      for (const one of people) one.say(words);
      await journal.waitFor({ kind: 'ack' }, { count: seen + killAfterAcks, timeoutMs: 10_000 });
      await bot.kill();
      bot = startProcess('bot', stage.environment);
      await untilWell(stage.botUrl);
      // What Zalo could not hand over comes again by its ladder, what Telegram still holds by the poll.
      await zalo.webhooks.settled({ timeoutMs: 20_000 });
      await expect.poll(() => telegram.pendingUpdates(), { timeout: 20_000 }).toBe(0);
    }
    const worker = startProcess('worker', stage.environment);
    closing.push(() => worker.kill());
    await untilHandled(stage);
    for (const one of people) {
      const summary = await one.hear('xem lại giúp');
      expect(summary.split('Đèn đường hỏng rồi')).toHaveLength(2);
      expect(summary.split('Tổ 5 Khu 3')).toHaveLength(2);
    }
  });
});
