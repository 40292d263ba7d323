import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWorld, type World } from '#dev/world/world.ts';
import { freshDatabaseUri, services } from '#test/support/services.ts';

let world: World;

beforeAll(async () => {
  world = await startWorld({ mongodbUri: freshDatabaseUri(), redisUrl: services().redisUrl });
});
afterAll(() => world.stop());

describe('a post', () => {
  it('goes from an editor over another approver to every group, head and loudspeaker, and nobody gets it twice', async () => {
    const { sandbox } = world;
    const editor = world.someone('telegram', 'Trần Thị Hà');
    const approver = world.someone('zalo', 'Lê Văn Bình');
    const head = world.someone('zalo', 'Phạm Văn Ba');
    const operator = world.someone('telegram', 'Vũ Thị Loa');
    await world.joinStaff(editor, ['editor'], 'culture-information');
    await world.joinStaff(approver, ['approver'], 'chairperson');
    await world.joinStaff(head, ['neighbourhood-head'], 'culture-information', 'khu-3');
    await world.joinStaff(operator, ['loudspeaker-operator'], 'culture-information');
    const owner = sandbox.telegram.createPerson('Chủ nhóm');
    const telegramGroups = Array.from({ length: 3 }, (_, index) => {
      const chatId = sandbox.telegram.createGroup(`Khu ${String(index + 1)}`, { kind: 'supergroup' });
      sandbox.telegram.addBot(chatId, owner);
      return chatId;
    });
    const zaloGroups = Array.from({ length: 2 }, (_, index) =>
      sandbox.zalo.createGroup(`Zalo khu ${String(index + 1)}`),
    );
    const { destinations } = world.runtime.core.store;
    for (const [platform, chatId] of [
      ...telegramGroups.map((id) => ['telegram', String(id)] as const),
      ...zaloGroups.map((group) => ['zalo', `g:${group.groupId}`] as const),
    ]) {
      await destinations.upsert({
        kind: 'group',
        chat: { platform, chatId },
        title: chatId,
        neighbourhood: null,
        audience: 'residents',
        state: 'active',
      });
    }

    editor.say('/dangtin');
    await editor.hear('0 Thôi');
    editor.say('1');
    await editor.hear('0 Thôi');
    const title = 'Mời bà con dự họp khu phố, bàn việc làm đường ngõ.';
    editor.say(title);
    await editor.hear('Gửi lúc nào');
    editor.say('1');
    await editor.hear('CHƯA GỬI');
    editor.tap('Gửi duyệt');
    await approver.hear('duyệt');
    approver.say('1');

    for (const chatId of telegramGroups) {
      await sandbox.telegram.waitFor(chatId, (message) => message.fromBot && message.text.includes(title), {
        timeoutMs: 30_000,
      });
    }
    for (const group of zaloGroups) {
      await sandbox.zalo.waitFor({ group }, (message) => (message.text ?? '').includes(title), {
        timeoutMs: 30_000,
      });
    }
    await head.hear('Tổ trưởng');
    await head.hear(title);
    head.say('1');
    await operator.hear(/đọc/iu);
    operator.say('1');
    const counted = await editor.hear('xong', 60_000);
    expect(counted).not.toBe('');
    for (const chatId of telegramGroups) {
      expect(sandbox.telegram.messages(chatId).filter((message) => message.fromBot)).toHaveLength(1);
    }
    for (const group of zaloGroups) {
      expect(sandbox.zalo.messagesIn(group).filter((message) => message.from === 'oa')).toHaveLength(1);
    }
  });
});
