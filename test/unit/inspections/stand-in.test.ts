import { describe, expect, it } from 'vitest';
import { minutesId } from '#src/app/inspections/draw-minutes.ts';
import { openPlanDuties } from '#src/app/duties/open-plan-duties.ts';
import { createDocuments } from '#src/documents/documents.ts';
import { createInspectionWorld, type InspectionWorld } from './inspection-world.ts';
import { planning } from './planning.ts';

type Who = keyof InspectionWorld['members'];

async function planned(kind: 'Định kỳ' | 'Đột xuất', ...away: readonly Who[]): Promise<InspectionWorld> {
  const world = await createInspectionWorld();
  await openPlanDuties(world.app);
  await world.tell('lead', ...planning(kind));
  for (const who of away)
    await world.app.staff.setLeave(world.members[who].id, { from: '2024-06-12', to: '2024-06-12' });
  return world;
}

const open = async (world: InspectionWorld): Promise<void> => {
  world.at('2024-06-12', '07:30');
  await world.tick();
  world.at('2024-06-12', '09:00');
};

const told = (world: InspectionWorld, who: Who, words: string): number =>
  world.toldTo(who).filter((one) => one.includes(words)).length;

describe('a lead who is on leave on the day', () => {
  it('is stood in for by the first of the team who is there, who is told so, ticks, finds and closes', async () => {
    const world = await planned('Định kỳ', 'lead');
    await open(world);
    const morning = world.toldTo('second').at(-1) ?? '';
    expect(morning).toContain('Trưởng đoàn: anh second');
    expect(morning).toContain('Anh lead vắng, hôm nay nhờ anh làm trưởng đoàn thay');
    expect(morning).toContain('Kết thúc kiểm tra');
    expect(told(world, 'lead', 'hôm nay')).toBe(0);
    await world.tell('second', 'Xem từng mục', 'Đạt');
    await world.tell('second', 'Ghi điều thấy được', 'Vắng hai người', 'Cần sửa', '20/6', 'Bỏ qua', 'Ghi');
    await world.tell('second', 'Kết thúc kiểm tra', 'Vẫn kết thúc');
    const { second, clerk } = world.members;
    expect(await world.only()).toMatchObject({ state: 'closed', ledById: second.id });
    expect((await world.app.duties.get('KT-3.2024-06-12'))?.state).toBe('done');
    expect(world.toldTo('head').at(-1)).toContain('gặp trưởng đoàn anh second');
    await world.tell('clerk', 'Đã làm xong', '8');
    expect(told(world, 'second', 'báo đã xong')).toBe(1);
    expect(clerk.unitId).toBe('office');
  });

  it('has minutes that say who led in fact, and whose name stands below', async () => {
    const world = await planned('Định kỳ', 'lead');
    await open(world);
    await world.tell('second', 'Kết thúc kiểm tra', 'Vẫn kết thúc');
    await world.app.staff.setLeave(world.members.lead.id, null);
    const file = await world.app.media.get(minutesId(await world.only()));
    const read = file && (await createDocuments().readWords(file));
    const words = read?.kind === 'words' ? read.marked : '';
    expect(words).toMatch(/1\. Nguyễn Văn lead, .*, trưởng đoàn, vắng mặt/u);
    expect(words).toMatch(/2\. Nguyễn Văn second, .*, làm trưởng đoàn thay/u);
    expect(words).toContain('TM. ĐOÀN KIỂM TRA');
    expect(words).not.toContain('TRƯỞNG ĐOÀN\n');
  });

  it('is written down as absent in the minutes, and so is whoever else of the team was on leave and did nothing there', async () => {
    const wordsOf = async (world: InspectionWorld): Promise<string> => {
      const file = await world.app.media.get(minutesId(await world.only()));
      const read = file && (await createDocuments().readWords(file));
      return read?.kind === 'words' ? read.marked : '';
    };
    const away = await planned('Định kỳ', 'second');
    await open(away);
    await away.tell('lead', 'kiểm tra', '1', 'Kết thúc kiểm tra', 'Vẫn kết thúc');
    expect(await wordsOf(away)).toMatch(/2\. Nguyễn Văn second, [^\n]*, vắng mặt/u);
    const there = await planned('Định kỳ');
    await open(there);
    await there.tell('second', 'Xem từng mục', 'Đạt', 'nghỉ hôm nay');
    await there.tell('lead', 'kiểm tra', '1', 'Kết thúc kiểm tra', 'Vẫn kết thúc');
    expect(await wordsOf(there)).toContain('2. Nguyễn Văn second');
    expect(await wordsOf(there)).not.toContain('vắng mặt');
  });

  it('is stood in for also where they go during the day', async () => {
    const world = await planned('Định kỳ');
    await open(world);
    expect(await world.say('second', 'kiểm tra')).toContain('đang kiểm tra');
    expect(await world.say('second', '1')).not.toContain('Kết thúc');
    await world.say('lead', 'nghỉ hôm nay');
    await world.say('second', 'kiểm tra');
    expect(await world.say('second', '1')).toContain('Kết thúc kiểm tra');
    await world.tell('second', 'Kết thúc kiểm tra', 'Vẫn kết thúc');
    expect(await world.only()).toMatchObject({ ledById: world.members.second.id });
  });

  it('leads again once back: whoever stood in closes no more', async () => {
    const world = await planned('Định kỳ', 'lead');
    await open(world);
    world.at('2024-06-13', '08:00');
    await world.tick();
    expect(told(world, 'lead', 'chưa kết thúc')).toBe(1);
    expect(told(world, 'second', 'chưa kết thúc')).toBe(0);
    const { id: visitId } = await world.only();
    expect(await world.order('second', { kind: 'close', visitId, isSure: true })).toContain('Việc này của');
  });

  it('is stood in for by nobody before the visit has begun', async () => {
    const world = await planned('Định kỳ', 'lead');
    const { id: visitId } = await world.only();
    world.at('2024-06-12', '07:00');
    const order = { kind: 'cancel', visitId, reason: 'x' } as const;
    expect(await world.order('second', order)).toContain('Việc này của');
  });

  it('is not stood in for by their deputy, nor by one of the team who works in the unit by now', async () => {
    const world = await planned('Đột xuất', 'lead');
    const { lead, second, clerk } = world.members;
    await world.app.staff.setDeputy(lead.id, clerk.id);
    await open(world);
    expect(world.toldTo('clerk')).toEqual([]);
    expect(await world.say('clerk', 'kiểm tra')).not.toContain('12/6');
    const moved = await createInspectionWorld();
    await moved.tell('lead', ...planning('Đột xuất'));
    await moved.app.staff.setLeave(moved.members.lead.id, { from: '2024-06-12', to: '2024-06-12' });
    const visit = await moved.only();
    const inside = { ...visit, unitId: second.unitId, rev: visit.rev + 1 };
    await moved.app.visits.save(inside, visit.rev);
    await open(moved);
    expect(told(moved, 'second', 'hôm nay')).toBe(0);
  });
});

describe('a team that is all on leave on the day', () => {
  it('is told beforehand to whoever planned the visit and the head of the inspectors alone, once', async () => {
    const world = await planned('Đột xuất', 'lead');
    await world.join('boss', ['leader'], 'steering-committee');
    const answer = await world.say('second', 'nghỉ từ 11/6 đến 13/6');
    expect(answer).toBe('Đã ghi: anh second nghỉ từ 11/6 đến hết 13/6.');
    await world.say('second', 'nghỉ từ 11/6 đến 14/6');
    expect(world.toldTo('boss')).toHaveLength(1);
    expect(world.toldTo('boss')[0]).toContain(
      'cuộc kiểm tra Bộ phận Văn phòng thứ Tư 12/6 chưa có ai đi được, cả đoàn vắng hôm ấy.',
    );
    expect(world.toldTo('boss')[0]).toContain('Người lập: anh lead.');
    expect(told(world, 'lead', 'cả đoàn vắng')).toBe(1);
    expect(world.toldTo('lead').at(-1)).toContain('Đổi ngày');
    for (const who of ['head', 'clerk', 'chair'] as const) expect(world.toldTo(who)).toEqual([]);
    expect(world.logged.filter((line) => !line.startsWith('duties opened'))).toEqual([]);
    await open(world);
    expect(
      told(world, 'lead', 'hôm nay thứ Tư 12/6 có cuộc kiểm tra Bộ phận Văn phòng nhưng cả đoàn vắng'),
    ).toBe(1);
    expect(told(world, 'second', 'hôm nay')).toBe(0);
  });

  it('is told at once where the visit is planned for, or moved to, such a day', async () => {
    const world = await createInspectionWorld();
    for (const who of ['lead', 'second'] as const)
      await world.app.staff.setLeave(world.members[who].id, { from: '2024-06-12', to: '2024-06-13' });
    await world.tell('lead', ...planning('Định kỳ'));
    expect(told(world, 'lead', 'cả đoàn vắng')).toBe(1);
    const move = (day: string) =>
      world.tell('lead', 'kiểm tra', '1', 'Đổi ngày', 'Tôi chọn ngày', day, 'Bão');
    await move('13/6');
    expect(told(world, 'lead', 'cả đoàn vắng')).toBe(2);
    await move('14/6');
    expect(told(world, 'lead', 'cả đoàn vắng')).toBe(2);
  });

  it('is nothing to tell while one of them is there', async () => {
    const world = await planned('Định kỳ');
    await world.say('lead', 'nghỉ từ 11/6 đến 13/6');
    expect(told(world, 'lead', 'cả đoàn vắng')).toBe(0);
  });
});
