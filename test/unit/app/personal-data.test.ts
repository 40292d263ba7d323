import { describe, expect, it } from 'vitest';
import { myData } from '#src/app/personal-data/my-data.ts';
import { tendPersonalData } from '#src/app/personal-data/tend-personal-data.ts';
import { runEffects } from '#src/app/inbound/run-effects.ts';
import type { Correction } from '#src/domain/cases/acts.ts';
import { endOfDay } from '#src/domain/calendar/local-time.ts';
import { REPORT_CONSENT } from '#src/domain/personal-data.ts';
import { type AppWorld, createAppWorld } from './app-world.ts';

const HOUR_MS = 3_600_000;
const PHONE = '0912345678';

async function say(world: AppWorld, ...texts: readonly string[]): Promise<void> {
  for (const text of texts) {
    await world.receive('42', { kind: 'text', text });
    await world.handle('42');
  }
}

const last = (world: AppWorld): string => world.toldTo('42').at(-1) ?? '';
const resident = { platform: 'telegram', chatId: '42' } as const;

describe('a report', () => {
  it('begins with a short notice, and is kept with the version of what was agreed to', async () => {
    const world = await createAppWorld();
    await say(world, 'đèn hỏng khu 3');
    expect(last(world)).toContain('chỉ dùng để giải quyết việc này');
    expect(await world.app.cases.ofResident(resident, 9)).toEqual([]);
    await say(world, PHONE, '1');
    const [matter] = await world.app.cases.ofResident(resident, 9);
    expect(matter?.consent).toEqual({ version: REPORT_CONSENT, atMs: world.time.nowMs });
  });

  it('sent without a name holds no chat, no number and no form of address, and nobody is written to about it', async () => {
    const world = await createAppWorld();
    await world.join('dung', ['handler'], 'urban-environment');
    await say(world, 'đèn hỏng khu 3', PHONE, '4');
    expect(await world.app.cases.ofResident(resident, 9)).toEqual([]);
    const [matter] = await world.app.cases.openOfUnit('urban-environment', 9);
    expect(matter).toMatchObject({ phone: null, honorific: null, residentName: '' });
    // The ids are keyed hashes in a real store.
    const shown = { ...matter, id: '', mediaIds: [] };
    expect(JSON.stringify(shown)).not.toMatch(/42|telegram:|Bà Tư/u);
    await world.commit('dung', {
      kind: 'case-act',
      caseId: matter?.id ?? '',
      act: 'take',
      values: {},
    });
    await world.handle('dung');
    expect(world.rows.filter((row) => row.target.kind === 'chat' && row.target.chat.chatId === '')).toEqual(
      [],
    );
  });
});

it('in cases that ended is kept for so many months as the plan says, and not a day less', async () => {
  const world = await createAppWorld();
  world.time.nowMs = Date.UTC(2029, 2, 18);
  await tendPersonalData(world.app);
  const [beforeMs = 0] = world.stores.personalData.emptiedBefore;
  expect(beforeMs).toBeLessThanOrEqual(Date.UTC(2024, 2, 18));
  expect(beforeMs).toBeGreaterThan(Date.UTC(2023, 11, 18));
});

describe('a draft that nobody agreed to send', () => {
  it('is reminded of once by day, and gone with a word about it when a day is over', async () => {
    const world = await createAppWorld();
    await say(world, 'đèn hỏng');
    world.time.nowMs += 19 * HOUR_MS;
    await tendPersonalData(world.app);
    expect(world.toldTo('42')).toHaveLength(1);
    world.time.nowMs += 2.5 * HOUR_MS;
    await tendPersonalData(world.app);
    await tendPersonalData(world.app);
    await world.handle('42');
    expect(world.toldTo('42').slice(1)).toEqual([
      expect.stringContaining('kể dở một việc'),
      expect.stringContaining('Bước 1/2'),
    ]);
    world.time.nowMs += 3 * HOUR_MS;
    await tendPersonalData(world.app);
    await tendPersonalData(world.app);
    const conversation = await world.app.conversations.load('telegram:42');
    expect(conversation?.flow).toBeNull();
    expect(JSON.stringify(conversation)).not.toContain('đèn hỏng');
    expect(world.toldTo('42').filter((text) => text.includes('đã xóa'))).toHaveLength(1);
  });

  it("of an officer is told of in an officer's words when it is gone", async () => {
    const world = await createAppWorld();
    await world.join('42', ['handler'], 'urban-environment');
    await say(world, 'nhập hộ', '1', 'đèn hỏng');
    world.time.nowMs += 25 * HOUR_MS;
    await tendPersonalData(world.app);
    expect(last(world)).toContain('Việc nhập dở hôm qua đã bỏ');
  });

  it('is not reminded of at night', async () => {
    const world = await createAppWorld();
    world.time.nowMs = Date.UTC(2024, 2, 18, 18, 0);
    await say(world, 'đèn hỏng');
    world.time.nowMs = Date.UTC(2024, 2, 19, 15, 0);
    await tendPersonalData(world.app);
    await world.handle('42');
    expect(world.toldTo('42')).toHaveLength(1);
  });

  it('stays where somebody went on with it meanwhile', async () => {
    const world = await createAppWorld();
    await say(world, 'đèn hỏng');
    const draft = await world.app.personalData.draftsSince(world.time.nowMs, 9);
    world.time.nowMs += 25 * HOUR_MS;
    await say(world, 'khu 3');
    const stale = { ...world.app.personalData, draftsSince: () => Promise.resolve(draft) };
    await tendPersonalData({ ...world.app, personalData: stale });
    expect((await world.app.conversations.load('telegram:42'))?.flow).toMatchObject({
      draft: { text: 'đèn hỏng', placeText: 'khu 3' },
    });
  });
});

describe('"dữ liệu"', () => {
  async function withCase(): Promise<AppWorld> {
    const world = await createAppWorld();
    await world.join('dung', ['handler'], 'urban-environment');
    await say(world, 'đèn hỏng <b>khu 3</b>', PHONE, '1', 'dữ liệu');
    return world;
  }

  it('shows what is kept', async () => {
    const world = await withCase();
    await say(world, '1');
    expect(last(world)).toContain(PHONE);
    expect(last(world)).toContain('đèn hỏng');
  });

  it('hands it over as JSON and as a page in which words are words', async () => {
    const world = await withCase();
    await say(world, '2');
    const files = await Promise.all(
      world.rows.flatMap(({ message }) =>
        message?.documentId === undefined ? [] : [world.app.media.get(message.documentId)],
      ),
    );
    const [json, html] = files.map((file) => new TextDecoder().decode(file?.bytes));
    expect(JSON.parse(json ?? '')).toEqual([expect.objectContaining({ phone: PHONE })]);
    expect(html).toContain('đèn hỏng &lt;b&gt;khu 3');
  });

  it('corrects the number in what is still open', async () => {
    const world = await withCase();
    await say(world, '3', '0987 654 321');
    expect((await world.app.cases.ofResident(resident, 9))[0]?.phone).toBe('0987654321');
  });

  it('corrects words and place in any case of theirs, keeps what stood there, and tells the handler', async () => {
    const world = await withCase();
    const id = (await world.app.cases.ofResident(resident, 9))[0]?.id ?? '';
    await world.commit('dung', { kind: 'case-act', caseId: id, act: 'take', values: {} });
    await world.handle('dung');
    await say(world, '6');
    expect(last(world)).toContain('Đèn đường hỏng');
    const place = { text: 'đầu ngõ 12', location: null };
    const corrections: readonly Correction[] = [
      { what: 'words', text: 'đèn ở ngõ 12 hỏng' },
      { what: 'place', place },
    ];
    for (const to of corrections) {
      await world.commit('42', { kind: 'correct-case', caseId: id, to });
      await runEffects(world.app, 'telegram:42');
    }
    expect(last(world)).toContain('sửa lại chỗ');
    const matter = await world.app.cases.get(id);
    expect(matter).toMatchObject({ text: 'đèn ở ngõ 12 hỏng', place: { text: 'đầu ngõ 12' } });
    expect(matter?.history.filter(({ action }) => action === 'corrected')).toEqual([
      expect.objectContaining({ by: 'resident', detail: 'đèn hỏng <b>khu 3</b>' }),
      expect.objectContaining({ by: 'resident' }),
    ]);
    expect(world.toldTo('dung').slice(-2)).toEqual([
      expect.stringContaining('sửa lời thành “đèn ở ngõ 12 hỏng”'),
      expect.stringContaining('sửa chỗ xảy ra: đầu ngõ 12'),
    ]);
  });

  it('makes a withdrawal the duty of who works on the case, by the day by which the law wants it done', async () => {
    const world = await withCase();
    const [matter] = await world.app.cases.ofResident(resident, 9);
    const conversation = await world.app.conversations.load('telegram:42');
    if (!conversation) throw new Error('nobody wrote');
    const context = { id: 'telegram:42.99.0', conversation };
    await myData(world.app, context, 'withdraw');
    await myData(world.app, context, 'withdraw');
    const dung = await world.app.staff.byChat(world.chatOf('dung'));
    expect(await world.app.duties.ofRules('RD')).toEqual([
      expect.objectContaining({
        title: `Khép hoặc xóa phần riêng của việc ${matter?.code ?? ''}`,
        ...{ responsibleId: dung?.id, unitId: 'urban-environment', state: 'open' },
        dueAtMs: endOfDay('2024-03-25'),
      }),
    ]);
    expect(last(world)).toContain('thứ Hai 25/3');
    const told = world.toldTo('dung').filter((text) => text.includes('rút lại đồng ý'));
    expect(told).toHaveLength(1);
    expect(told[0]).toContain('nay giao anh, hạn cuối thứ Hai 25/3');
  });

  it('erases only after the word, and leaves a record that does not say who', async () => {
    const world = await withCase();
    await say(world, '5', 'ừ thì', 'XÓA');
    expect(world.stores.personalData.erased).toEqual(['telegram:42']);
    expect(last(world)).toContain('đã xóa');
    expect(world.stores.audit.entries.map(({ action }) => action)).toEqual(['data-erase']);
  });
});
