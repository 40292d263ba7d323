import { expect, it } from 'vitest';
import { atLocal } from '#src/domain/calendar/local-time.ts';
import { useWorldAt } from '#test/support/world-at.ts';

const never = new AbortController().signal;
const LINE = 'Anh Dũng: kênh của phường có tin riêng cho anh. Nhờ anh nhắn số 1 riêng cho kênh.';
const ward = useWorldAt('2024-04-01', '09:00');

it('a reminder that Zalo refuses calls its officer by a line that tells nothing, and comes when the officer writes', async () => {
  const world = ward.world();
  const { sandbox, runtime } = world;
  const officer = world.someone('zalo', 'Nguyễn Văn Dũng');
  const admin = world.someone('telegram', 'Vũ Thị Quân');
  await world.joinStaff(officer, ['handler'], 'office', null, 'anh');
  await world.joinStaff(admin, ['admin'], 'one-stop', null, 'chị');
  const owner = sandbox.telegram.createPerson('Chủ nhóm');
  const group = sandbox.telegram.createGroup('Cán bộ phường', { kind: 'supergroup' });
  sandbox.telegram.addBot(group, owner);
  await runtime.core.store.destinations.upsert({
    kind: 'group',
    chat: { platform: 'telegram', chatId: String(group) },
    title: 'Cán bộ phường',
    neighbourhood: null,
    audience: 'officers',
    state: 'active',
  });

  sandbox.clock.setMs(atLocal('2024-04-16', '08:00'));
  await runtime.jobPorts.tickDuties(never);
  const look = setInterval(() => void runtime.jobPorts.tellUndelivered(never), 300);
  const call = await admin.hear('Nhờ chị gọi điện', 60_000).finally(() => clearInterval(look));
  expect(call).toContain('không đến được anh Dũng (Nguyễn Văn Dũng)');
  const inGroup = await sandbox.telegram.waitFor(group, (one) => one.text === LINE, { timeoutMs: 20_000 });
  expect(inGroup.fromBot).toBe(true);

  const before = officer.heard().length;
  officer.say('1');
  await officer.hear('Tin ngày 16/4 chưa đến được');
  expect(officer.heard()[before]).toMatch(/Báo cáo kết quả thực hiện quy chế dân chủ 6 tháng.*1 Đã xem/su);
  officer.tap('Đã xem');
  await officer.hear('Đã ghi: anh đã xem');
  const duty = await runtime.core.store.duties.get('DL-2.2024');
  expect(duty?.state).toBe('acknowledged');
});
