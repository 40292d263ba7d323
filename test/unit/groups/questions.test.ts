import { beforeEach, describe, expect, it } from 'vitest';
import { handleGroupEvent } from '#src/app/groups/handle-group-event.ts';
import { listQuestions } from '#src/app/groups/list-questions.ts';
import { questionList } from '#src/domain/broadcast/question-list.ts';
import type { InboundEvent } from '#src/domain/inbound.ts';
import { newRun } from '#src/domain/run.ts';
import { loadTexts } from '#src/i18n/texts.ts';
import { type AppWorld, createAppWorld } from '../app/app-world.ts';

const texts = await loadTexts('vi');
const rendering = { parts: [] };
const POST = '900';

let world: AppWorld;
let events = 0;
const at = (iso: string) => {
  world.time.nowMs = Date.parse(`${iso}+07:00`);
};
/** Said in the residents' group; `under` is the message that it answers. */
const said = (text: string, under: string | null = POST, chatId = 'g'): InboundEvent => ({
  platform: 'telegram',
  eventId: `e${String((events += 1))}`,
  order: String(events),
  chat: { id: chatId, kind: 'group' },
  sender: { id: '7', name: 'Bà Tư' },
  sentAtMs: 0,
  content: { kind: 'text', text },
  ...(under === null ? {} : { quoted: { messageId: under } }),
});
const hear = (...heard: readonly InboundEvent[]) =>
  Promise.all(heard.map((event) => handleGroupEvent(world.app, event)));

beforeEach(async () => {
  world = await createAppWorld();
  const { app } = world;
  await app.destinations.upsert({
    ...{ id: 'D1', kind: 'group', chat: world.chatOf('g'), title: 'Khu 3', neighbourhood: 'khu-3' },
    ...{ audience: 'residents', state: 'active' },
  });
  await app.runs.create(
    newRun({
      ...{ id: 'R1', topicId: 'TT-01', postId: null, title: 'Bài', body: 'Bài', contentHash: 'h' },
      renderings: { telegram: rendering, zalo: rendering, relay: rendering, loudspeaker: rendering },
      ...{ authorId: 's', sendAtMs: 0, state: 'done', createdAtMs: 0 },
    }),
  );
  await app.deliveries.insert([
    {
      ...{ id: 'R1.D1', lane: 'broadcast', platform: 'telegram', runId: 'R1', rendering: 'telegram' },
      ...{ target: { kind: 'destination', destinationId: 'D1' }, state: 'sent', dueAtMs: 0, attempts: 1 },
      sentParts: ['899', `${POST},901`],
    },
  ]);
  await world.join('editor', ['editor'], 'culture-information');
  at('2024-03-18T10:00');
});

describe('what residents write under a post', () => {
  it('comes to the editor at the plan’s hour, once, in one message, and the group hears nothing', async () => {
    await hear(said('Mấy giờ họp ạ?'), said('Họp ở đâu?', '901'));
    at('2024-03-18T16:59');
    await listQuestions(world.app);
    expect(world.toldTo('editor')).toEqual([]);
    at('2024-03-18T17:00');
    await listQuestions(world.app);
    await listQuestions(world.app);
    expect(world.toldTo('editor')).toEqual([
      'Bà con hỏi trong nhóm, đến 17:00 ngày 18/3: 2 câu.\n\nNhóm “Khu 3”:\n– Mấy giờ họp ạ?\n– Họp ở đâu?',
    ]);
    expect(world.toldTo('g')).toEqual([]);
    expect(await world.app.questions.before(Infinity, 9)).toEqual([]);
  });

  it('is told without phone numbers, and is kept without them', async () => {
    await hear(said('Gọi tôi số 0912 345 678 nhé'));
    expect((await world.app.questions.before(Infinity, 9))[0]?.words).toBe('Gọi tôi số ••• nhé');
  });

  it('is taken for a question when it names the bot, and left alone when it is talk among residents', async () => {
    await hear(
      said('@phuong_bai_chay_bot bao giờ thu rác?', null),
      said('mai ai đi chợ không', null),
      said('đúng rồi', '55'),
      said('👍'),
      said('Ai hỏi ở nhóm lạ', POST, 'stranger'),
    );
    const kept = await world.app.questions.before(Infinity, 9);
    expect(kept.map(({ words }) => words)).toEqual(['bao giờ thu rác?']);
  });

  it('is kept once when the platform delivers it twice', async () => {
    const twice = said('Mấy giờ họp ạ?');
    await hear(twice, twice);
    expect(await world.app.questions.before(Infinity, 9)).toHaveLength(1);
  });

  it('that comes after the hour is in the next day’s list', async () => {
    at('2024-03-18T17:00');
    await hear(said('Muộn rồi còn hỏi'));
    await listQuestions(world.app);
    expect(world.toldTo('editor')).toEqual([]);
    at('2024-03-19T17:00');
    await listQuestions(world.app);
    expect(world.toldTo('editor')).toHaveLength(1);
  });

  it('waits while nobody can be told, goes to an admin where there is no editor, and is forgotten after a week', async () => {
    const alone = await createAppWorld();
    await alone.app.questions.add({ id: 'q', groupId: 'D1', words: 'Hỏi', atMs: alone.time.nowMs });
    alone.time.nowMs += 86_400_000;
    await listQuestions(alone.app);
    expect(await alone.app.questions.before(Infinity, 9)).toHaveLength(1);
    await alone.join('admin', ['admin'], 'office');
    await listQuestions(alone.app);
    expect(alone.toldTo('admin')).toHaveLength(1);
    await alone.app.questions.add({ id: 'old', groupId: 'D1', words: 'Cũ', atMs: 5 });
    await listQuestions(alone.app);
    expect(await alone.app.questions.before(Infinity, 9)).toEqual([]);
    expect(alone.toldTo('admin')).toHaveLength(1);
  });
});

describe('the list of many questions', () => {
  it('is one message of at most 1,900 letters that names every group while there is room', () => {
    const render = texts.render.bind(texts);
    const until = { time: '17:00', date: '18/3' };
    for (const count of [1, 5, 20, 200]) {
      const groups = Array.from({ length: count }, (_, n) => ({
        title: `Khu ${String(n)}`,
        questions: Array.from({ length: 12 }, () => 'Đường nào được sửa trước, bao giờ xong ạ? '.repeat(12)),
      }));
      const list = questionList(render, until, groups);
      expect(list.length).toBeLessThanOrEqual(1_900);
      if (count <= 20) for (const { title } of groups) expect(list).toContain(`“${title}”`);
      else expect(list).toContain('Còn nhóm khác cũng có người hỏi.');
    }
  });
});
