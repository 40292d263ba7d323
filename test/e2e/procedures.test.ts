import { beforeAll, expect, it } from 'vitest';
import type { Someone } from '#dev/world/people.ts';
import { atLocal } from '#src/domain/calendar/local-time.ts';
import { listProcedures } from '#src/main/commands/procedures.ts';
import { converse } from '#test/support/converse.ts';
import { useWorldAt } from '#test/support/world-at.ts';

const { clock, world } = useWorldAt('2024-03-11', '09:00', { platforms: ['zalo'] });
const never = new AbortController().signal;
let clerk: Someone;
let head: Someone;
let watching: Someone;

beforeAll(async () => {
  clerk = world().someone('zalo', 'Trần Thị Lan');
  head = world().someone('zalo', 'Bùi Văn Nam');
  watching = world().someone('zalo', 'Lê Thị Hoa');
  await world().joinStaff(clerk, ['handler'], 'one-stop', null, 'chị');
  await world().joinStaff(head, ['leader'], 'one-stop', null, 'anh');
  await world().joinStaff(watching, ['leader'], 'office', null, 'chị');
});

async function at(day: string, time: string): Promise<void> {
  clock.setMs(atLocal(day, time));
  await world().runtime.jobPorts.tickDuties(never);
  await world().runtime.jobPorts.tellProcedures(never);
}

it('on Zalo alone: asked on Friday, written down, put right, watched, and missed when nobody writes', async () => {
  await at('2024-03-15', '16:00');
  await clerk.hear('Ghi hồ sơ thủ tục hành chính trong tuần');
  clerk.tap('Đã làm xong', 'Ghi hồ sơ');
  await clerk.hear('Bước 1/4: Hồ sơ tuần 11/3–17/3');
  await converse(clerk, [
    ['120 hồ sơ', 'trả đúng hạn bao nhiêu'],
    ['110', 'muộn hạn bao nhiêu'],
    ['5', 'còn bao nhiêu hồ sơ quá hạn'],
    ['0', 'Đang quá hạn: 0'],
    ['1', 'Đã ghi hồ sơ tuần 11/3–17/3'],
  ]);
  expect(await world().runtime.core.store.duties.get('NV-9.2024-03-15')).toMatchObject({ state: 'done' });

  await at('2024-03-18', '08:00');
  await converse(clerk, [
    ['ho so', '2 Ghi lại tuần 11/3'],
    ['2', 'Bước 1/4'],
    ['121', 'trả đúng hạn bao nhiêu'],
    ['110', 'muộn hạn bao nhiêu'],
    ['5', 'còn bao nhiêu hồ sơ quá hạn'],
    ['1', 'Vì sao quá hạn?'],
    ['chờ số liệu thuế', 'Vì sao: chờ số liệu thuế'],
    ['1', 'bản trước vẫn lưu'],
  ]);
  const shown = await converse(watching, [['hồ sơ', 'Tuần 11/3–17/3:']]);
  expect(shown).toContain('Nhận 121. Trả đúng hạn 110/115 (95,6%), muộn 5.');
  expect(shown).toContain('Người ghi: chị Lan, 18/3 (lần thứ 2).');

  // Nobody writes down the next week: the reminder climbs, and who watches hears it once. Zalo takes nothing for somebody who has
  // been silent for a week.
  await at('2024-03-22', '16:00');
  await clerk.hear('hạn cuối thứ Sáu 22/3');
  for (const who of [head, watching]) await converse(who, [['hồ sơ', 'Tuần 18/3–24/3: chưa đến hạn ghi.']]);
  await at('2024-03-25', '07:30');
  await head.hear('đã quá');
  await at('2024-03-25', '08:00');
  await watching.hear('chưa ghi số liệu hồ sơ tuần 18/3–24/3');
  await converse(head, [
    ['hồ sơ', '2 Ghi tuần 18/3'],
    ['Ghi tuần 18/3', 'Bước 1/4'],
    ['90', 'trả đúng hạn bao nhiêu'],
    ['không', 'muộn hạn bao nhiêu'],
    ['không có', 'còn bao nhiêu hồ sơ quá hạn'],
    ['4', 'Vì sao quá hạn?'],
    ['hỏng máy in', 'Sẽ ghi hồ sơ'],
    ['1', 'Chưa trả kết quả nào'],
  ]);
  await at('2024-03-25', '09:00');
  expect(await watching.hear('tăng, tuần 18/3–24/3')).toContain('Đang quá hạn 4, tăng 3 so với tuần trước.');

  expect(await listProcedures(world().runtime.core)).toMatchObject({
    json: {
      ok: true,
      unit: 'one-stop',
      weeks: [
        { week: '2024-03-25', state: 'pending', received: null, onTimePercent: null },
        { week: '2024-03-18', state: 'written', overdue: 4, onTimePercent: null, trend: 3 },
        { week: '2024-03-11', onTimePercent: 95.6, entries: [{ received: 120 }, { received: 121 }] },
      ],
    },
  });
  expect(await listProcedures(world().runtime.core, 'x')).toMatchObject({
    ok: false,
    json: { reason: 'weeks' },
  });
});
