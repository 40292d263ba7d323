import { beforeEach, describe, expect, it } from 'vitest';
import { tickCases } from '#src/app/cases/tick-cases.ts';
import { type CaseWorld, createCaseWorld, DOCUMENT, UNIT } from './case-world.ts';

let world: CaseWorld;
beforeEach(async () => {
  world = await createCaseWorld();
  await world.join('phu', ['leader'], UNIT);
  await world.join('tung', ['chairperson'], 'chairperson');
});

/** Due by the end of Monday 1 April 2024. */
const newsOf = async (chatId: string, local: string): Promise<readonly string[]> => {
  world.at(local);
  const before = world.toldTo(chatId).length;
  await tickCases(world.app);
  await tickCases(world.app);
  return world.toldTo(chatId).slice(before);
};

describe('a case whose date comes', () => {
  it('is told to its handler and the head one working day before', async () => {
    await world.act('dung', 'take');
    expect(await newsOf('dung', '2024-03-29 07:29')).toEqual([]);
    const [soon] = await newsOf('dung', '2024-03-29 07:30');
    expect(soon).toContain('hạn hết thứ Hai 01/4');
    expect(world.lastTo('phu')).toContain('người giữ: Nguyễn Văn dung');
    expect(world.toldTo('tung')).toEqual([]);
  });

  it('and goes is told the next morning to handler and head, and a working day later to the chairperson, once each', async () => {
    await world.act('dung', 'take');
    await newsOf('dung', '2024-03-29 07:30');
    const [late] = await newsOf('dung', '2024-04-02 07:30');
    expect(late).toContain('đã quá hạn');
    expect(world.lastTo('phu')).toContain('đã quá hạn');
    expect(world.toldTo('tung')).toEqual([]);
    const [again] = await newsOf('tung', '2024-04-03 07:30');
    expect(again).toContain('Báo cáo Chủ tịch');
    expect(await newsOf('tung', '2024-04-10 07:30')).toEqual([]);
  });

  it('and was missed while nothing ran is told as it now stands, in one message', async () => {
    await world.act('dung', 'take');
    const news = await newsOf('dung', '2024-04-09 09:00');
    expect(news).toHaveLength(1);
    expect(news[0]).toContain('vẫn chưa xong');
  });

  it('but nobody took is told to the officers of the unit', async () => {
    const [soon] = await newsOf('dung', '2024-03-29 07:30');
    expect(soon).toContain('hạn hết thứ Hai 01/4');
  });

  it('is silent while the resident is asked, and speaks of the new date afterwards', async () => {
    await world.act('dung', 'ask', { words: 'Chỗ nào ạ?' });
    const [silent] = await newsOf('dung', '2024-03-22 07:30');
    expect(silent).toContain('chưa trả lời câu hỏi');
    expect(await newsOf('dung', '2024-04-02 07:30')).toEqual([]);
    await world.resident('reply', { words: 'Đầu ngõ 12' });
    expect((await world.matter()).nextAtMs).toBeGreaterThan(world.time.nowMs);
  });

  it('asks again on the day on which somebody outside was to be asked', async () => {
    await world.act('dung', 'wait-outside', { body: 'Điện lực', day: '2024-03-21' });
    const [check] = await newsOf('dung', '2024-03-21 07:30');
    expect(check).toContain('hỏi lại Điện lực');
  });

  it('asks a second officer to close what its resident was silent about', async () => {
    await world.join('ha', ['handler'], UNIT);
    await world.act('dung', 'propose', { words: 'Đã thay.', evidence: DOCUMENT });
    const before = world.toldTo('dung').length;
    const [ask] = await newsOf('ha', '2024-03-22 07:30');
    expect(ask).toContain('1 Khép việc');
    expect(world.toldTo('dung')).toHaveLength(before);
  });
});
