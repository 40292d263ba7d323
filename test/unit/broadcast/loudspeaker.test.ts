import { beforeEach, describe, expect, it } from 'vitest';
import { advanceRuns } from '#src/app/broadcast/advance-runs.ts';
import { controlFromChat } from '#src/app/broadcast/control-run.ts';
import { listScripts } from '#src/app/broadcast/list-scripts.ts';
import { markReadAloud } from '#src/app/broadcast/mark-read-aloud.ts';
import { atLocal } from '#src/domain/calendar/local-time.ts';
import { groupDestination, sendingRun } from '../send/world.ts';
import { type BroadcastWorld, createBroadcastWorld } from './world.ts';

let world: BroadcastWorld;
const DAYS = ['20240318', '20240319', '20240320'] as const;
const row = (day: string) => `R.l.${day}`;

beforeEach(() => {
  world = createBroadcastWorld();
  world.join('author', 'editor');
  world.join('stranger', 'handler');
  world.join('operator', 'loudspeaker-operator');
  world.destinations.set('g', groupDestination('g'));
  world.destinations.set(
    'l',
    groupDestination('l', {
      kind: 'loudspeaker',
      staffId: 'operator',
      title: 'Loa phường',
      chat: { platform: 'telegram', chatId: 'operator' },
    }),
  );
  const sendAtMs = atLocal('2024-03-18', '06:30');
  world.state.nowMs = sendAtMs;
  world.runs.set('R', sendingRun('R', { state: 'scheduled', startedAtMs: null, sendAtMs }));
});

const at = async (date: string, time: string) => {
  world.state.nowMs = atLocal(date, time);
  await advanceRuns(world.ports);
  for (const lane of ['reply', 'reminder', 'broadcast'] as const) await world.send({ lane });
  await advanceRuns(world.ports);
};
/** What the operator's chat has got, oldest first. */
const handed = () =>
  world.calls.filter((call) => call.chat.chatId === 'operator').map((call) => call.message);
const state = (id: string) => world.deliveries.one(id).state;

describe('the loudspeaker', () => {
  it('gets the script and its sheets on each of three days, and the run is done with its chats', async () => {
    await at('2024-03-18', '06:30');
    expect(world.runs.get('R')?.state).toBe('done');
    expect(await world.deliveries.counts('R')).toMatchObject({
      sent: 2,
      pending: 0,
      toRead: 2,
      handedOver: 1,
    });
    const texts = handed().filter((one) => one.photoIds === undefined);
    const pages = handed().filter((one) => one.photoIds !== undefined);
    expect(texts[0]?.text).toContain('Ngày 1/3 · thứ Hai 18/3 · đọc lúc 17 giờ');
    expect(texts.flatMap((one) => one.buttons ?? []).map((button) => button.label)).toEqual(['Đã đọc']);
    expect(texts.at(-1)?.text).toBe('the script');
    expect(pages.map((page) => [page.text, page.photoIds?.[0]])).toEqual([
      ['Bản in chữ to, trang 1/2', 'R.sheet.20240318.1'],
      ['Bản in chữ to, trang 2/2', 'R.sheet.20240318.2'],
    ]);

    await at('2024-03-19', '04:59');
    const before = handed().length;
    expect(before).toBe(texts.length + pages.length);
    await at('2024-03-19', '05:00');
    expect(handed()[before]?.text).toContain('Ngày 2/3 · thứ Ba 19/3 · đọc lúc 5 giờ 30 và 17 giờ');
    await at('2024-03-20', '05:00');
    expect(await world.deliveries.counts('R')).toMatchObject({ sent: 4, toRead: 0, handedOver: 3 });
  });

  it('is not given a script whose day is over', async () => {
    await at('2024-03-18', '06:30');
    await at('2024-03-20', '05:00');
    expect(DAYS.map((day) => state(row(day)))).toEqual(['sent', 'cancelled', 'sent']);
  });

  it('is asked once the next morning, and not when it said that it has read', async () => {
    await at('2024-03-18', '06:30');
    await markReadAloud(world.ports, world.from('operator'), { deliveryId: row(DAYS[0]) });
    await at('2024-03-19', '05:00');
    await at('2024-03-19', '08:00');
    expect(state(`${row(DAYS[0])}.again`)).toBe('cancelled');
    await at('2024-03-20', '08:00');
    await at('2024-03-20', '08:01');
    const questions = handed().filter(({ text }) => text.includes('đã đọc trên loa chưa'));
    expect(questions.map(({ text }) => text)).toEqual([
      'Bài “title” thứ Ba 19/3 đã đọc trên loa chưa ạ?\n\n1 Đã đọc · 2 Chưa đọc',
    ]);
    expect(await world.deliveries.counts('R')).toMatchObject({ readAloud: 1 });
  });

  it('reads by a photo of the logbook, which is kept under the row', async () => {
    await at('2024-03-18', '06:30');
    const logbook = { kind: 'photo', ref: 'file-1' } as const;
    const context = world.from('operator');
    await markReadAloud(world.ports, context, { deliveryId: row(DAYS[0]), logbook });
    await markReadAloud(world.ports, context, { deliveryId: row(DAYS[0]), logbook });
    expect([...world.media.keys()].filter((id) => id.startsWith(`${row(DAYS[0])}.logbook`))).toHaveLength(1);
    expect(world.toldTo('operator').at(-1)).toContain('Ảnh sổ đã lưu');
    expect(await world.deliveries.counts('R')).toMatchObject({ readAloud: 1 });
  });

  it('is noted by an editor who was told by telephone, and by no other', async () => {
    await at('2024-03-18', '06:30');
    await listScripts(world.ports, world.from('stranger'), 'R');
    await markReadAloud(world.ports, world.from('stranger'), { deliveryId: row(DAYS[0]) });
    expect(await world.deliveries.counts('R')).toMatchObject({ readAloud: 0 });
    const question = world.from('author');
    await listScripts(world.ports, question, 'R');
    const prompt = world.deliveries.one(question.id).prompt;
    expect(prompt?.choices).toEqual([
      { number: '1', value: row(DAYS[0]), label: 'Loa phường, thứ Hai 18/3' },
    ]);
    await markReadAloud(world.ports, world.from('author'), { deliveryId: row(DAYS[0]) });
    expect(await world.deliveries.counts('R')).toMatchObject({ readAloud: 1 });
    expect(world.audited).toContain('post-read-aloud-noted');
    const empty = world.from('author');
    await listScripts(world.ports, empty, 'R');
    expect(world.toldTo('author').at(-1)).toContain('đều có người báo');
  });

  it('stops with the run: what was not read yet is taken back, also when the chats are through', async () => {
    await at('2024-03-18', '06:30');
    await controlFromChat(world.ports, world.from('author'), 'R', 'cancel');
    expect(DAYS.map((day) => state(row(day)))).toEqual(['sent', 'cancelled', 'cancelled']);
    expect(world.toldTo('author').at(-1)).toContain('2 buổi');
    const before = handed().length;
    await at('2024-03-19', '05:00');
    expect(handed()).toHaveLength(before);
  });
});
