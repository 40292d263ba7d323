import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { MovableClock } from '#dev/sandbox/index.ts';
import type { Someone } from '#dev/world/people.ts';
import { startWorld, type World } from '#dev/world/world.ts';
import { minutesId } from '#src/app/inspections/draw-minutes.ts';
import { atLocal } from '#src/domain/calendar/local-time.ts';
import { createDocuments } from '#src/documents/documents.ts';
import { listInspections } from '#src/main/commands/inspections.ts';
import { freshDatabaseUri, services } from '#test/support/services.ts';

let world: World;
let lead: Someone;
let second: Someone;
let head: Someone;
let clerk: Someone;
let chairperson: Someone;
const clock = new MovableClock();
const never = new AbortController().signal;

beforeAll(async () => {
  clock.setMs(atLocal('2024-06-03', '09:00'));
  world = await startWorld({ mongodbUri: freshDatabaseUri(), redisUrl: services().redisUrl, clock });
  lead = world.someone('telegram', 'Trần Văn Lê');
  second = world.someone('zalo', 'Bùi Thị Hai');
  head = world.someone('zalo', 'Lê Thị Hoa');
  clerk = world.someone('telegram', 'Phạm Văn Dũng');
  chairperson = world.someone('telegram', 'Đỗ Văn Tùng');
  await world.joinStaff(lead, ['inspector', 'leader'], 'steering-committee', null, 'anh');
  await world.joinStaff(second, ['inspector'], 'political-organisations', null, 'chị');
  await world.joinStaff(head, ['leader'], 'office', null, 'chị');
  await world.joinStaff(clerk, ['handler'], 'office', null, 'anh');
  await world.joinStaff(chairperson, ['chairperson'], 'chairperson', null, 'ông');
});
afterAll(() => world.stop());

async function tickAt(day: string, time: string): Promise<void> {
  clock.setMs(atLocal(day, time));
  await world.runtime.jobPorts.tickVisits(never);
}

/** Says each and hears what follows it. */
async function talk(who: Someone, ...turns: readonly (readonly [string, string | RegExp])[]): Promise<void> {
  for (const [words, answer] of turns) {
    who.say(words);
    await who.hear(answer);
  }
}

it('an announced visit is planned, told beforehand, carried out, closed, and what was found is put right', async () => {
  await talk(
    lead,
    ['kiem tra', 'Lập cuộc kiểm tra'],
    ['1', 'Kiểm tra việc gì?'],
    ['2', 'Theo hình thức nào?'],
    ['1', 'Kiểm tra bộ phận nào?'],
    ['1', 'Ai chọn ngày?'],
    ['1', 'Ngày nào?'],
    ['thứ Tư', 'Ai trong đoàn?'],
    ['9', 'Ngày nào?'],
    ['12/6', 'Ai trong đoàn?'],
    ['1, 2', 'Ai là trưởng đoàn?'],
    ['1', 'Ngày: 12/6/2024'],
    ['1', 'Phụ trách Bộ phận Văn phòng được báo trước'],
  );
  await tickAt('2024-06-05', '08:00');
  expect(await head.hear('kiểm tra Bộ phận Văn phòng')).toContain('Nhờ chị chuẩn bị sổ sách');
  await lead.hear('đã được báo');
  await talk(head, ['1', 'chưa đến ngày']);

  await tickAt('2024-06-12', '07:30');
  await lead.hear('- Đeo thẻ');
  // Zalo takes nothing for somebody who has been silent for a week: the lead calls, and it comes when they write.
  await vi.waitFor(
    async () => {
      await world.runtime.jobPorts.tickVisits(never);
      expect(lead.heard().join('\n')).toContain('chưa đến được chị Hai');
    },
    { timeout: 15_000, interval: 300 },
  );
  second.say('1');
  await second.hear('hôm nay thứ Tư 12/6');
  lead.tap('Xem từng mục');
  await lead.hear('Mục 1/5');
  await talk(lead, ['1', 'Mục 2/5'], ['2', 'Mục 3/5']);
  await talk(second, ['Xem từng mục', 'Mục 3/5'], ['1', 'Mục 4/5'], ['1', 'Mục 5/5'], ['1', 'đã xem hết']);

  lead.tap('Ghi điều thấy được');
  await lead.hear('Thấy điều gì?');
  await talk(
    lead,
    ['Ba người không đeo thẻ', 'Mức nào?'],
    ['Cần sửa', 'chậm nhất hết ngày nào?'],
    ['20/6', 'Có ảnh thì gửi'],
  );
  lead.sendPhoto();
  await lead.hear('Có ảnh thì gửi');
  await talk(lead, ['8', 'Sẽ ghi vào biên bản'], ['1', 'Đã ghi: Ba người không đeo thẻ']);
  lead.tap('Kết thúc kiểm tra', 'Đã ghi');
  expect(await lead.hear('Đã kết thúc')).toContain('1 điều cần sửa đã giao anh Dũng');
  for (const who of [lead, second, head, chairperson]) await who.hear('biên bản Kiểm tra kỷ luật');

  const { store } = world.runtime.core;
  const [visit] = await store.visits.since('2024-06-12');
  if (!visit) throw new Error('no visit');
  expect(visit).toMatchObject({ state: 'closed', findings: [{ severity: 'fix', term: '2024-06-20' }] });
  const [photoId = ''] = visit.findings[0]?.photoIds ?? [];
  expect(await store.media.get(photoId)).not.toBeNull();
  const file = await store.media.get(minutesId(visit));
  const read = file && (await createDocuments().readWords(file));
  expect(read).toMatchObject({ kind: 'words' });
  expect(JSON.stringify(read)).toContain('Hạn sửa: hết ngày 20/6/2024. Kèm 1 ảnh.');

  expect(await store.duties.get('KT-3.2024-06-12')).toMatchObject({
    state: 'done',
    proofFileIds: [minutesId(visit)],
  });
  await clerk.hear('Khắc phục: Ba người không đeo thẻ nay giao anh');
  clerk.tap('Đã làm xong', 'Ba người không đeo thẻ');
  await clerk.hear('gửi ảnh chụp việc đã làm');
  await talk(clerk, ['số 12/BC-VP ngày 14/6', 'Đã ghi là xong']);
  expect(await lead.hear('báo đã xong')).toContain('đã sửa xong hết');
  expect(await listInspections(world.runtime.core, {})).toMatchObject({
    json: [{ rule: 'KT-3', unit: 'office', day: '2024-06-12', state: 'closed', findings: 1 }],
  });
});

it('the operator sees a visit by surprise only by asking for it expressly, on record, and not one to their own unit', async () => {
  const { core } = world.runtime;
  const staff = await core.store.staff.list();
  const idOf = (who: Someone): string => staff.find(({ name }) => name === who.name)?.id ?? '';
  await talk(
    lead,
    ['kiểm tra', 'Lập cuộc kiểm tra'],
    ['Lập cuộc kiểm tra', 'Kiểm tra việc gì?'],
    ['2', 'hình thức nào?'],
    ['2', 'bộ phận nào?'],
    ['1', 'Ai chọn ngày?'],
    ['2', 'từ ngày nào?'],
    ['24/6', 'Đến hết ngày nào?'],
    ['20/6', 'Ai trong đoàn?'],
    ['1', '8 Đủ rồi'],
    ['8', 'Ngày cuối phải sau ngày đầu'],
    ['28/6', 'sắp lập'],
    ['1', 'không báo trước'],
  );
  const shown = async (command: Parameters<typeof listInspections>[1]): Promise<string> =>
    JSON.stringify((await listInspections(core, command)).json);
  const ask = { unannounced: true, reason: 'rà lịch' } as const;
  expect(await shown({})).not.toContain('planned');
  expect(await shown({ ...ask, by: idOf(head) })).not.toContain('planned');
  expect(await shown({ ...ask, by: idOf(chairperson) })).toMatch(/ad-hoc.*2024-06-2[4-8].*planned/u);
  expect(await shown({ ...ask, by: idOf(chairperson), reason: ' ' })).toContain('no-reason');
});
