import { describe, expect, it, vi } from 'vitest';
import { atLocal } from '#src/domain/calendar/local-time.ts';
import { converse } from '#test/support/converse.ts';
import { useWorldAt } from '#test/support/world-at.ts';

const { clock, world: worldOf } = useWorldAt('2024-03-18', '08:30');

describe('a signed paper that an officer writes down', () => {
  it('gives a complaint the terms of its law from the day on which it came', async () => {
    const world = worldOf();
    const hoa = world.someone('telegram', 'Lê Thị Hoa');
    const ky = world.someone('zalo', 'Vũ Đình Kỳ');
    await world.joinStaff(hoa, ['handler'], 'one-stop', null, 'chị');
    await world.joinStaff(ky, ['handler'], 'justice-registry', null, 'anh');

    const kinds = await converse(hoa, [['nhận đơn', 'Đơn gì?']]);
    expect(kinds).not.toContain('tố cáo');
    const recorded = await converse(hoa, [
      ['Đơn khiếu nại', 'Nhận đơn ngày nào?'],
      ['tuần trước', 'không sau hôm nay'],
      ['thứ Sáu vừa rồi', 'Số trong sổ'],
      ['128', 'Tóm tắt nội dung'],
      ['Không đồng ý quyết định xử phạt số 12', 'Ai đứng đơn?'],
      ['Bà Nguyễn Thị Lụa', 'Số điện thoại'],
      ['0912 345 678', 'Chụp các trang đơn'],
      ['8', 'Xem lại trước khi ghi'],
      ['Ghi đơn', 'Đã ghi đơn khiếu nại'],
    ]);
    // Friday 15/3 is not counted, and ten days on is a Monday.
    expect(recorded).toContain('việc 3-0001. Thụ lý chậm nhất hết thứ Hai 25/3.');
    const card = await ky.hear('Việc mới 3-0001');
    expect(card).toContain('Đơn khiếu nại');
    expect(card).toContain('Đơn số 128, nhận ngày 15/3/2024.');
    expect(card).not.toMatch(/Lụa|0912/u);

    const taken = await converse(ky, [['Nhận việc', 'đã nhận việc 3-0001']]);
    expect(taken).toContain('Người gửi: Bà Nguyễn Thị Lụa');
    await converse(ky, [
      ['Việc khác', 'cần làm gì'],
      ['Cách tính hạn', 'Nhận thứ Sáu 15/3, năm 2024.'],
      ['Thụ lý', 'Hạn giải quyết tính từ hôm nay'],
    ]);
    const accepted = await converse(ky, [['Gửi', 'đã thụ lý']]);
    // Thirty days from 18/3; 17/4 is a Wednesday.
    expect(accepted).toContain('Giải quyết chậm nhất hết thứ Tư 17/4.');
    const more = await converse(ky, [['Việc khác', 'cần làm gì']]);
    expect(more).not.toMatch(/Gia hạn|Gộp việc/u);
    await converse(ky, [
      ['Vụ việc phức tạp', 'Phức tạp ở chỗ nào?'],
      ['Nhiều hộ cùng ranh giới', 'Hạn sẽ dài hơn'],
    ]);
    // Forty-five, from the same day.
    expect(await converse(ky, [['Gửi', 'phức tạp']])).toContain('hết thứ Năm 02/5');
    await converse(ky, [
      ['Báo đã xong', 'Kết quả thế nào?'],
      ['Đã có quyết định giải quyết.', 'số văn bản'],
      ['45/QĐ-UBND ngày 18/3', 'Báo người dân là đã xong?'],
      ['Gửi', 'Gọi báo người dân số 0912345678'],
    ]);
    for (const said of [hoa, ky].flatMap((who) => who.heard()))
      expect(said).not.toMatch(/hệ thống|vui lòng|phiên làm việc|hợp lệ|undefined|\{\{/iu);
  });

  it('keeps a denunciation to its readers, who are reminded in words that name nothing', async () => {
    const world = worldOf();
    const chair = world.someone('telegram', 'Chủ');
    const officer = world.someone('telegram', 'Hường');
    const handler = world.someone('zalo', 'Dũng');
    await world.joinStaff(chair, ['chairperson'], 'chairperson', null, 'anh');
    await world.joinStaff(officer, ['denunciation-officer'], 'office', null, 'chị');
    await world.joinStaff(handler, ['handler', 'leader'], 'urban-environment', null, 'anh');
    const noted = await converse(officer, [
      ['nhận đơn', 'Đơn gì?'],
      ['Đơn tố cáo', 'bước nào'],
      ['Mới nhận', 'Nhận đơn ngày nào?'],
      ['hôm nay', 'Số trong sổ'],
      ['73', 'Đơn nói về bộ phận nào'],
      ['8', 'Xem lại'],
      ['Ghi đơn', 'Đã khóa riêng'],
    ]);
    // Seven working days after 18/3.
    expect(noted).toContain('Thụ lý chậm nhất hết thứ Tư 27/3.');
    let reminders = 0;
    for (const day of ['2024-03-25', '2024-03-27']) {
      clock.setMs(atLocal(day, '08:00'));
      reminders += 1;
      for (const [who, name] of [
        [chair, 'Anh Chủ'],
        [officer, 'Chị Hường'],
      ] as const)
        await vi.waitFor(() => {
          const due = who.heard().filter((said) => said.includes('một đơn đang khóa riêng'));
          expect(due).toHaveLength(reminders);
          expect(due.at(-1)).toContain(`${name}: một đơn đang khóa riêng, hạn hết thứ Tư 27/3.`);
        }, 10_000);
    }
    expect(handler.heard().join('\n')).not.toMatch(/đơn đang khóa|tố cáo/u);
    await converse(chair, [['tin khóa', '1 tin khóa riêng']]);
    expect(await converse(chair, [['1', 'đã ghi sổ']])).toContain(
      'Đơn tố cáo đã ký, nhận ngày 18/3/2024. Số công văn đến: 73. Thụ lý chậm nhất hết thứ Tư 27/3.',
    );
  });
});
