import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWorld, type World } from '#dev/world/world.ts';
import { freshDatabaseUri, services } from '#test/support/services.ts';

let world: World;

beforeAll(async () => {
  world = await startWorld({ mongodbUri: freshDatabaseUri(), redisUrl: services().redisUrl });
});
afterAll(() => world.stop());

describe('a group', () => {
  it('waits until an admin says in chat which khu phố it is', async () => {
    const { sandbox } = world;
    const admin = world.someone('telegram', 'Hà');
    await world.joinStaff(admin, ['admin'], 'office');
    const owner = sandbox.telegram.createPerson('Chủ nhóm');
    const chatId = sandbox.telegram.createGroup('Khu 3 yêu thương', { kind: 'supergroup' });
    sandbox.telegram.addBot(chatId, owner);
    await admin.hear('Khu 3 yêu thương');
    admin.tap('Xác nhận nhóm');
    await admin.hear('Nhóm này của khu nào?');
    admin.say('khu 3');
    await admin.hear('Trong nhóm là ai?');
    admin.say('1');
    await admin.hear('sẽ nhận tin của phường');
    const [group] = await world.runtime.core.store.destinations.list({ state: 'active' });
    expect(group).toMatchObject({
      title: 'Khu 3 yêu thương',
      audience: 'residents',
      chat: { chatId: String(chatId) },
    });
  });

  it('is answered with a link, and the words written there need not be typed again', async () => {
    const { sandbox } = world;
    const resident = sandbox.zalo.createPerson('Ông Năm');
    const group = sandbox.zalo.createGroup('Khu 5', [resident]);
    sandbox.zalo.sayInGroup(resident, group, '#phananh rác chất đống đầu ngõ 12');
    const answer = await sandbox.zalo.waitFor({ group }, (message) =>
      (message.text ?? '').includes('nhắn riêng'),
    );
    expect(answer.text).toContain('https://zalo.me/');
    expect(answer.text).not.toContain('rác');
    sandbox.zalo.follow(resident);
    const carried = await sandbox.zalo.waitFor(resident, (message) =>
      (message.text ?? '').includes('chép sang đây'),
    );
    expect(carried.text).toContain('rác chất đống đầu ngõ 12');
  });

  it('is not answered when its people talk among themselves', async () => {
    const { sandbox } = world;
    const resident = sandbox.zalo.createPerson('Bà Sáu');
    const group = sandbox.zalo.createGroup('Khu 6', [resident]);
    sandbox.zalo.sayInGroup(resident, group, 'mai ai đi chợ không');
    sandbox.zalo.sayInGroup(resident, group, 'phản ánh giúp tôi với');
    await sandbox.zalo.waitFor({ group }, (message) => (message.text ?? '').includes('nhắn riêng'));
    expect(sandbox.zalo.messagesIn(group).filter((message) => message.from === 'oa')).toHaveLength(1);
  });
});
