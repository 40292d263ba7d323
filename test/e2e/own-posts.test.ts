import { describe, expect, it } from 'vitest';
import { addTelegramGroups } from '#dev/world/broadcast.ts';
import { atLocal } from '#src/domain/calendar/local-time.ts';
import { useWorldAt, writePost } from '#test/support/world-at.ts';

const { clock, world } = useWorldAt('2024-03-18', '09:00');

describe('an editor on Zalo', () => {
  it('lays a post aside, finds it the next day, mends it when it comes back, and changes it after approval: only the last words go out', async () => {
    const [group] = await addTelegramGroups(world(), 1);
    const editor = world().someone('zalo', 'Trần Thị Hà');
    const approver = world().someone('zalo', 'Lê Văn Bình');
    await world().joinStaff(editor, ['editor'], 'culture-information');
    await world().joinStaff(approver, ['approver'], 'chairperson');
    await writePost(editor, 'Mời bà con khu 3 họp tại nhà văn hóa.\nNhớ mang theo giấy mời.');
    await editor.hear('Bước 3/3');
    editor.say('để sau');
    await editor.hear('Đã lưu nháp');

    clock.setMs(atLocal('2024-03-19', '09:00'));
    editor.say('bài của tôi');
    await editor.hear('đang soạn');
    editor.say('1');
    await editor.hear('1 Sửa');
    editor.say('1');
    await editor.hear('soạn dở');
    await editor.hear('CHƯA GỬI');
    editor.say('1');
    await editor.hear('xin duyệt');
    await approver.hear('Chưa duyệt thì chưa gửi');
    approver.say('2');
    await approver.hear('muốn người soạn sửa gì');
    approver.say('Thiếu giờ họp');
    await approver.hear('Đã trả lại');

    await editor.hear('“Thiếu giờ họp”');
    editor.say('1');
    await editor.hear('Anh/chị sửa ở dưới');
    await editor.hear('CHƯA GỬI');
    editor.say('2');
    await editor.hear('muốn sửa chỗ nào');
    editor.say('1');
    await editor.hear('gõ bài');
    editor.say('Mời bà con khu 3 họp lúc 19 giờ tại nhà văn hóa.');
    await editor.hear('họp lúc 19 giờ');
    await editor.hear('CHƯA GỬI');
    editor.say('2');
    await editor.hear('muốn sửa chỗ nào');
    editor.say('2');
    await editor.hear('Gửi lúc nào');
    editor.say('15h');
    await editor.hear('Gửi 15 giờ');
    editor.say('1');
    await editor.hear('xin duyệt');
    await approver.hear('họp lúc 19 giờ');
    approver.say('1');
    await approver.hear('Đã duyệt');

    await editor.hear('đã được');
    editor.say('3');
    await editor.hear('bản cũ vẫn đi đúng giờ');
    await editor.hear('CHƯA GỬI');
    editor.say('2');
    await editor.hear('muốn sửa chỗ nào');
    editor.say('1');
    await editor.hear('gõ bài');
    editor.say('Mời bà con khu 3 họp lúc 20 giờ tại nhà văn hóa.');
    await editor.hear('họp lúc 20 giờ');
    await editor.hear('CHƯA GỬI');
    editor.say('1');
    await editor.hear('xin duyệt');
    const { runs } = world().runtime.core.store;
    expect(await runs.latest(['submitted'], 9)).toMatchObject([{ approvedHash: null }]);
    await approver.hear('họp lúc 20 giờ');
    approver.say('1');
    await approver.hear('Đã duyệt');
    clock.setMs(atLocal('2024-03-19', '15:00'));
    await world().runtime.jobPorts.advanceRuns(new AbortController().signal);
    const chatId = Number(group?.chat.chatId);
    await world().sandbox.telegram.waitFor(chatId, (one) => one.fromBot && one.text.includes('20 giờ'), {
      timeoutMs: 20_000,
    });
    expect(
      world()
        .sandbox.telegram.messages(chatId)
        .filter((one) => one.fromBot),
    ).toHaveLength(1);
  });
});
