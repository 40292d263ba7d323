import { beforeEach, describe, expect, it } from 'vitest';
import { runEffects } from '#src/app/inbound/run-effects.ts';
import type { Effect } from '#src/domain/conversation/types.ts';
import type { DutyChatOrder } from '#src/domain/conversation/duty-effects.ts';
import { type AppWorld, createAppWorld } from '../app/app-world.ts';

let world: AppWorld;
beforeEach(async () => {
  world = await createAppWorld();
  await world.join('phu', ['leader'], 'office');
  await world.join('dung', ['handler'], 'office');
  await world.join('ngoai', ['handler'], 'urban-environment');
});

async function say(chatId: string, ...texts: readonly string[]): Promise<void> {
  for (const text of texts) {
    await world.receive(chatId, { kind: 'text', text });
    await world.handle(chatId);
  }
}
const last = (chatId: string): string => world.toldTo(chatId).at(-1) ?? '';
const duties = () => world.app.duties.list();

async function run(chatId: string, effect: Effect): Promise<void> {
  await world.commit(chatId, effect);
  await runEffects(world.app, `telegram:${chatId}`);
}
const order = (chatId: string, given: DutyChatOrder) => run(chatId, { kind: 'order-duty', order: given });

/** A duty of Dũng, given by the leader of his unit in chat. */
async function given(): Promise<string> {
  await say('phu', 'giao việc', 'Rà soát bảng tin', '1', '25/3', 'gửi ảnh', 'kế hoạch của phường', '1');
  return (await duties())[0]?.id ?? '';
}

describe('a leader', () => {
  it('gives a duty in chat, by form, to somebody of the unit, who hears it at once and can answer', async () => {
    await say('phu', 'giao việc', 'Rà soát bảng tin');
    expect(last('phu')).toContain('Giao ai?');
    expect(last('phu')).toContain('1 Nguyễn Văn dung (Bộ phận Văn phòng)');
    await say('phu', '1', '25/3');
    expect(last('phu')).toContain('1 Báo số văn bản · 2 Gửi tệp · 3 Gửi ảnh · 4 Báo một câu');
    await say('phu', '3', 'kế hoạch của phường');
    expect(last('phu')).toContain('Sắp giao việc');
    await say('phu', '1');
    expect(last('phu')).toContain('Đã giao anh dung: Rà soát bảng tin, hạn hết thứ Hai 25/3.');
    expect(last('dung')).toContain('Rà soát bảng tin nay giao anh, hạn cuối thứ Hai 25/3.');
    expect(last('dung')).toContain('Xong thì gửi ảnh.');
    expect(
      world
        .promptsTo('dung')
        .at(-1)
        ?.choices.map(({ value }) => value),
    ).toContain('done');
    expect(await duties()).toHaveLength(1);
  });

  it('gives nothing to somebody of another unit', async () => {
    const { id = '' } = (await world.app.staff.byChat(world.chatOf('ngoai'))) ?? {};
    const add = { kind: 'add', title: 'X', toId: id, dueDate: '2024-03-25', reason: 'y' } as const;
    await order('phu', add);
    expect(last('phu')).toContain('không thuộc bộ phận của anh');
    expect(await duties()).toEqual([]);
  });

  it('sets another day or calls it off, with the reason that the person reads', async () => {
    const dutyId = await given();
    await order('phu', { kind: 'move', dutyId, dueDate: '2024-03-29', reason: 'chờ tài liệu' });
    expect(last('phu')).toContain('nay hạn cuối thứ Sáu 29/3');
    expect(last('dung')).toContain('Lý do: chờ tài liệu.');
    await order('phu', { kind: 'cancel', dutyId, reason: 'làm chung với việc khác' });
    expect(last('dung')).toContain('không phải làm nữa');
    expect((await duties())[0]).toMatchObject({ state: 'cancelled', nextAtMs: null });
  });

  it('splits a part off for a colleague, which has to be done before the whole', async () => {
    const dutyId = await given();
    const { id: toId = '' } = (await world.app.staff.byChat(world.chatOf('dung'))) ?? {};
    const part = { kind: 'split', dutyId, title: 'Chụp ảnh bảng tin', toId } as const;
    await order('phu', { ...part, dueDate: '2024-03-28' });
    expect(last('phu')).toContain('trước khi cả việc đến hạn');
    expect(await duties()).toHaveLength(1);
    await order('phu', { ...part, dueDate: '2024-03-22' });
    expect(await duties()).toHaveLength(2);
    expect(last('dung')).toContain('Lý do: một phần của việc: Rà soát bảng tin.');
    await run('phu', { kind: 'show-duty', dutyId, to: 'head' });
    expect(last('phu')).toContain('Phải xong trước: Chụp ảnh bảng tin, hạn 22/3.');
    await order('phu', { kind: 'move', dutyId, dueDate: '2024-03-21', reason: 'cần sớm' });
    expect((await duties()).map(({ targetDate }) => targetDate)).toEqual(['2024-03-21', '2024-03-21']);
  });
});

describe('an order that comes to nothing', () => {
  it('says of a day that it is the one it was due on', async () => {
    const dutyId = await given();
    await order('phu', { kind: 'move', dutyId, dueDate: '2024-03-25', reason: 'như cũ' });
    expect(last('phu')).toBe('Việc này vốn đã hạn ngày ấy, hoặc ngày ấy qua rồi. Chưa đổi gì.');
  });

  it('gives no part of what was called off to anybody, and says that it was called off', async () => {
    const dutyId = await given();
    const { id: toId = '' } = (await world.app.staff.byChat(world.chatOf('dung'))) ?? {};
    await order('phu', { kind: 'cancel', dutyId, reason: 'làm chung với việc khác' });
    await order('phu', { kind: 'split', dutyId, title: 'Chụp ảnh', toId, dueDate: '2024-03-22' });
    expect(last('phu')).toBe('Việc này đã thôi, không phải làm nữa: Rà soát bảng tin.');
    expect(await duties()).toHaveLength(1);
    await order('phu', { kind: 'move', dutyId, dueDate: '2024-03-29', reason: 'làm lại' });
    expect(last('phu')).toBe('Việc này đã thôi, không phải làm nữa: Rà soát bảng tin.');
  });
});

describe('whoever has a duty', () => {
  it('reads of one that was called off that it was, and of one that is done that it is', async () => {
    const dutyId = await given();
    await order('phu', { kind: 'cancel', dutyId, reason: 'làm chung với việc khác' });
    await run('dung', { kind: 'duty-action', dutyId, action: 'acknowledge' });
    expect(last('dung')).toBe('Việc này đã thôi, không phải làm nữa: Rà soát bảng tin.');
    await say('phu', 'giao việc', 'Rà soát loa', '1', '25/3', 'gửi ảnh', 'kế hoạch của phường', '1');
    const other = (await duties()).find(({ id }) => id !== dutyId)?.id ?? '';
    await run('dung', { kind: 'duty-action', dutyId: other, action: 'done' });
    await run('dung', { kind: 'duty-action', dutyId: other, action: 'acknowledge' });
    expect(last('dung')).toBe('Việc này đã xong rồi, không phải làm gì thêm: Rà soát loa.');
  });

  it('is not told that the day is near where it is only the week that ends a snooze', async () => {
    await say('phu', 'giao việc', 'Rà soát bảng tin', '1', '28/6', 'gửi ảnh', 'kế hoạch của phường', '1');
    const dutyId = (await duties())[0]?.id ?? '';
    const untilMs = Date.parse('2024-05-20T00:30:00Z');
    await run('dung', { kind: 'duty-action', dutyId, action: 'snooze', untilMs });
    expect(last('dung')).toMatch(/^Xa nhất chỉ lùi được đến .* thứ Hai 25\/3: Rà soát bảng tin\.$/u);
  });

  it('notes how far it is, once, which whoever looks at it reads, and nobody is written to for it', async () => {
    const dutyId = await given();
    const before = world.rows.length;
    await run('dung', { kind: 'duty-action', dutyId, action: 'progress', note: 'xong một nửa' });
    expect(last('dung')).toContain('Đã ghi tiến độ.');
    expect(world.rows).toHaveLength(before + 1);
    expect((await duties())[0]).toMatchObject({ state: 'acknowledged' });
    await run('phu', { kind: 'show-duty', dutyId, to: 'head' });
    expect(last('phu')).toContain('Tiến độ ghi ngày 18/3: xong một nửa');
    expect(
      world
        .promptsTo('phu')
        .at(-1)
        ?.choices.map(({ value }) => value),
    ).toEqual(expect.arrayContaining(['move', 'split', 'cancel-duty']));
  });

  it('opens it from "việc" by its number', async () => {
    const dutyId = await given();
    await say('dung', 'việc');
    expect(last('dung')).toContain('1. Rà soát bảng tin');
    expect(world.promptsTo('dung').at(-1)?.choices[0]).toMatchObject({
      number: '1',
      value: `open responsible ${dutyId}`,
    });
    await run('dung', { kind: 'show-duty', dutyId, to: 'responsible' });
    expect(
      world
        .promptsTo('dung')
        .at(-1)
        ?.choices.map(({ value }) => value),
    ).toContain('progress');
  });

  it('sees which reminders will come', async () => {
    await say('dung', 'lịch');
    expect(last('dung')).toBe('Hai tuần tới máy không nhắc anh việc nào.');
    await given();
    await say('dung', 'lịch nhắc');
    expect(last('dung')).toContain('thứ Sáu 22/3, 7 giờ 30: Rà soát bảng tin (nhắc trước)');
    expect(last('dung')).toContain('thứ Hai 25/3, 15 giờ: Rà soát bảng tin (hôm ấy đến hạn)');
  });

  it('can neither move it, split it nor call it off', async () => {
    const dutyId = await given();
    await order('dung', { kind: 'move', dutyId, dueDate: '2024-03-29', reason: 'bận' });
    await order('dung', { kind: 'cancel', dutyId, reason: 'bận' });
    await order('dung', { kind: 'split', dutyId, title: 'X', toId: 'y', dueDate: '2024-03-20' });
    expect((await duties()).map(({ state }) => state)).toEqual(['open']);
    await say('dung', 'giao việc');
    expect(last('dung')).not.toContain('Việc gì?');
  });
});
