import { beforeEach, describe, expect, it } from 'vitest';
import { listCalls } from '#src/app/cases/list-calls.ts';
import { type CaseWorld, createCaseWorld, UNIT } from './case-world.ts';

let world: CaseWorld;
let askedId: string;
beforeEach(async () => {
  world = await createCaseWorld();
  world.at('2024-03-18 15:00');
  askedId = await world.report('tu', { text: 'Nhờ cán bộ gọi lại.', wantsCall: true, phone: '0987654321' });
});
const listsTo = (chatId: string) => world.toldTo(chatId).filter((text) => text.includes('Gọi lại hôm nay'));

describe('the list of whom to call', () => {
  it('comes at eight on the next working morning, once, with number and day', async () => {
    world.at('2024-03-19 07:59');
    await listCalls(world.app);
    expect(listsTo('dung')).toEqual([]);
    for (const time of ['08:00', '08:01', '16:00']) {
      world.at(`2024-03-19 ${time}`);
      await listCalls(world.app);
    }
    expect(listsTo('dung')).toHaveLength(1);
    expect(listsTo('dung')[0]).toContain('1. 3-0002 · 0987654321 · nhắn thứ Hai 18/3');
    expect(listsTo('dung')[0]).not.toContain('3-0001');
  });

  it('comes again the next morning while nobody has called, and not at the weekend', async () => {
    for (const day of ['2024-03-19', '2024-03-20', '2024-03-23']) {
      world.at(`${day} 09:00`);
      await listCalls(world.app);
    }
    expect(listsTo('dung')).toHaveLength(2);
  });

  it('leaves out what is done, and shows what somebody has taken to that officer alone', async () => {
    await world.join('ha', ['handler'], UNIT);
    await world.act('ha', 'take', {}, world.from('ha'), askedId);
    world.at('2024-03-19 09:00');
    await listCalls(world.app);
    expect([listsTo('ha').length, listsTo('dung').length]).toEqual([1, 0]);
    await world.act(
      'ha',
      'refuse',
      { words: 'Đã gọi rồi.', ground: 'settled-before' },
      world.from('ha'),
      askedId,
    );
    world.at('2024-03-20 09:00');
    await listCalls(world.app);
    expect(listsTo('ha')).toHaveLength(1);
  });

  it('opens a case by its number', async () => {
    world.at('2024-03-19 09:00');
    await listCalls(world.app);
    expect(world.promptsTo('dung').at(-1)).toMatchObject({
      subject: { kind: 'work-list' },
      choices: [{ number: '1', value: askedId }],
    });
  });

  it('says so where no number was left', async () => {
    world.at('2024-03-18 15:01');
    await world.report('bay', { text: 'Nhờ cán bộ gọi lại.', wantsCall: true, phone: null });
    world.at('2024-03-19 09:00');
    await listCalls(world.app);
    expect(listsTo('dung')[0]).toContain('2. 3-0003 · chưa có số');
  });
});
