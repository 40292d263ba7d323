import { describe, expect, it } from 'vitest';
import { addTelegramGroups } from '#dev/world/broadcast.ts';
import { useWorldAt, writePost } from '#test/support/world-at.ts';

const { world } = useWorldAt('2024-03-18', '09:00');

describe('an approver who goes on leave', () => {
  it('names a deputy, who is asked about the post that waits and approves it; held at a tap, its reason is on record', async () => {
    await addTelegramGroups(world(), 1);
    const editor = world().someone('zalo', 'Trần Thị Hà');
    const approver = world().someone('zalo', 'Lê Văn Bình');
    const deputy = world().someone('zalo', 'Ngô Thị Mai');
    await world().joinStaff(editor, ['editor'], 'culture-information', null, 'chị');
    await world().joinStaff(approver, ['approver'], 'chairperson', null, 'anh');
    const mai = await world().joinStaff(deputy, ['leader'], 'office', null, 'chị');
    await writePost(editor, 'Mời bà con khu 3 họp lúc 19 giờ tại nhà văn hóa.');
    await editor.hear('Bước 3/3');
    editor.say('17h mai');
    await editor.hear('CHƯA GỬI');
    editor.say('1');
    await editor.hear('xin duyệt');
    await approver.hear('Chưa duyệt thì chưa gửi');
    approver.say('nghỉ đến 22/3');
    await approver.hear('Ai duyệt bài thay?');
    approver.say('1');
    await approver.hear('chị Mai duyệt bài thay');
    await deputy.hear('nhờ chị Mai duyệt bài');
    await world().runtime.jobPorts.tickSchedule(new AbortController().signal);
    await deputy.hear('họp lúc 19 giờ');
    deputy.say('1');
    await deputy.hear('Đã duyệt');
    const { runs } = world().runtime.core.store;
    expect(await runs.inState('scheduled', 9)).toMatchObject([{ approverId: mai.id }]);
    await editor.hear('đã được chị Mai duyệt');
    editor.say('1');
    await editor.hear('Vì sao dừng?');
    expect(await runs.inState('paused', 9)).toHaveLength(1);
    editor.say('4');
    await editor.hear('Lý do gì?');
    editor.say('Đổi nơi họp');
    await editor.hear('Đã ghi lý do');
    editor.say('ai nghỉ');
    await editor.hear('chị Mai thay');
  });
});
