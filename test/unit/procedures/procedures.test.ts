import { beforeEach, describe, expect, it } from 'vitest';
import { openPlanDuties } from '#src/app/duties/open-plan-duties.ts';
import { tickDuties } from '#src/app/duties/tick-duties.ts';
import { runEffects } from '#src/app/inbound/run-effects.ts';
import { tellProcedures } from '#src/app/procedures/tell-procedures.ts';
import { openPrompt } from '#src/app/send/open-prompt.ts';
import { atLocal } from '#src/domain/calendar/local-time.ts';
import { Person } from '#test/support/conversation.ts';
import { type AppWorld, createAppWorld } from '../app/app-world.ts';

let world: AppWorld;
let told: number;
let lan: string;

const goTo = (day: string, time: string): void => {
  world.time.nowMs = atLocal(day, time);
};

/** Questions are open as soon as they are written. */
async function settle(): Promise<void> {
  for (const row of world.rows.slice(told))
    if (row.prompt && row.target.kind === 'chat')
      await openPrompt(world.app, row.target.chat, row.prompt, true);
  told = world.rows.length;
}

async function say(chatId: string, ...texts: readonly string[]): Promise<string> {
  for (const text of texts) {
    world.time.nowMs += 1_000;
    await world.receive(chatId, { kind: 'text', text });
    await world.handle(chatId);
    await settle();
  }
  return last(chatId);
}
const last = (chatId: string): string => world.toldTo(chatId).at(-1) ?? '';
const dutyOf = (day: string) => world.app.duties.get(`NV-9.${day}`);

/** Writes a week down from the board, whose newest week is the first. */
const write = (number: string, ...figures: readonly string[]) => say('lan', 'hồ sơ', number, ...figures, '1');

beforeEach(async () => {
  world = await createAppWorld();
  told = 0;
  goTo('2024-03-11', '08:00');
  ({ id: lan } = await world.join('lan', ['handler'], 'one-stop'));
  await world.join('bac', ['handler'], 'one-stop');
  await world.join('truong', ['leader'], 'one-stop');
  await world.join('van', ['leader'], 'office');
  await world.join('tho', ['handler'], 'office');
  await world.join('ngoai', ['handler'], 'finance');
  await world.join('chu', ['chairperson'], 'chairperson');
  await openPlanDuties(world.app);
});

describe('the week’s figures', () => {
  it('are asked for on the day of the plan, and “Đã làm xong” is the form itself', async () => {
    goTo('2024-03-15', '16:00');
    await tickDuties(world.app);
    await settle();
    const duty = await dutyOf('2024-03-15');
    const asked = duty?.responsibleId === lan ? 'lan' : 'bac';
    expect(last(asked)).toContain(
      'Ghi hồ sơ thủ tục hành chính trong tuần: nhắn “hồ sơ”, hạn cuối thứ Sáu 15/3.',
    );
    expect(await say(asked, '3')).toBe(
      'Bước 1/4: Hồ sơ tuần 11/3–17/3. Đã nhận bao nhiêu hồ sơ? Nhắn số, ví dụ: 120.\n\nThôi',
    );
    expect(await say(asked, '120 hồ sơ', '110', '5', '0')).toBe(
      'Sẽ ghi hồ sơ tuần 11/3–17/3:\nĐã nhận: 120\nTrả đúng hạn: 110\nTrả muộn: 5\nĐang quá hạn: 0\n\n1 Ghi · 2 Sửa · 0 Thôi',
    );
    expect(await say(asked, '1')).toBe(
      'Đã ghi hồ sơ tuần 11/3–17/3.\nNhận 120. Trả đúng hạn 110/115 (95,6%), muộn 5.\nĐang quá hạn 0.',
    );
    expect(await dutyOf('2024-03-15')).toMatchObject({ state: 'done', nextAtMs: null });
  });

  it('take “0”, “8” and “9” for numbers, and words for going back or leaving', async () => {
    await say('lan', 'hồ sơ', '1', '9', '8');
    expect(last('lan')).toContain('Đã trả nhưng muộn hạn');
    await say('lan', 'Quay lại');
    expect(last('lan')).toContain('đã trả đúng hạn bao nhiêu');
    expect(last('lan')).toMatch(/\n\nQuay lại · Thôi$/u);
    expect(await say('lan', '8', '0', '0')).toContain(
      'Đã nhận: 9\nTrả đúng hạn: 8\nTrả muộn: 0\nĐang quá hạn: 0',
    );
    await say('bac', 'hồ sơ', '1');
    expect(await say('bac', 'thôi')).toBe('Chưa ghi gì.');
  });

  it('are asked again where the number cannot be read', async () => {
    await say('lan', 'hồ sơ', '1');
    expect(await say('lan', 'khoảng 100')).toContain('Máy chưa rõ số nào. Tuần 11/3–17/3');
  });

  it('ask why where files are overdue, and hide phone and card numbers in the answer', async () => {
    await say('lan', 'hồ sơ', '1', '120', '110', '5');
    expect(await say('lan', '2')).toContain('Vì sao quá hạn?');
    await say('lan', 'chờ thuế,\ngọi 0912 345 678', '1');
    expect(last('lan')).toContain('Đang quá hạn 2.\nVì: chờ thuế, gọi •••');
    expect(JSON.stringify(await world.app.procedures.since('2024-03-11'))).not.toContain('912');
  });

  it('settle the duty whoever of the unit writes them, and tell those to whom silence had climbed', async () => {
    goTo('2024-03-15', '16:00');
    await tickDuties(world.app);
    goTo('2024-03-18', '07:30');
    await tickDuties(world.app);
    await settle();
    expect(last('truong')).toContain('đã quá');
    const duty = await dutyOf('2024-03-15');
    const other = duty?.responsibleId === lan ? 'bac' : 'lan';
    await say(other, 'hồ sơ', '2', '120', '110', '5', 'không', '1');
    expect(await dutyOf('2024-03-15')).toMatchObject({ state: 'done', responsibleId: duty?.responsibleId });
    expect(last('truong')).toContain(`anh ${other} đã ghi hồ sơ tuần 11/3–17/3.\nNhận 120.`);
  });

  it('are put right by writing them again; what stood there before is kept with who and when', async () => {
    await write('1', '120', '110', '5', '0');
    goTo('2024-03-13', '09:00');
    await say('bac', 'hồ sơ');
    expect(last('bac')).toContain('1 Ghi lại tuần 11/3');
    expect(await say('bac', '1', '121', '110', '5', '0', '1')).toMatch(
      /^Đã ghi lại .*, bản trước vẫn lưu\.\nNhận 121\./u,
    );
    const kept = await world.app.procedures.since('2024-03-11');
    expect(kept.map(({ by, received }) => ({ isLan: by === lan, received }))).toEqual([
      { isLan: true, received: 120 },
      { isLan: false, received: 121 },
    ]);
    expect(await say('van', 'hồ sơ')).toContain('Người ghi: anh bac, 13/3 (lần thứ 2).');
  });

  it('written twice by one effect are written once', async () => {
    const figures = { received: 1, onTime: 1, late: 0, overdue: 0, why: null };
    await world.commit('lan', { kind: 'record-figures', week: '2024-03-11', figures });
    const conversation = await world.app.conversations.load('telegram:lan');
    await runEffects(world.app, 'telegram:lan');
    const again = await world.app.conversations.load('telegram:lan');
    if (!conversation || !again) throw new Error('no conversation');
    await world.app.conversations.save(
      { ...again, rev: again.rev + 1, effects: conversation.effects },
      again.rev,
    );
    await runEffects(world.app, 'telegram:lan');
    expect(await world.app.procedures.since('2024-03-11')).toHaveLength(1);
  });

  it('are taken from nobody of another unit, also where their form had been open', async () => {
    const figures = { received: 1, onTime: 1, late: 0, overdue: 0, why: null };
    for (const chatId of ['ngoai', 'van', 'chu']) {
      await world.commit(chatId, { kind: 'record-figures', week: '2024-03-11', figures });
      await runEffects(world.app, `telegram:${chatId}`);
      expect(last(chatId)).toContain('cần người có phận sự');
    }
    expect(await world.app.procedures.since('2024-03-11')).toEqual([]);
  });
});

describe('the board', () => {
  it('is plain lines of the last weeks, each with who wrote it and when', async () => {
    await write('1', '1.200', '1100', '5', '2', 'chờ số liệu thuế');
    goTo('2024-03-18', '09:00');
    await openPlanDuties(world.app);
    goTo('2024-03-27', '09:00');
    await openPlanDuties(world.app);
    await write('1', '90', '0', '0', '5', 'hỏng máy in');
    expect(await say('van', 'ho so')).toBe(
      [
        'Hồ sơ thủ tục hành chính, Bộ phận tiếp nhận và trả kết quả hiện đại, mấy tuần gần đây:',
        '',
        'Tuần 25/3–31/3:',
        'Nhận 90. Chưa trả kết quả nào.',
        'Đang quá hạn 5, tăng 3 so với tuần 11/3–17/3.',
        'Vì: hỏng máy in',
        'Người ghi: anh lan, 27/3.',
        '',
        'Tuần 18/3–24/3: chưa có số liệu.',
        '',
        'Tuần 11/3–17/3:',
        'Nhận 1.200. Trả đúng hạn 1.100/1.105 (99,5%), muộn 5.',
        'Đang quá hạn 2.',
        'Vì: chờ số liệu thuế',
        'Người ghi: anh lan, 11/3.',
      ].join('\n'),
    );
  });

  it('is shown to leaders, the chairperson, those who watch and those who report, and to no other officer', async () => {
    for (const chatId of ['lan', 'truong', 'van', 'tho', 'chu'])
      expect(await say(chatId, 'hồ sơ')).toContain('Tuần 11/3–17/3: chưa đến hạn ghi.');
    expect(await say('ngoai', 'hồ sơ')).toContain('cần người có phận sự');
    for (const chatId of ['van', 'tho', 'chu']) expect(last(chatId)).not.toContain('Ghi tuần');
    expect(last('lan')).toContain('1 Ghi tuần 11/3');
  });

  it.each(['hồ sơ', 'HO SO', '/hoso', 'ghi hồ sơ'])(
    'is “%s”, and from a resident words like any other',
    (words) => {
      const staff = {
        id: 'x',
        name: 'X',
        address: 'anh',
        roles: [],
        unitId: 'one-stop',
        neighbourhood: null,
      } as const;
      const member = { ...staff, contacts: [], active: true };
      expect(new Person({ staff: member }).say(words)).toEqual([{ kind: 'show-procedures' }]);
      expect(new Person().say(words)).not.toContainEqual({ kind: 'show-procedures' });
    },
  );
});

describe('those who watch', () => {
  const heard = (chatId: string) =>
    world.toldTo(chatId).filter((text) => text.includes('để xem các tuần khác'));
  async function lookAt(day: string, time: string): Promise<void> {
    goTo(day, time);
    await openPlanDuties(world.app);
    await tellProcedures(world.app);
  }

  it('hear once of a week without figures, in office hours, in private to the leader of the unit', async () => {
    await lookAt('2024-03-17', '10:00');
    await lookAt('2024-03-18', '07:59');
    expect(heard('van')).toEqual([]);
    for (const time of ['08:00', '08:01']) await lookAt('2024-03-18', time);
    await lookAt('2024-03-19', '09:00');
    expect(heard('van')).toEqual([
      'Anh van: Bộ phận tiếp nhận và trả kết quả hiện đại chưa ghi số liệu hồ sơ tuần 11/3–17/3. Nhắn “hồ sơ” để xem các tuần khác.',
    ]);
    for (const chatId of ['tho', 'truong', 'chu', 'lan']) expect(heard(chatId)).toEqual([]);
  });

  it('hear once of more files overdue than the week before, also where the figures came late', async () => {
    await write('1', '120', '110', '5', '1', 'chờ thuế');
    await lookAt('2024-03-18', '08:00');
    await lookAt('2024-03-25', '08:00');
    await say('lan', 'hồ sơ', '2', '100', '90', '5', '4', 'thiếu người', '1');
    for (const day of ['2024-03-25', '2024-03-26', '2024-04-08']) await lookAt(day, '09:00');
    const rose = heard('van').filter((text) => text.includes('tăng, tuần'));
    expect(rose).toEqual([
      [
        'Anh van: hồ sơ quá hạn của Bộ phận tiếp nhận và trả kết quả hiện đại tăng, tuần 18/3–24/3.',
        'Nhận 100. Trả đúng hạn 90/95 (94,7%), muộn 5.',
        'Đang quá hạn 4, tăng 3 so với tuần trước.',
        'Vì: thiếu người',
        'Nhắn “hồ sơ” để xem các tuần khác.',
      ].join('\n'),
    ]);
  });

  it('hear nothing where what was mistyped is put right before the week is over', async () => {
    await write('1', '120', '110', '5', '1', 'chờ thuế');
    goTo('2024-03-22', '16:00');
    await write('1', '100', '90', '5', '30', 'chờ thuế');
    await write('1', '100', '90', '5', '1', 'chờ thuế');
    await lookAt('2024-03-25', '08:00');
    expect(heard('van')).toEqual([]);
  });
});
