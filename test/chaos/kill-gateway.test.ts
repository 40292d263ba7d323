import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addTelegramGroups, orderBroadcast } from '#dev/world/broadcast.ts';
import { type OwnServices, startOwnServices } from '#dev/world/own-services.ts';
import { startProcess, untilWell } from '#dev/world/process.ts';
import { runOutLeases, setStage } from '#dev/world/stage.ts';
import { expectSameRecords, groupsOf, reached } from '#test/support/both-records.ts';

const CALM = { perBot: { limit: 90, windowMs: 1_000 } };
const AIM_MS = 60_000;
const RECOVERED_MS = 120_000;
const QUIET_MS = 3_000;

let own: OwnServices;
beforeAll(async () => {
  own = await startOwnServices({ hasOwnGateway: true });
});
afterAll(() => own.close());

const stageAt = (name: string) =>
  setStage({
    mongodbUri: new URL(`/${name}`, own.mongodbUri).href,
    redisUrl: own.redisUrl,
    runtime: { prefix: 'loa-phuong' },
    sandbox: { telegram: { rules: CALM } },
  });

it('a bot under kill -9 between the commit of its answers and their job: every answer goes out, once', async () => {
  const stage = await stageAt('enqueue');
  const bot = startProcess('bot', stage.environment);
  try {
    await untilWell(stage.botUrl);
    await own.stopPart('redis');
    const people = Array.from({ length: 5 }, (_, n) => stage.someone('telegram', `Ông ${n}`));
    for (const one of people) one.open();
    const { deliveries, inbox } = stage.runtime.core.store;
    const due = () => deliveries.waiting(Date.now());
    await expect.poll(due, { timeout: AIM_MS }).toEqual([{ platform: 'telegram', lane: 'reply' }]);
    await expect.poll(() => inbox.waitingChats(100), { timeout: AIM_MS }).toEqual([]);
    await bot.kill();
    await own.startPart('redis');
    await expect
      .poll(() => stage.runtime.queues.counts('send-telegram-reply').catch(() => null), { timeout: AIM_MS })
      .toMatchObject({ wait: 0, active: 0, delayed: 0 });
    const worker = startProcess('worker', stage.environment);
    try {
      for (const one of people) await one.hear('Kính chào ông/bà', AIM_MS);
      await expect.poll(due, { timeout: AIM_MS }).toEqual([]);
      expect(people.map((one) => one.heard().length)).toEqual(people.map(() => 1));
    } finally {
      await worker.kill();
    }
  } finally {
    await bot.kill();
    await stage.close();
  }
});

it('the database gateway under kill -9 in the middle of a broadcast: it goes on, nothing twice, nothing lost', async () => {
  const stage = await stageAt('gateway');
  const groups = await addTelegramGroups(stage, 120);
  const worker = startProcess('worker', stage.environment);
  try {
    const runId = await orderBroadcast(stage);
    const { deliveries } = stage.runtime.core.store;
    const arrived = () => reached(stage, groups).length;
    await expect.poll(arrived, { timeout: AIM_MS, interval: 20 }).toBeGreaterThan(20);
    await own.stopPart('gateway');
    expect(arrived()).toBeLessThan(groups.length);
    await delay(2_000);
    await own.startPart('gateway');
    const underWay = async () => {
      const counts = await deliveries.counts(runId);
      return counts.pending + counts.sending;
    };
    const look = async () => {
      const before = arrived();
      await delay(QUIET_MS);
      // What nobody holds any more, since the answer was lost with the gateway: leases, and claims without a call.
      if (arrived() === before) await runOutLeases(stage);
      return underWay();
    };
    await expect.poll(look, { timeout: RECOVERED_MS }).toBe(0);
    const unknown = groupsOf(await deliveries.ofRun(runId, 'unknown', groups.length));
    await expectSameRecords(stage, runId, groups, unknown);
  } finally {
    await worker.kill();
    await stage.close();
  }
});
