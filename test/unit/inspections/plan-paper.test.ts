import { describe, expect, it } from 'vitest';
import { openPlanDuties } from '#src/app/duties/open-plan-duties.ts';
import { planPaper } from '#src/app/inspections/draw-plan.ts';
import type { Paper } from '#src/app/ports/papers.ts';
import { createDocuments } from '#src/documents/documents.ts';
import { plan } from '#test/support/conversation.ts';
import { createInspectionWorld, type InspectionWorld } from './inspection-world.ts';
import { planning } from './planning.ts';

async function ward(): Promise<InspectionWorld> {
  const world = await createInspectionWorld();
  await openPlanDuties(world.app);
  return world;
}

const paperFor = (world: InspectionWorld, who: 'lead' | 'head' | 'chair' = 'chair'): Promise<Paper> =>
  planPaper(world.app, plan, world.members[who]);
const daysIn = (paper: Paper): readonly string[] =>
  (paper.sections[1]?.table ?? []).slice(1).map((row) => row.join(' | '));

describe('the plan of inspections as a document (KT-8)', () => {
  it('is given to those who may plan visits, in the form of official papers, as a draft', async () => {
    const world = await ward();
    const said = await world.tell('lead', 'kiểm tra', 'Kế hoạch (bản Word)');
    expect(said).toContain('bản dự thảo');
    const id = world.rows.findLast(({ message }) => message?.documentId !== undefined)?.message?.documentId;
    expect(id).toMatch(/ke-hoach-kiem-tra-2024\.docx$/u);
    const file = await world.app.media.get(id ?? '');
    const read = file && (await createDocuments().readWords(file));
    const words = read?.kind === 'words' ? read.marked : '';
    for (const one of [
      'UBND THÀNH PHỐ HẠ',
      'KẾ HOẠCH',
      'DỰ THẢO',
      'Thực hiện Kế hoạch thực hiện quy chế dân chủ ở cơ sở năm 2024 ngày 13/3/2024',
      'Bên kiểm tra, giám sát: Ban chỉ đạo thực hiện quy chế dân chủ ở cơ sở.',
      '- Đeo thẻ, mặc trang phục đúng quy định',
      '12/6/2024',
      'TM. ỦY BAN NHÂN DÂN',
      'Lưu: VT',
    ])
      expect(words).toContain(one);
  });

  it('is refused to others, who are not offered it', async () => {
    const world = await ward();
    expect(await world.say('second', 'kiểm tra')).not.toContain('bản Word');
    expect(await world.order('second', { kind: 'paper' })).not.toContain('dự thảo');
    expect(world.rows.some(({ message }) => message?.documentId !== undefined)).toBe(false);
  });

  it('is the same whether a visit by surprise is planned, moved or closed, or not, also for whoever sees that visit', async () => {
    const without = await ward();
    const world = await ward();
    await world.tell('lead', ...planning('Đột xuất', '11/6'));
    for (const who of ['lead', 'head', 'chair'] as const)
      expect(await paperFor(world, who)).toEqual(await paperFor(without, who));
    await world.tell('lead', 'kiểm tra', '1', 'Đổi ngày', 'Tôi chọn ngày', '13/6', 'Bão');
    expect(await paperFor(world)).toEqual(await paperFor(without));
    world.at('2024-06-13', '09:00');
    await world.tick();
    await world.tell('lead', 'Kết thúc kiểm tra', 'Vẫn kết thúc');
    expect((await world.only()).state).toBe('closed');
    expect(await paperFor(world)).toEqual(await paperFor(without));
  });

  it('says of an inspection that is not announced no more than everybody of staff reads', async () => {
    const { sections } = await paperFor(await ward());
    const lines = (sections[0]?.lines ?? []).map((line) => JSON.stringify(line));
    const at = lines.findIndex((line) => line.includes('Giám sát của Mặt trận, đoàn thể và nhân dân'));
    const next = lines.findIndex((line, index) => index > at && line.includes('heading'));
    expect(lines.slice(at + 1, next).map((line) => line.slice(1).split(':')[0])).toEqual([
      'Bên kiểm tra, giám sát',
      'Nội dung',
      'Hình thức',
    ]);
  });

  it('has the days of the plan, with the unit where a visit is planned for one, as they are after a move', async () => {
    const world = await ward();
    const KT3 = 'Kiểm tra kỷ luật, kỷ cương hành chính';
    const body = 'Ban chỉ đạo thực hiện quy chế dân chủ ở cơ sở';
    const open = (day: string) => `${day} | ${KT3} | Bên kiểm tra chọn | ${body}`;
    expect(daysIn(await paperFor(world))).toEqual([open('12/6/2024'), open('16/10/2024')]);
    await world.tell('lead', ...planning('Định kỳ', '12/6'));
    await world.tell('lead', 'kiểm tra', '1', 'Đổi ngày', 'Tôi chọn ngày', '20/6', 'Bão');
    const held = `20/6/2024 | ${KT3} | Bộ phận Văn phòng | ${body}`;
    expect(daysIn(await paperFor(world))).toEqual([held, open('16/10/2024')]);
    world.at('2024-06-20', '09:00');
    await world.tick();
    await world.tell('lead', 'Kết thúc kiểm tra', 'Vẫn kết thúc');
    expect(daysIn(await paperFor(world))).toEqual([held, open('16/10/2024')]);
    await world.tell('lead', ...planning('Định kỳ', '1/10'));
    await world.tell('lead', 'kiểm tra', '1', 'Hủy cuộc này', 'Bão');
    expect(daysIn(await paperFor(world))).toEqual([held, open('16/10/2024')]);
  });
});
