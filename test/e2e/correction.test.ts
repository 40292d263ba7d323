import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWorld, type World } from '#dev/world/world.ts';
import { orderRun } from '#src/app/broadcast/order-run.ts';
import type { Destination } from '#src/domain/destination.ts';
import { freshDatabaseUri, services } from '#test/support/services.ts';

let world: World;

beforeAll(async () => {
  world = await startWorld({ mongodbUri: freshDatabaseUri(), redisUrl: services().redisUrl });
});
afterAll(() => world.stop());

const RIGHT = 'Họp khu phố lúc 19 giờ thứ Sáu.';

const store = () => world.runtime.core.store;

async function destination(platform: 'telegram' | 'zalo', chatId: string): Promise<Destination> {
  return store().destinations.upsert({
    kind: 'group',
    chat: { platform, chatId },
    title: chatId,
    neighbourhood: null,
    audience: 'residents',
    state: 'active',
  });
}

describe('a correction', () => {
  it('reaches exactly those who got the original: edited, or posted where nothing can be edited', async () => {
    const { sandbox } = world;
    const { telegram, zalo } = sandbox;
    const editor = world.someone('telegram', 'Trần Thị Hà');
    const approver = world.someone('zalo', 'Lê Văn Bình');
    const author = await world.joinStaff(editor, ['editor'], 'culture-information');
    const second = await world.joinStaff(approver, ['approver'], 'chairperson');
    const owner = telegram.createPerson('Chủ nhóm');
    const group = async (title: string, kind: 'group' | 'supergroup' = 'supergroup') => {
      const chatId = telegram.createGroup(title, { kind });
      telegram.addBot(chatId, owner);
      return { chatId, row: await destination('telegram', String(chatId)) };
    };
    const plain = await group('Khu 1');
    const migrates = await group('Khu 2', 'group');
    const kicked = await group('Khu 3');
    const refused = await group('Khu 4');
    const zaloGroup = zalo.createGroup('Zalo khu 1');
    await destination('zalo', `g:${zaloGroup.groupId}`);
    const fromBot = (chatId: number) => telegram.messages(chatId).filter((message) => message.fromBot);
    const fromOa = () => zalo.messagesIn(zaloGroup).filter((message) => message.from === 'oa');

    telegram.kickBot(refused.chatId, owner);
    const { app } = world.runtime.core;
    const ordered = await orderRun(app, {
      id: 'R-original',
      postId: 'TT-01-1',
      authorId: author.id,
      approverId: second.id,
      sendAtMs: app.clock.nowMs(),
    });
    expect(ordered.kind).toBe('ordered');
    await editor.hear('đã phát xong', 90_000);
    for (const { chatId } of [plain, migrates, kicked]) expect(fromBot(chatId)).toHaveLength(1);
    expect(fromOa()).toHaveLength(1);
    expect(fromBot(refused.chatId)).toHaveLength(0);

    // Between the two: one group becomes a supergroup, one loses the bot, one lets it back in, one is new.
    const movedTo = telegram.migrate(migrates.chatId);
    telegram.kickBot(kicked.chatId, owner);
    telegram.addBot(refused.chatId, owner);
    await store().destinations.setState(refused.row.id, 'active');
    const later = await group('Khu 5');

    editor.tap('Đính chính');
    await editor.hear('gửi lại cả bài');
    editor.say(RIGHT);
    await editor.hear('sai chỗ nào');
    editor.say('sai giờ họp');
    await editor.hear('đúng 4 nơi');
    await editor.hear('CHƯA GỬI');
    editor.tap('Gửi duyệt');
    await approver.hear('sai giờ họp');
    expect(fromOa()).toHaveLength(1);
    approver.say('1');
    await editor.hear('đã phát xong', 90_000);

    // The sandbox's own record of each chat.
    expect(fromBot(plain.chatId).map((message) => message.text)).toEqual([expect.stringContaining(RIGHT)]);
    expect(fromBot(plain.chatId)[0]?.text).toMatch(/^ĐÍNH CHÍNH/u);
    expect(fromBot(movedTo).map((message) => message.text)).toEqual([expect.stringContaining(RIGHT)]);
    expect(fromOa()).toHaveLength(2);
    expect(fromOa().at(-1)?.text).toContain(RIGHT);
    for (const { chatId } of [refused, later]) expect(fromBot(chatId)).toHaveLength(0);
    expect(fromBot(kicked.chatId).filter((message) => message.text.includes(RIGHT))).toEqual([]);

    const original = await store().runs.get('R-original');
    const correction = await store().runs.get(original?.correctedBy ?? '');
    expect(original?.state).toBe('corrected');
    expect(correction).toMatchObject({ authorId: author.id, reason: 'sai giờ họp', state: 'done' });
    expect(await store().deliveries.counts(correction?.id ?? '')).toMatchObject({
      sent: 3,
      gone: 1,
      unknown: 0,
    });
  });
});
