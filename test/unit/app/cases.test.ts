import { beforeEach, describe, expect, it } from 'vitest';
import { type CaseWorld, createCaseWorld, DOCUMENT, UNIT } from './case-world.ts';

let world: CaseWorld;
beforeEach(async () => {
  world = await createCaseWorld();
});

const state = async () => (await world.matter()).state;
const propose = (chatId: string, context = world.from(chatId)) =>
  world.act(chatId, 'propose', { words: 'Đã thay bóng.', evidence: DOCUMENT }, context);

describe('who may handle a case', () => {
  it.each([
    ['a handler of another unit', ['handler'], 'office'],
    ['an editor of the unit', ['editor'], UNIT],
    ['an inspector of the unit', ['inspector'], UNIT],
  ] as const)('%s neither takes nor answers it', async (_who, roles, unit) => {
    await world.join('other', roles, unit);
    await world.act('other', 'take');
    await propose('other');
    expect(await state()).toBe('new');
    expect(world.toldTo('resident')).toHaveLength(1);
    expect(world.toldTo('other')).toHaveLength(2);
  });

  it('a resident who meets the button cannot take it', async () => {
    await world.act('resident', 'take');
    expect(await state()).toBe('new');
  });

  it.each([
    ['a leader', 'leader'],
    ['an admin', 'admin'],
    ['the chairperson', 'chairperson'],
  ] as const)('%s of another unit takes and answers it', async (_who, role) => {
    await world.join('above', [role], 'office');
    await world.act('above', 'take');
    expect(await state()).toBe('taken');
    await propose('above');
    expect(await state()).toBe('answered');
  });

  it('nobody works on a case that a colleague has, but who stands above', async () => {
    await world.join('ha', ['handler'], UNIT);
    await world.join('phu', ['leader'], UNIT);
    await world.act('dung', 'take');
    await world.act('ha', 'take');
    expect(world.lastTo('ha')).toContain('đã có Nguyễn Văn dung nhận');
    await world.act('ha', 'say', { words: 'Xong rồi' });
    expect(world.toldTo('resident').join()).not.toContain('Xong rồi');
    await world.act('phu', 'say', { words: 'Phường đang làm' });
    expect(world.lastTo('resident')).toContain('Phường đang làm');
  });
});

describe('a result', () => {
  it('is given once by two officers who write the same words', async () => {
    await world.join('ha', ['handler'], UNIT);
    await propose('dung');
    await propose('ha');
    expect(world.toldTo('resident').filter((text) => text.includes('Đã thay bóng.'))).toHaveLength(1);
    expect(world.lastTo('ha')).toContain('không còn ở bước này');
  });

  it('is given once when its effect runs again', async () => {
    const effect = world.from('dung');
    await propose('dung', effect);
    const told = world.rows.length;
    await propose('dung', effect);
    expect(world.rows).toHaveLength(told);
  });

  it('says by which document, and is news: it waits while its resident fills in another form', async () => {
    await propose('dung');
    const row = world.rows.find(({ prompt }) => prompt?.subject.kind === 'case-rating');
    expect(row?.message?.text).toContain('45/BC-UBND');
    expect(row?.lane).toBe('reminder');
  });

  it('shows a photo where that is what shows it, and nothing that is none', async () => {
    world.channel.files.set('done', { bytes: Buffer.from('x'), contentType: 'image/jpeg' });
    const file = { kind: 'photo', ref: 'done' } as const;
    await world.act('dung', 'propose', { words: 'Đã thay.', evidence: { kind: 'photo', file } });
    expect((await world.matter()).proposal?.evidence.kind).toBe('photo');
    expect(
      world.rows.find(({ prompt }) => prompt?.subject.kind === 'case-rating')?.message?.photoIds,
    ).toHaveLength(1);
  });
});

describe('a question to the resident', () => {
  it('stops the term, and the answer lets it run on', async () => {
    await world.act('dung', 'take');
    const before = (await world.matter()).dueAtMs;
    await world.act('dung', 'ask', { words: 'Số nhà mấy ạ?' });
    expect(await state()).toBe('asked');
    expect(world.lastTo('resident')).toContain('Số nhà mấy ạ?');
    world.at('2024-03-20 15:00');
    await world.resident('reply', { words: 'Số 12' });
    expect(await state()).toBe('taken');
    const after = await world.matter();
    expect((after.dueAtMs - before) / 86_400_000).toBe(2);
    expect(after.text).toContain('Số 12');
    expect(world.lastTo('dung')).toContain('Số 12');
  });

  it('is told again where its resident stays silent', async () => {
    await world.act('dung', 'ask', { words: 'Số nhà mấy ạ?' });
    expect((await world.matter()).nextAtMs).toBe(Date.parse('2024-03-22T07:30:00+07:00'));
  });
});

describe('closing', () => {
  beforeEach(() => propose('dung'));

  it('by silence takes a second officer and three working days', async () => {
    await world.join('ha', ['handler'], UNIT);
    await world.act('ha', 'close');
    expect(world.lastTo('ha')).toContain('còn thời gian xem');
    world.at('2024-03-22 08:00');
    await world.act('dung', 'close');
    expect(world.lastTo('dung')).toContain('cán bộ khác');
    await world.act('ha', 'close');
    expect(await state()).toBe('closed');
    expect(world.lastTo('resident')).toContain('xin khép lại vì phường chưa nghe');
    expect((await world.matter()).history.at(-1)?.by).not.toBe(world.dung.id);
  });

  it('is the word of the resident of the case alone', async () => {
    await world.resident('rate', { rating: 'satisfied' }, world.from('stranger'));
    await world.resident('dispute', {}, world.from('stranger'));
    expect(await state()).toBe('answered');
    expect(world.toldTo('stranger').join()).not.toContain('0001');
    expect(world.toldTo('dung').join()).not.toContain('đánh giá');
  });

  it('counts once: a second rating neither changes the first nor is told to the officer', async () => {
    const effect = world.from('resident');
    await world.resident('rate', { rating: 'satisfied' }, effect);
    await world.resident('rate', { rating: 'satisfied' }, effect);
    await world.resident('rate', { rating: 'acceptable' });
    expect((await world.matter()).rating).toBe('satisfied');
    expect(world.toldTo('dung').filter((text) => text.includes('đánh giá'))).toHaveLength(1);
  });
});

describe('a dispute', () => {
  it('goes above its handler with what the resident said, under a new date', async () => {
    await world.join('phu', ['leader'], UNIT);
    await propose('dung');
    world.at('2024-03-20 09:00');
    const effect = world.from('resident');
    await world.resident('dispute', { words: 'Đèn vẫn tắt' }, effect);
    const told = world.rows.length;
    await world.resident('dispute', { words: 'Đèn vẫn tắt' }, effect);
    expect(world.rows).toHaveLength(told);
    const matter = await world.matter();
    expect(matter).toMatchObject({ state: 'reopened', rating: 'unsatisfied' });
    expect(matter.handlerId).not.toBe(world.dung.id);
    expect(world.lastTo('phu')).toContain('Đèn vẫn tắt');
    expect(world.lastTo('dung')).toContain('đã chuyển lên người phụ trách');
    expect(world.lastTo('resident')).toContain('thứ Tư 03/4');
  });

  it('of a leader goes to the chairperson', async () => {
    await world.join('phu', ['leader'], UNIT);
    await world.join('tung', ['chairperson'], 'chairperson');
    await propose('phu');
    await world.resident('dispute', { words: 'Chưa được' });
    expect(world.lastTo('tung')).toContain('Chưa được');
  });

  it('is heard after a closing by silence, within ten working days and not later', async () => {
    await world.join('ha', ['handler'], UNIT);
    await propose('dung');
    world.at('2024-03-22 08:00');
    await world.act('ha', 'close');
    world.at('2024-04-06 08:00');
    await world.resident('dispute', { words: 'Vẫn tắt' });
    expect(world.lastTo('resident')).toContain('khép đã lâu');
    expect(await state()).toBe('closed');
    world.at('2024-04-05 20:00');
    await world.resident('dispute', { words: 'Vẫn tắt' });
    expect(await state()).toBe('reopened');
  });
});

describe('a case that goes another way', () => {
  it('is handed to a colleague with the reason', async () => {
    const ha = await world.join('ha', ['handler'], UNIT);
    await world.act('dung', 'take');
    await world.act('dung', 'hand-over', { target: `staff:${ha.id}`, words: 'Nghỉ phép' });
    expect((await world.matter()).handlerId).toBe(ha.id);
    expect(world.lastTo('ha')).toContain('Nghỉ phép');
    expect((await world.matter()).history.at(-1)).toMatchObject({
      action: 'handed-over',
      detail: 'Nghỉ phép',
    });
  });

  it('is given to another unit, whose officers get its card', async () => {
    await world.join('an', ['handler'], 'urban-order');
    await world.act('dung', 'hand-over', { target: 'unit:urban-order', words: 'Không phải đèn' });
    expect(await world.matter()).toMatchObject({ unitId: 'urban-order', handlerId: null, state: 'new' });
    expect(world.lastTo('an')).toContain('Không phải đèn');
    expect(world.lastTo('resident')).toContain('Bộ phận Trật tự đô thị');
  });

  it('waits for somebody outside while its term runs', async () => {
    const { dueAtMs } = await world.matter();
    await world.act('dung', 'wait-outside', { body: 'Điện lực', day: '2024-03-23' });
    const matter = await world.matter();
    expect(matter).toMatchObject({ state: 'outside', dueAtMs });
    expect(matter.outside?.checkAtMs).toBe(Date.parse('2024-03-25T07:30:00+07:00'));
    expect(world.lastTo('resident')).toContain('thứ Hai 25/3 sẽ hỏi lại');
  });

  it('is extended once, with an apology and the reason', async () => {
    await world.act('dung', 'extend', { days: 2, words: 'chờ vật tư' });
    expect(world.lastTo('resident')).toMatch(/Phường xin lỗi.*chờ vật tư.*thứ Tư 03\/4/su);
    await world.act('dung', 'extend', { days: 2, words: 'chờ nữa' });
    expect(world.lastTo('dung')).toContain('đã gia hạn một lần');
  });

  it('is transferred or refused on a legal ground, which its resident reads and can dispute', async () => {
    await world.join('phu', ['leader'], UNIT);
    await world.act('dung', 'transfer', { ground: 'other-authority', body: 'Công ty Môi trường' });
    expect(await state()).toBe('transferred');
    expect(world.lastTo('resident')).toContain('Không thuộc thẩm quyền của phường');
    await world.resident('dispute', { words: 'Việc của phường mà' });
    expect(world.lastTo('phu')).toContain('Việc của phường mà');
    await world.act('phu', 'refuse', { ground: 'settled-before', words: 'Đã trả lời năm ngoái.' });
    expect(world.lastTo('resident')).toContain('Đã trả lời năm ngoái.');
  });

  it('is merged into another, and its resident hears of the result as well', async () => {
    const into = await world.report('other');
    const { code } = await world.matter(into);
    await world.act('dung', 'merge', { code });
    expect(await world.matter()).toMatchObject({ state: 'merged', mergedInto: into });
    expect(world.lastTo('resident')).toContain(code);
    const values = { words: 'Đã thay bóng.', evidence: DOCUMENT };
    await world.act('dung', 'propose', values, world.from('dung'), into);
    expect(world.lastTo('resident')).toContain('Đã thay bóng.');
    expect(world.lastTo('other')).toContain('Đã thay bóng.');
  });

  it('is taken back by its resident, and taken up again by an officer only where it was ended', async () => {
    await world.act('dung', 'take');
    await world.resident('withdraw');
    expect(await state()).toBe('withdrawn');
    expect(world.lastTo('dung')).toContain('không phải làm nữa');
    await world.act('dung', 'reopen', { words: 'nhầm' });
    expect(await state()).toBe('withdrawn');
  });

  it('keeps in its history who did what and why', async () => {
    await world.act('dung', 'take');
    await world.act('dung', 'say', { words: 'Mai làm' });
    await world.resident('add', { words: 'Cả cột bên cạnh' });
    expect((await world.matter()).history.map(({ by, action, detail }) => [by, action, detail])).toEqual([
      ['resident', 'created', undefined],
      [world.dung.id, 'taken', undefined],
      [world.dung.id, 'said', 'Mai làm'],
      ['resident', 'added', 'Cả cột bên cạnh'],
    ]);
  });
});

it('wakes nobody at night: news of a case waits until half past six, what people ask for themselves does not', async () => {
  world.at('2024-03-18 22:15');
  const taken = world.from('dung');
  await world.act('dung', 'take', {}, taken);
  expect((await world.app.deliveries.get(`answer.${taken.id}`))?.dueAtMs).toBe(
    Date.parse('2024-03-19T06:30:00+07:00'),
  );
  expect((await world.app.deliveries.get(taken.id))?.dueAtMs).toBe(world.time.nowMs);
});
