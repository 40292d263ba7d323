import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MovableClock } from '#dev/sandbox/core/clock.ts';
import { addTelegramGroups } from '#dev/world/broadcast.ts';
import { startWorld, type World } from '#dev/world/world.ts';
import { atLocal, localDateOf } from '#src/domain/calendar/local-time.ts';
import { freshDatabaseUri, services } from '#test/support/services.ts';

let world: World;
const clock = new MovableClock();

beforeAll(async () => {
  clock.setMs(atLocal(localDateOf(Date.now()), '23:00'));
  world = await startWorld({ mongodbUri: freshDatabaseUri(), redisUrl: services().redisUrl, clock });
});
afterAll(() => world.stop());

describe('the leader on duty', () => {
  it('sends an urgent post at eleven at night, on Zalo alone, and the group has what was shown', async () => {
    const [group] = await addTelegramGroups(world, 1);
    const leader = world.someone('zalo', 'Ngô Văn Dũng');
    await world.joinStaff(leader, ['leader'], 'office');
    leader.say('tin khẩn');
    await leader.hear('Tin gì?');
    leader.say('Mất điện');
    await leader.hear('ở đâu?');
    leader.say('Khu 3');
    await leader.hear('giờ nào?');
    leader.say('từ 23 giờ đến 2 giờ sáng');
    const words = 'Nơi mất điện: Khu 3. Thời gian: từ 23 giờ đến 2 giờ sáng.';
    await leader.hear(words);
    await leader.hear('CHƯA GỬI');
    leader.say('1');
    await leader.hear('Lời do Bộ phận Văn phòng duyệt sẵn');
    const chatId = Number(group?.chat.chatId);
    await world.sandbox.telegram.waitFor(chatId, (one) => one.fromBot && one.text.includes(words), {
      timeoutMs: 20_000,
    });
    expect(world.sandbox.telegram.messages(chatId).filter((one) => one.fromBot)).toHaveLength(1);
  });
});
