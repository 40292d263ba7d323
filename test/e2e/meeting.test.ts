import { describe, expect, it } from 'vitest';
import { atLocal } from '#src/domain/calendar/local-time.ts';
import { useWorldAt, writePost } from '#test/support/world-at.ts';

const { clock, world } = useWorldAt('2024-03-18', '09:00', {
  platforms: ['zalo'],
});

describe('a post handed to a meeting, on Zalo alone', () => {
  it('reaches its chair once approved, is asked about the next morning, and counts as a meeting in the month', async () => {
    const editor = world().someone('zalo', 'Trần Thị Hà');
    const approver = world().someone('zalo', 'Lê Văn Bình');
    const chair = world().someone('zalo', 'Phạm Văn Ba');
    await world().joinStaff(editor, ['editor'], 'culture-information');
    await world().joinStaff(approver, ['approver'], 'chairperson');
    await world().joinStaff(chair, ['neighbourhood-head'], 'neighbourhood-heads', 'khu-2');
    await writePost(editor, 'Mời bà con bàn mức đóng góp của khu phố năm nay.', 'TT-09');
    await editor.hear('Họp gì, ngày nào?');
    editor.say('họp khu phố 22/3');
    await editor.hear('khu mấy');
    editor.say('khu 2');
    await editor.hear('Ai chủ trì?');
    editor.say('1');
    await editor.hear('Kính gửi ông/bà chủ trì');
    await editor.hear('CHƯA GỬI');
    editor.say('1');
    await editor.hear('xin duyệt');
    await approver.hear('để nói trong buổi họp');
    approver.say('1');
    await approver.hear('Đã duyệt');
    const { signal } = new AbortController();
    await world().runtime.jobPorts.advanceRuns(signal);
    await chair.hear('Nhờ ông/bà nói bài dưới đây');
    clock.setMs(atLocal('2024-03-25', '08:00'));
    await world().runtime.jobPorts.advanceRuns(signal);
    await world().runtime.jobPorts.askSilentHeads(signal);
    await chair.hear('đã nói trong buổi họp (họp khu phố 22/3) chưa');
    chair.say('1');
    await chair.hear('Đã ghi là đã nói');
    editor.say('độ phủ');
    expect(await editor.hear('Độ phủ tháng 3/2024')).toContain('Khu 2: họp* 1');
  });
});
