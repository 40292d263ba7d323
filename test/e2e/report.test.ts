import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWorld, type World } from '#dev/world/world.ts';
import type { Platform } from '#src/domain/inbound.ts';
import { freshDatabaseUri, services } from '#test/support/services.ts';

let world: World;

beforeAll(async () => {
  world = await startWorld({ mongodbUri: freshDatabaseUri(), redisUrl: services().redisUrl });
});
afterAll(() => world.stop());

describe.each<Platform>(['telegram', 'zalo'])('a resident on %s', (platform) => {
  it('reports with a photo and words, is answered by the unit and rates', async () => {
    const officer = world.someone(platform, 'Dũng');
    await world.joinStaff(officer, ['handler'], 'urban-environment');
    const resident = world.someone(platform, 'Bà Tư');
    resident.open();
    await resident.hear('Kính chào ông/bà');
    resident.sendPhoto();
    await resident.hear('Phường thấy ảnh rồi');
    resident.say('đèn đường hỏng rồi cháu ơi');
    await resident.hear('Bước 1/2');
    resident.say('Tổ 5 Khu 3, đầu ngõ 12');
    await resident.hear('Bước 2/2');
    resident.say('0');
    expect(await resident.hear('xem lại giúp')).toContain('1 ảnh');
    resident.tap('Đồng ý và gửi');
    const received = await resident.hear('Phường đã nhận');
    const code = /Mã (\d+-\d{4})/u.exec(received)?.[1] ?? '';
    expect(code).not.toBe('');

    const card = await officer.hear('Việc mới');
    expect(card).toContain(code);
    expect(card).not.toContain('Bà Tư');
    officer.say('1');
    await officer.hear('đã nhận việc');
    await officer.hear('tệp 1/1');
    await resident.hear('cán bộ đã nhận');
    officer.tap('Trả lời');
    await officer.hear('Nhờ viết lời trả lời');
    officer.say('Tổ điện đã thay bóng đèn sáng nay.');
    await officer.hear('Gửi cho người dân lời này?');
    officer.say('1');
    await officer.hear('Đã gửi lời trả lời');

    expect(await resident.hear(`Việc ${code}`)).toContain('đã thay bóng đèn');
    resident.say('số 1 ạ');
    await resident.hear('xin khép lại');
    await officer.hear('Hài lòng');
    resident.say('xem việc');
    expect(await resident.hear('Việc ông/bà đã gửi')).toContain(`${code} · Đèn đường hỏng · đã xong`);
  });
});
