import { Redis } from 'ioredis';
import { MongoClient } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startWorld, type World } from '#dev/world/world.ts';
import type { Platform } from '#src/domain/inbound.ts';
import { freshDatabaseUri, services } from '#test/support/services.ts';

const WORDS = 'Tôi tố cáo ông Khuất Văn Thỏ ăn chặn tiền hỗ trợ';
const MORE = 'ông Khuất Văn Thỏ còn nhận phong bì';
const SENDER = 'Bà Đoàn Thị Hến';
const SECRETS = /Khuất|Khu\\u1ea5t|Văn Thỏ|Đoàn Thị Hến/u;

let world: World;
let written = '';

beforeAll(async () => {
  // All that the process logs, at its most talkative.
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, 'write').mockImplementation((chunk) => {
      written += String(chunk);
      return true;
    });
  world = await startWorld({
    mongodbUri: freshDatabaseUri(),
    redisUrl: services().redisUrl,
    logLevel: 'debug',
  });
});
afterAll(async () => {
  await world.stop();
  vi.restoreAllMocks();
});

/** Every document of every collection, and all that stands in Redis, as bytes would show it. */
async function everythingStored(): Promise<readonly { readonly where: string; readonly what: string }[]> {
  const client = await MongoClient.connect(world.config.mongodbUri, { retryWrites: false });
  const redis = new Redis(world.config.redisUrl);
  try {
    const found: { where: string; what: string }[] = [];
    for (const collection of await client.db().collections())
      for (const document of await collection.find().toArray())
        found.push({ where: collection.collectionName, what: JSON.stringify(document) });
    for (const key of await redis.keys('*'))
      found.push({ where: 'redis', what: `${key} ${await redis.dump(key)}` });
    return found;
  } finally {
    await client.close();
    redis.disconnect();
  }
}

describe.each<Platform>(['telegram', 'zalo'])('words of a denunciation on %s', (platform) => {
  it('and their sender are found nowhere, read by those two alone, and their reading is on record', async () => {
    const officer = world.someone(platform, 'Dũng');
    const other = await world.joinStaff(officer, ['handler', 'leader', 'admin'], 'office');
    const chair = world.someone(platform, 'Chủ');
    const reader = await world.joinStaff(chair, ['chairperson'], 'chairperson');
    const resident = world.someone(platform, SENDER);
    resident.open();
    await resident.hear('Kính chào ông/bà');
    resident.say(WORDS);
    const met = await resident.hear('tin nhắn ở đây không phải là đơn');
    expect(met).toContain('Tin đã được khóa riêng');
    resident.say(MORE);
    await resident.hear('xin đừng nhắn thêm');
    resident.say('1');
    await resident.hear('Đơn tố cáo cần có');
    await vi.waitFor(async () => {
      const kept = await world.runtime.core.store.denunciations.list(9);
      expect(kept.some(({ matter }) => matter.sender.platform === platform)).toBe(true);
    });
    expect(resident.heard().join('\n')).not.toMatch(/đã tiếp nhận|đã nhận|Mã \d/u);

    const searched = await everythingStored();
    expect(new Set(searched.map(({ where }) => where)).size).toBeGreaterThan(10);
    for (const { where, what } of searched) expect(`${where} ${what}`).not.toMatch(SECRETS);
    // Who it was stands nowhere near it.
    const near = searched.filter(({ where }) => ['denunciations', 'audit', 'cases'].includes(where));
    expect(JSON.stringify(near)).not.toContain(resident.chatId);

    officer.say('tin khóa');
    await officer.hear('cần người có phận sự');
    chair.say('tin khóa');
    await chair.hear('tin khóa riêng');
    chair.say('1');
    expect(await chair.hear('đã ghi sổ')).toContain(MORE);
    const after = await everythingStored();
    for (const { where, what } of after) expect(`${where} ${what}`).not.toMatch(SECRETS);
    const audit = after
      .filter(({ where }) => where === 'audit')
      .map(({ what }) => what)
      .join('\n');
    expect(audit).toMatch(new RegExp(`${other.id}.*locked-refused`, 'u'));
    expect(audit).toMatch(new RegExp(`${reader.id}.*locked-read`, 'u'));
    expect(officer.heard().join('\n')).not.toMatch(SECRETS);
    expect((await world.runtime.metrics.scrape()).text).not.toMatch(SECRETS);
    expect(written).not.toMatch(SECRETS);
  });
});
