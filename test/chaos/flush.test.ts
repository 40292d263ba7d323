import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MovableClock } from '#dev/sandbox/index.ts';
import { addTelegramGroups, messagesIn, orderBroadcast, untilDone } from '#dev/world/broadcast.ts';
import { type OwnServices, startOwnServices } from '#dev/world/own-services.ts';
import { startWorld, type World } from '#dev/world/world.ts';
import { PLATFORMS } from '#src/domain/inbound.ts';

/** As in production: what is asked of it here is asked of that. */
const PUT_BACK_EVERY_MS = 15_000;
const TICKS_AGAIN_WITHIN_MS = 30_000;

let services: OwnServices;
let redis: Redis;
let world: World;

beforeAll(async () => {
  services = await startOwnServices();
  redis = new Redis(services.redisUrl);
  const clock = new MovableClock();
  // An hour before the first reminder of a deadline.
  clock.setMs(Date.UTC(2024, 3, 16, 0, 0));
  world = await startWorld({
    mongodbUri: new URL('/flush', services.mongodbUri).href,
    redisUrl: services.redisUrl,
    clock,
    putBackEveryMs: PUT_BACK_EVERY_MS,
  });
});
afterAll(async () => {
  await world.stop();
  redis.disconnect();
  await services.close();
});

describe.concurrent('all of Redis flushed away', () => {
  it('in the middle of a broadcast: every group gets the post, and once', async () => {
    const groups = await addTelegramGroups(world, 120);
    const runId = await orderBroadcast(world);
    const toGroups = (entry: { method: string; chatId?: string | undefined }) =>
      entry.method === 'sendMessage' && (entry.chatId ?? '').startsWith('-');
    await world.sandbox.journal.waitFor(toGroups, { count: 40, timeoutMs: 30_000 });
    await redis.flushall();
    await untilDone(world, runId, 60_000);
    expect(groups.map((group) => messagesIn(world, group))).toEqual(groups.map(() => 1));
    expect(await world.runtime.core.store.deliveries.counts(runId)).toMatchObject({ sent: 120, unknown: 0 });
  });

  it.each(PLATFORMS)('in the middle of a form on %s: the form goes on where it was', async (platform) => {
    const resident = world.someone(platform, 'Bà Sáu');
    const form = [
      ['Đèn đường hỏng rồi', 'Bước 1/2'],
      ['Tổ 5 Khu 3', 'Bước 2/2'],
      ['0', 'xem lại giúp'],
      ['1', 'Phường đã nhận'],
    ] as const;
    for (const [words, answer] of form) {
      resident.say(words);
      await redis.flushall();
      await resident.hear(answer, TICKS_AGAIN_WITHIN_MS);
    }
    const chat = { platform, chatId: resident.chatId };
    expect(await world.runtime.core.store.cases.ofResident(chat, 10)).toHaveLength(1);
    expect(resident.heard().filter((text) => text.includes('Bước 1/2'))).toHaveLength(1);
  });

  it('before a reminder: the scheduler ticks again within 30 s, and reminds once', async () => {
    const officer = world.someone('telegram', 'Nguyễn Văn Dũng');
    await world.joinStaff(officer, ['handler'], 'office');
    const { duties } = world.runtime.core.store;
    const nextAtMs = async () => (await duties.get('DL-2.2024'))?.nextAtMs ?? 0;
    await expect.poll(nextAtMs, { timeout: 30_000 }).toBeGreaterThan(0);
    await redis.flushall();
    world.sandbox.clock.setMs(await nextAtMs());
    await officer.hear('6 tháng', TICKS_AGAIN_WITHIN_MS);
    // Everything that would say it a second time has had its turn.
    await world.runtime.jobPorts.tickDuties(new AbortController().signal);
    await world.runtime.putBack.runOnce();
    expect(officer.heard().filter((text) => text.includes('6 tháng'))).toHaveLength(1);
  });
});
