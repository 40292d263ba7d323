import { beforeAll, describe, expect, it } from 'vitest';
import { addTelegramGroups, orderBroadcast } from '#dev/world/broadcast.ts';
import type { Someone } from '#dev/world/people.ts';
import { atLocal } from '#src/domain/calendar/local-time.ts';
import { useWorldAt, writePost } from '#test/support/world-at.ts';

let editor: Someone;
let approver: Someone;
const { clock, world } = useWorldAt('2024-03-18', '09:00');
beforeAll(async () => {
  editor = world().someone('zalo', 'Trần Thị Hà');
  approver = world().someone('zalo', 'Lê Văn Bình');
  await world().joinStaff(editor, ['editor'], 'culture-information');
  await world().joinStaff(approver, ['approver'], 'chairperson');
});
const { signal } = new AbortController();

describe('by the clock', () => {
  it('the editor gets at 17:00 what people asked under a post, and the group hears nothing', async () => {
    const [group] = await addTelegramGroups(world(), 1);
    await orderBroadcast(world());
    const { telegram } = world().sandbox;
    const chatId = Number(group?.chat.chatId);
    const post = await telegram.waitFor(chatId, (one) => one.fromBot, { timeoutMs: 20_000 });
    const resident = telegram.createPerson('Bà Tư');
    telegram.join(resident, chatId);
    telegram.say(resident, chatId, 'Họp ở đâu vậy phường ơi?', { replyTo: post.messageId });
    const { questions } = world().runtime.core.store;
    await expect.poll(() => questions.before(clock.nowMs() + 60_000, 9), { timeout: 20_000 }).toHaveLength(1);
    clock.setMs(atLocal('2024-03-18', '17:00'));
    await world().runtime.jobPorts.listQuestions(signal);
    expect(await editor.hear('Bà con hỏi trong nhóm')).toContain('Họp ở đâu vậy phường ơi?');
    expect(telegram.messages(chatId).filter((one) => one.fromBot)).toHaveLength(1);
  });

  it('an approver who has not answered is asked once more after half an hour of office time', async () => {
    clock.setMs(atLocal('2024-03-19', '09:00'));
    await writePost(editor, 'Mời bà con khu 3 họp lúc 19 giờ tại nhà văn hóa.');
    await editor.hear('Bước 3/3');
    editor.say('1');
    await editor.hear('CHƯA GỬI');
    editor.say('1');
    await approver.hear('Chưa duyệt thì chưa gửi');
    clock.setMs(atLocal('2024-03-19', '09:31'));
    await world().runtime.jobPorts.tickSchedule(signal);
    await world().runtime.jobPorts.tickSchedule(signal);
    expect(await approver.hear('Nhắc anh/chị')).toContain('họp lúc 19 giờ');
    expect(approver.heard().filter((text) => text.startsWith('Nhắc anh/chị'))).toHaveLength(1);
  });

  it('a khu phố whose only group has put the bot out becomes a duty of the editor, and is over when it comes back', async () => {
    clock.setMs(atLocal('2024-03-20', '09:00'));
    const { telegram } = world().sandbox;
    const { destinations, staff } = world().runtime.core.store;
    // Who ordered the first test's post is of the same unit, and either could be given the duty.
    for (const { id, name } of await staff.list()) if (name === 'editor') await staff.remove(id);
    const [group] = await addTelegramGroups(world(), 1);
    if (!group) throw new Error('no group');
    await destinations.upsert({ ...group, neighbourhood: 'khu-8' });
    const stateNow = async () => (await destinations.get(group.id))?.state;
    const chatId = Number(group.chat.chatId);
    const owner = telegram.createPerson('Người lập nhóm');
    telegram.kickBot(chatId, owner);
    await expect.poll(stateNow, { timeout: 20_000 }).toBe('unreachable');
    await world().runtime.jobPorts.watchNeighbourhoods(signal);
    await world().runtime.jobPorts.tickDuties(signal);
    await editor.hear('Khu 8 mất liên lạc');
    telegram.addBot(chatId, owner);
    await expect.poll(stateNow, { timeout: 20_000 }).toBe('active');
    await world().runtime.jobPorts.watchNeighbourhoods(signal);
    editor.say('việc của tôi');
    expect(await editor.hear(/việc/iu)).not.toContain('Khu 8');
  });
});
