import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MovableClock } from '#dev/sandbox/index.ts';
import type { Someone } from '#dev/world/people.ts';
import { startWorld, type World } from '#dev/world/world.ts';
import { atLocal } from '#src/domain/calendar/local-time.ts';
import type { Platform } from '#src/domain/inbound.ts';
import { freshDatabaseUri, services } from '#test/support/services.ts';

const UNIT = 'urban-environment';
const never = new AbortController().signal;
let world: World;

afterEach(() => world.stop());

/** The ward's clock jumps, and cases are looked at as they would be within seconds. */
async function goTo(date: string, time: string): Promise<void> {
  world.sandbox.clock.setMs(atLocal(date, time));
  await world.runtime.jobPorts.tickCases(never);
}

async function staffed(platform: Platform, name: string, role: 'handler' | 'leader'): Promise<Someone> {
  const who = world.someone(platform, name);
  await world.joinStaff(who, [role], UNIT, null, 'anh');
  return who;
}

/** With one answer changed from the summary; answers the code. */
async function reports(resident: Someone): Promise<string> {
  resident.open();
  await resident.hear('Kính chào ông/bà');
  resident.sendPhoto();
  await resident.hear('Phường thấy ảnh rồi');
  resident.say('đèn đường hỏng rồi cháu ơi');
  await resident.hear('Bước 1/2');
  resident.say('Tổ 5 Khu 3, đầu ngõ 12');
  await resident.hear('Bước 2/2');
  resident.say('0912 345 678');
  await resident.hear('xem lại giúp');
  resident.tap('Sửa');
  await resident.hear('muốn sửa chỗ nào');
  resident.tap('Chỗ xảy ra');
  await resident.hear('Bước 1/2');
  resident.say('Tổ 5 Khu 3, đầu ngõ 14');
  expect(await resident.hear('xem lại giúp')).toMatch(/ngõ 14.*1 ảnh/su);
  resident.tap('Đồng ý và gửi');
  const code = /Mã (\d+-\d{4})/u.exec(await resident.hear('Phường đã nhận'))?.[1];
  if (code === undefined) throw new Error('no code');
  return code;
}

async function reportsDone(officer: Someone, words: string, evidence: () => void): Promise<void> {
  officer.tap('Báo đã xong');
  await officer.hear('Kết quả thế nào?');
  officer.say(words);
  await officer.hear('hoặc nhắn số văn bản');
  evidence();
  await officer.hear('Báo người dân là đã xong?');
  officer.say('1');
  await officer.hear('Đã gửi lời trả lời');
}

describe.each<Platform>(['telegram', 'zalo'])('the whole life of a case on %s', (platform) => {
  beforeEach(async () => {
    const clock = new MovableClock();
    clock.setMs(atLocal('2024-03-18', '08:30'));
    world = await startWorld({ mongodbUri: freshDatabaseUri(), redisUrl: services().redisUrl, clock });
  });

  it('form, unit, question, result, silence, a second officer, dispute, the superior, and the end', async () => {
    const dung = await staffed(platform, 'Nguyễn Văn Dũng', 'handler');
    const ha = await staffed(platform, 'Lê Thị Hà', 'handler');
    const phu = await staffed(platform, 'Trần Văn Phụ', 'leader');
    const tu = world.someone(platform, 'Bà Tư');
    const code = await reports(tu);

    const card = await dung.hear(`Việc mới ${code}`);
    expect(card).toContain('Tổ 5 Khu 3, đầu ngõ 14');
    expect(card).not.toMatch(/Bà Tư|0912/u);
    dung.say('1');
    expect(await dung.hear('đã nhận việc')).toContain('0912345678');
    await dung.hear('tệp 1/1');
    await tu.hear('cán bộ đã nhận');

    dung.tap('Hỏi thêm');
    await dung.hear('Cần hỏi người dân điều gì?');
    dung.say('Cột đèn số mấy ạ?');
    await dung.hear('Hỏi người dân như sau?');
    dung.say('1');
    await dung.hear('Hạn tạm dừng');
    await tu.hear('Cột đèn số mấy ạ?');
    await goTo('2024-03-19', '09:00');
    tu.say('cột số 7 cháu ạ');
    await tu.hear(`trả lời cho việc ${code} phải không`);
    tu.say('1');
    await tu.hear('Phường đã chuyển lời');
    await dung.hear('cột số 7 cháu ạ');

    dung.tap('Trả lời');
    await dung.hear('Nhờ viết lời trả lời');
    dung.tap('Đã đến xem');
    await dung.hear('Chỗ “việc cần làm” điền gì?');
    dung.say('cần thay bóng');
    await dung.hear('Chỗ “ngày hẹn” điền gì?');
    dung.say('thứ Năm');
    await dung.hear('Gửi cho người dân lời này?');
    dung.say('1');
    await dung.hear('Đã gửi lời trả lời');
    await tu.hear('Cán bộ đã đến xem, cần thay bóng. Hẹn xong thứ Năm.');

    await reportsDone(dung, 'Tổ điện đã thay bóng đèn.', () => dung.sendPhoto());
    await tu.hear('Tổ điện đã thay bóng đèn.');
    await goTo('2024-03-25', '07:30');
    await ha.hear('người dân chưa nói gì');
    ha.say('1');
    await ha.hear(`Đã khép việc ${code}`);
    await dung.hear('đã khép lại vì người dân không có ý kiến');
    await tu.hear('xin khép lại vì phường chưa nghe ông/bà nói gì');

    tu.say('vẫn hỏng');
    await tu.hear('còn chỗ nào chưa được');
    tu.say('tối qua đèn lại tắt');
    expect(await tu.hear('đã mở lại và chuyển lên người phụ trách')).toContain(code);
    await dung.hear('đã chuyển lên người phụ trách');
    expect(await phu.hear('người dân báo chưa xong')).toContain('tối qua đèn lại tắt');
    phu.tap('Làm tiếp');
    await phu.hear('đã nhận việc');
    await tu.hear('cán bộ đã nhận');
    await reportsDone(phu, 'Đã thay cả chấn lưu, đèn sáng ổn định.', () => phu.say('số 45/BC-UBND'));
    expect(await tu.hear('Đã thay cả chấn lưu')).toContain('Theo văn bản 45/BC-UBND.');
    tu.say('đã sáng rồi');
    await tu.hear('xin khép lại ở đây');
    await phu.hear('đánh giá “Hài lòng”');

    tu.say('xem việc');
    expect(await tu.hear('Việc ông/bà đã gửi')).toContain(`${code} · Đèn đường hỏng · đã xong`);
    for (const said of [tu, dung, ha, phu].flatMap((who) => who.heard())) {
      expect(said).not.toMatch(/hệ thống|vui lòng|phiên làm việc|hợp lệ|undefined|\{\{/iu);
    }
  });
});
