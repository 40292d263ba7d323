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

  it('with topics gets the posts in the one where an admin says so', async () => {
    const { sandbox } = world;
    const admin = world.someone('telegram', 'Hà');
    await world.joinStaff(admin, ['admin'], 'office');
    const person = sandbox.people.all().find((one) => sandbox.telegram.userId(one) === Number(admin.chatId));
    if (!person) throw new Error('the admin is nobody');
    const chatId = sandbox.telegram.createGroup('Khu 5 nhiều mục', { kind: 'supergroup', forum: true });
    sandbox.telegram.addBot(chatId, person);
    await admin.hear('Khu 5 nhiều mục');
    admin.tap('Xác nhận nhóm');
    await admin.hear('Nhóm này của khu nào?');
    admin.say('khu 5');
    await admin.hear('Trong nhóm là ai?');
    admin.say('1');
    await admin.hear('vào mục ấy trong nhóm, nhắn “/phatoday”');
    const threadId = sandbox.telegram.createTopic(chatId, person, 'Tin của phường');
    sandbox.telegram.say(person, chatId, '/phatoday', { threadId });
    await admin.hear('vào mục đó của nhóm “Khu 5 nhiều mục”');
    const { destinations } = world.runtime.core.store;
    const group = await destinations.byChat({ platform: 'telegram', chatId: String(chatId) });
    expect(group?.threadId).toBe(String(threadId));
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
