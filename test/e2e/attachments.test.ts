import { describe, expect, it } from 'vitest';
import { addTelegramGroups } from '#dev/world/broadcast.ts';
import { useWorldAt, writePost } from '#test/support/world-at.ts';

const { world } = useWorldAt('2024-03-18', '09:00');

describe('a post with a file and a link', () => {
  it('is seen whole by the approver on Zalo before it goes out, with its file to the group and with a picture to the head', async () => {
    const [group] = await addTelegramGroups(world(), 1);
    const editor = world().someone('telegram', 'Trần Thị Hà');
    const approver = world().someone('zalo', 'Lê Văn Bình');
    const head = world().someone('telegram', 'Phạm Văn Ba');
    await world().joinStaff(editor, ['editor'], 'culture-information');
    await world().joinStaff(approver, ['approver'], 'chairperson');
    await world().joinStaff(head, ['neighbourhood-head'], 'neighbourhood-heads', 'khu-2');
    await writePost(editor, 'Mời bà con khu 3 họp lúc 19 giờ tại nhà văn hóa.');
    await editor.hear('Bước 3/3');
    editor.say('1');
    await editor.hear('CHƯA GỬI');
    editor.say('2');
    await editor.hear('muốn sửa chỗ nào');
    editor.say('7');
    await editor.hear('Đi kèm bài');
    editor.sendFile('Giấy mời.pdf');
    await editor.hear('tệp Giấy mời.pdf');
    editor.say('baichay.gov.vn/hop');
    await editor.hear('liên kết https://baichay.gov.vn/hop');
    editor.say('1');
    await editor.hear('CHƯA GỬI');
    editor.say('1');
    await editor.hear('xin duyệt');
    await approver.hear('Xem từng bản');
    approver.say('3');
    await approver.hear('Bản Zalo:');
    await approver.hear('Xem thêm: https://baichay.gov.vn/hop');
    await approver.hear('Bản đọc loa:');
    approver.say('1');
    await approver.hear('Đã duyệt');
    await world().runtime.jobPorts.advanceRuns(new AbortController().signal);
    const { telegram } = world().sandbox;
    const chatId = Number(group?.chat.chatId);
    const sent = await telegram.waitFor(chatId, (one) => one.fromBot && one.kind === 'document', {
      timeoutMs: 30_000,
    });
    expect(sent.wire.document?.file_name).toBe('Giấy mời.pdf');
    await head.hear('Kính gửi ông/bà Tổ trưởng');
    await telegram.waitFor(Number(head.chatId), (one) => one.fromBot && one.kind === 'photo', {
      timeoutMs: 30_000,
    });
  });
});
