import { describe, expect, it } from 'vitest';
import { atLocal } from '#src/domain/calendar/local-time.ts';
import { converse } from '#test/support/converse.ts';
import { useWorldAt } from '#test/support/world-at.ts';

const { clock, world: worldOf } = useWorldAt('2024-03-18', '08:30');

describe('matters that somebody else reports', () => {
  it('are written down by an officer, followed by a neighbour, and called back in the morning', async () => {
    const world = worldOf();
    const hoa = world.someone('telegram', 'Lê Thị Hoa');
    const dung = world.someone('telegram', 'Nguyễn Văn Dũng');
    await world.joinStaff(hoa, ['handler'], 'office', null, 'chị');
    await world.joinStaff(dung, ['handler'], 'urban-environment', null, 'anh');

    const received = await converse(hoa, [
      ['nhập hộ', 'bằng cách nào'],
      ['Gọi điện', 'báo chuyện gì'],
      ['đèn đường tắt ba hôm nay', 'Chỗ đó ở đâu'],
      ['Tổ 5 Khu 3, đầu ngõ 12', 'Số điện thoại của người dân'],
      ['0912 345 678', 'Xem lại trước khi ghi'],
      ['Ghi việc', 'Đã ghi việc'],
    ]);
    expect(received).toMatch(/Nhờ chị đọc mã cho người dân: \S+, không không không một/u);
    expect(await dung.hear('Việc mới 3-0001')).toContain('Nhập hộ: người dân gọi điện.');
    await converse(dung, [
      ['Nhận việc', '0912345678'],
      ['Trả lời', 'viết lời trả lời'],
      ['Mai phường đến xem.', 'Gửi cho người dân lời này'],
      ['Gửi', 'Người dân không nhắn qua kênh này. Gọi báo người dân số 0912345678.'],
    ]);

    const tu = world.someone('zalo', 'Bà Tư');
    await converse(tu, [
      ['đèn ngõ 12 Khu 3 không sáng', 'Bước 2/2'],
      ['0', 'xem lại giúp'],
      ['1', 'Phường đã nhận'],
    ]);
    expect(await tu.hear('Ở Khu 3 đã có người báo')).not.toContain('3-0001');
    expect(await dung.hear('Việc mới 3-0002')).toContain('Có thể trùng việc 3-0001.');
    tu.tap('Theo dõi chung');
    await tu.hear('gộp lại, làm một lần');
    await dung.hear('Việc 3-0002 đã gộp vào việc 3-0001');

    await converse(tu, [
      ['gọi lại', 'số điện thoại'],
      ['0987 654 321', 'xem lại giúp'],
      ['1', 'Phường đã nhận'],
    ]);
    const sent = await converse(tu, [
      ['đèn đường hỏng ở khu 5, ngõ 40', 'Bước 2/2'],
      ['0', 'xem lại giúp'],
      ['Gửi hộ người khác', 'gửi hộ ai'],
      ['Bà Sáu, 0977 123 456', 'gửi hộ Bà Sáu, gọi lại số 0977123456'],
      ['1', 'Phường đã nhận'],
    ]);
    expect(sent).toContain('3-0004');
    expect(await dung.hear('Việc mới 3-0004')).toMatch(/Gửi hộ người khác\.(?![^]*(Sáu|0977))/u);
    await converse(tu, [
      ['xem việc', '3-0004'],
      ['1', 'Việc 3-0004'],
      ['Sửa', 'muốn sửa chỗ nào'],
      ['Số điện thoại', 'Xin nhắn số'],
      ['0977 123 457', 'đã sửa số điện thoại'],
    ]);
    dung.tap('Nhận việc');
    expect(await dung.hear('đã nhận việc 3-0004')).toContain('Gửi hộ: Bà Sáu\nGọi lại số: 0977123457');
    await hoa.hear('Việc mới 3-0003');
    clock.setMs(atLocal('2024-03-19', '08:00'));
    await world.runtime.jobPorts.listCalls(new AbortController().signal);
    expect(await hoa.hear('Gọi lại hôm nay')).toContain('1. 3-0003 · 0987654321 · nhắn thứ Hai 18/3');
    for (const said of [hoa, dung, tu].flatMap((who) => who.heard())) {
      expect(said).not.toMatch(/hệ thống|vui lòng|phiên làm việc|hợp lệ|undefined|\{\{/iu);
    }
  });
});
