import { beforeEach, describe, expect, it } from 'vitest';
import { createCase } from '#src/app/cases/create-case.ts';
import { showCase } from '#src/app/cases/show-case.ts';
import type { EntryWay } from '#src/domain/case.ts';
import { isNobody } from '#src/domain/personal-data.ts';
import { type CaseWorld, createCaseWorld, DRAFT } from './case-world.ts';

let world: CaseWorld;
let hoaId: string;
beforeEach(async () => {
  world = await createCaseWorld();
  hoaId = (await world.join('hoa', ['handler'], 'office')).id;
});

/** Hoa writes down what came; answers the id of the case. */
async function enter(way: EntryWay, phone: string | null = '0912345678', chatId = 'hoa'): Promise<string> {
  const context = world.from(chatId);
  for (let time = 0; time < 2; time += 1) {
    await createCase(world.app, context, { ...DRAFT, phone }, { entered: way });
  }
  return context.id;
}

describe('a case that an officer wrote down', () => {
  it('is made once, without the officer’s chat on it, and says who wrote it down and how it came', async () => {
    const id = await enter('letter');
    const matter = await world.matter(id);
    expect(isNobody(matter.resident)).toBe(true);
    expect(matter).toMatchObject({ entered: { byId: hoaId, way: 'letter' }, phone: '0912345678' });
    expect(matter.consent).toBeUndefined();
    expect(matter.history).toMatchObject([{ by: hoaId, action: 'created' }]);
    expect(world.toldTo('hoa').filter((text) => text.includes('Đã ghi việc'))).toHaveLength(1);
    expect(world.lastTo('hoa')).toMatch(/Đã ghi việc 3-0002\. Nhờ \S+ đọc mã cho người dân: ba, không/u);
    expect(world.lastTo('dung')).toContain('Nhập hộ: người dân gửi thư, đơn.');
  });

  it('tells its officer to call with each answer, as no message reaches anybody', async () => {
    const id = await enter('phone');
    const before = world.toldTo('hoa').length;
    await world.act('dung', 'say', { words: 'Mai phường đến xem.' }, world.from('dung'), id);
    expect(world.lastTo('dung')).toContain(
      'Người dân không nhắn qua kênh này. Gọi báo người dân số 0912345678.',
    );
    expect(world.toldTo('hoa')).toHaveLength(before);
  });

  it('says so where there is no number, as for a case without a name', async () => {
    const id = await enter('in-person', null);
    await world.act('dung', 'say', { words: 'Mai phường đến xem.' }, world.from('dung'), id);
    expect(world.lastTo('dung')).toContain('Người dân không nhắn qua kênh này.');
    expect(world.lastTo('dung')).not.toContain('Gọi báo');
  });

  it('has the way it came in its history', async () => {
    const id = await enter('in-person');
    await world.act('dung', 'take', {}, world.from('dung'), id);
    await showCase(world.app, world.from('dung'), { kind: 'case-view', caseId: id, view: 'history' });
    expect(world.lastTo('dung')).toContain('hoa gửi đến: người dân đến trụ sở');
  });

  it('counts as a neighbour of its own behind one matter', async () => {
    await world.join('phu', ['leader'], 'urban-environment');
    for (let n = 0; n < 4; n += 1) await enter('phone');
    expect(world.toldTo('phu').filter((text) => text.includes('5 người dân báo'))).toHaveLength(1);
  });

  it('is made by staff alone', async () => {
    await enter('phone', '0912345678', 'stranger');
    expect(world.lastTo('stranger')).toContain('cần người có phận sự');
    expect(await world.app.cases.byCode('3-0002')).toBeNull();
  });
});
