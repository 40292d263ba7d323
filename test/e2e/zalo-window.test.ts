import { afterEach, expect, it } from 'vitest';
import { MovableClock } from '#dev/sandbox/index.ts';
import { startWorld, type World } from '#dev/world/world.ts';
import { atLocal } from '#src/domain/calendar/local-time.ts';
import { converse } from '#test/support/converse.ts';
import { freshDatabaseUri, services } from '#test/support/services.ts';

const never = new AbortController().signal;
let world: World;

async function begin(templateIds: readonly string[]): Promise<void> {
  const clock = new MovableClock();
  clock.setMs(atLocal('2024-03-18', '09:00'));
  const { redisUrl } = services();
  world = await startWorld({
    ...{ mongodbUri: freshDatabaseUri(), redisUrl, clock },
    sandbox: { zalo: { templateIds } },
  });
}
afterEach(() => world.stop());

async function goTo(date: string): Promise<void> {
  world.sandbox.clock.setMs(atLocal(date, '10:00'));
  await world.runtime.jobPorts.watchWindows(never);
}

it('on day 6 a resident on Zalo is asked to keep the chat open; what day 8 could not bring waits and is told first', async () => {
  await begin([]);
  // On Telegram, so that only the resident's window is looked at here.
  const officer = world.someone('telegram', 'Nguyễn Văn Dũng');
  await world.joinStaff(officer, ['handler'], 'urban-environment', null, 'anh');
  const resident = world.someone('zalo', 'Bà Tư');
  resident.say('đèn đường hỏng ở tổ 5 khu 3');
  await resident.hear('Bước 2/2');
  resident.say('0912 345 678');
  await resident.hear('xem lại giúp');
  resident.say('1');
  await resident.hear('Phường đã nhận');
  await officer.hear('Việc mới');
  officer.say('1');
  await officer.hear('đã nhận việc');
  await resident.hear('cán bộ đã nhận');

  await goTo('2024-03-20');
  await resident.hear('cán bộ đang xem');
  await goTo('2024-03-24');
  const asked = await resident.hear('xin ông/bà trả lời số 1');
  expect(asked).toMatch(/^Việc 3-0001: cán bộ đang xem\./u);
  resident.say('1');
  await resident.hear('phường nhắn tiếp ở đây');

  await goTo('2024-04-01');
  officer.tap('Trả lời');
  await officer.hear('Nhờ viết lời trả lời');
  officer.say('Tổ điện hẹn thứ Năm.');
  await officer.hear('Gửi cho người dân lời này?');
  officer.say('1');
  const way = await officer.hear('Đã gửi lời trả lời');
  expect(way).toContain('hơn 7 ngày chưa nhắn');
  expect(way).toContain('0912345678');
  const told = officer.hear('lời trả lời không đến được người dân', 60_000);
  const tick = setInterval(() => void world.runtime.jobPorts.tellUndelivered(never), 500);
  await told.finally(() => clearInterval(tick));
  officer.say('việc');
  await officer.hear('nhắn số để mở');
  officer.say('1');
  await officer.hear('chưa đến, chờ người dân nhắn lại');

  const before = resident.heard().length;
  resident.say('xem việc');
  await resident.hear('Việc ông/bà đã gửi');
  const since = resident.heard().slice(before);
  expect(since[0]).toContain('Tổ điện hẹn thứ Năm.');
  expect(since[1]).toContain('Việc ông/bà đã gửi');
  await officer.hear('lời còn chờ đã gửi ngay');
});

it('on day 8 a template announces what waits, where one is approved: once, and the words come first when they write', async () => {
  await begin(['template-1']);
  const officer = world.someone('telegram', 'Nguyễn Văn Dũng');
  await world.joinStaff(officer, ['handler'], 'urban-environment', null, 'anh');
  const resident = world.someone('zalo', 'Bà Tư');
  await converse(resident, [
    ['đèn đường hỏng ở tổ 5 khu 3', 'Bước 2/2'],
    ['0', 'xem lại giúp'],
    ['1', 'Phường đã nhận'],
  ]);
  await officer.hear('Việc mới');
  await converse(officer, [['1', 'đã nhận việc']]);
  await resident.hear('cán bộ đã nhận');
  world.sandbox.clock.setMs(atLocal('2024-03-26', '10:00'));
  for (const words of ['Tổ điện hẹn thứ Năm.', 'Thứ Năm xong ạ.']) {
    officer.tap('Trả lời');
    await officer.hear('Nhờ viết lời trả lời');
    officer.say(words);
    await officer.hear('Gửi cho người dân lời này?');
    officer.say('1');
    expect(await officer.hear('Đã gửi lời trả lời')).toContain('báo bằng tin mẫu, có tính phí');
  }
  expect(await resident.hear('3-0001')).toBe('code: 3-0001\nstate: cán bộ đang xem');
  resident.say('xem việc');
  await resident.hear('Việc ông/bà đã gửi');
  const said = resident.heard();
  expect(said.filter((words) => words.startsWith('code:'))).toHaveLength(1);
  const late = said.filter((words) => words.includes('chưa đến ông/bà'));
  expect(late.map((words) => words.split('\n').at(-1))).toEqual(['Tổ điện hẹn thứ Năm.', 'Thứ Năm xong ạ.']);
});
