import { describe, expect, it } from 'vitest';
import { useDatabase } from './harness.ts';
import { caseDraft, conversation, event, NAME, PHONE, reply, WORDS } from './samples.ts';

const CHAT = caseDraft().resident;

describe('personal data in the database', () => {
  const database = useDatabase();

  it('is found nowhere after an erasure, while what was done with the case still stands', async () => {
    const { store, raw } = database();
    const { chatId } = CHAT;
    const mediaIds = ['m1'];
    await store.media.put('m1', { bytes: new TextEncoder().encode('photo'), contentType: 'image/jpeg' });
    const created = await store.cases.create(caseDraft({ mediaIds }), '3');
    const entry = { atMs: 5, by: 's1', action: 'answered', detail: `${WORDS} ${chatId}` } as const;
    await store.cases.update(created.id, 1, { state: 'answered', answer: WORDS }, entry);
    await store.conversations.save(conversation({ chat: CHAT, key: `telegram:${chatId}` }), 0);
    await store.inbox.add(event({ chat: { id: chatId, kind: 'private' } }));
    await store.inbox.done('telegram:1');
    await store.carriedWords.put('token', WORDS, { platform: 'telegram', chatId: '-5' }, chatId, 9);
    await store.deliveries.insert([
      reply(`x.${chatId}`, chatId, { state: 'sent', message: { text: WORDS } }),
    ]);

    await store.personalData.erase(CHAT, 9);
    await store.personalData.erase(CHAT, 9);

    const erased = await store.cases.get(created.id);
    expect(erased).toMatchObject({
      code: created.code,
      state: 'answered',
      phone: null,
      text: '',
      mediaIds: [],
    });
    expect(erased?.history.map(({ atMs, by, action }) => [atMs, by, action])).toEqual([
      ...created.history.map(({ atMs, by, action }) => [atMs, by, action]),
      [5, 's1', 'answered'],
      [9, 'resident', 'erased'],
    ]);
    expect(JSON.stringify(erased)).not.toMatch(new RegExp(`${chatId}|${PHONE}|${NAME}|${WORDS}`, 'u'));
    expect(await store.cases.ofResident(CHAT, 9)).toEqual([]);
    for (const { collection, document } of await raw())
      expect(`${collection} ${JSON.stringify(document)}`).not.toMatch(
        new RegExp(`"${chatId}"|:${chatId}\\b`, 'u'),
      );
    expect(await store.media.get('m1')).toBeNull();
    expect(await store.inbox.add(event({ chat: { id: chatId, kind: 'private' } }))).toBe('duplicate');
  });

  it('in cases that ended long ago goes, once, and what was done with them stays', async () => {
    const { store, raw } = database();
    await store.media.put('m1', { bytes: new TextEncoder().encode('photo'), contentType: 'image/jpeg' });
    for (const [id, closedAtMs] of [
      ['long-ago', 10],
      ['lately', 30],
      ['open', null],
    ] as const) {
      const draft = caseDraft({ id, mediaIds: id === 'long-ago' ? ['m1'] : [] });
      const { rev } = await store.cases.create(draft, '3');
      const entry = { atMs: closedAtMs ?? 1, by: 's1', action: 'said', detail: WORDS } as const;
      await store.cases.update(id, rev, { closedAtMs, answer: WORDS }, entry);
    }
    expect(await store.personalData.emptyEnded(20, 9, 99)).toBe(1);
    expect(await store.personalData.emptyEnded(20, 9, 99)).toBe(0);
    const emptied = await store.cases.get('long-ago');
    expect(emptied).toMatchObject({ text: '', phone: null, residentName: '', answer: null, mediaIds: [] });
    expect(emptied?.history.map(({ by, action }) => [by, action])).toEqual([
      ['resident', 'created'],
      ['s1', 'said'],
      ['system', 'erased'],
    ]);
    expect(await store.media.get('m1')).toBeNull();
    const row = (await raw()).find(({ document }) => document['_id'] === 'long-ago');
    expect(JSON.stringify(row)).not.toContain(`"${CHAT.chatId}"`);
    for (const id of ['lately', 'open'])
      expect(await store.cases.get(id)).toMatchObject({ text: WORDS, phone: PHONE });
  });

  it('of messages whose time is over goes, and nothing that still waits or belongs to a run', async () => {
    const { store } = database();
    await store.deliveries.insert([
      reply('old', '77', { state: 'sent', dueAtMs: 10 }),
      reply('new', '77', { state: 'sent', dueAtMs: 30 }),
      reply('waits', '77', { state: 'pending', dueAtMs: 10 }),
      reply('R1.77', '77', { state: 'sent', dueAtMs: 10, runId: 'R1' }),
    ]);
    expect(await store.personalData.forgetMessages(20)).toBe(1);
    expect(await store.deliveries.get('old')).toBeNull();
    for (const id of ['new', 'waits', 'R1.77']) expect(await store.deliveries.get(id)).not.toBeNull();
  });

  it('in drafts is listed by when it was touched, the oldest first', async () => {
    const { store } = database();
    const draft = { text: WORDS, placeText: null, location: null, files: [], phone: null, categoryId: null };
    const rest = { version: 1, step: 'place', settled: [], editing: false, albumId: null } as const;
    for (const [chatId, askedAtMs] of [
      ['1', 20],
      ['2', 10],
      ['3', 40],
    ] as const)
      await store.conversations.save(
        conversation({
          key: `telegram:${chatId}`,
          chat: { platform: 'telegram', chatId },
          flow: { name: 'report', draft, askedAtMs, ...rest },
        }),
        0,
      );
    await store.conversations.save(conversation({ key: 'telegram:4', flow: null }), 0);
    expect(await store.personalData.draftsSince(30, 9)).toEqual([
      { chat: { platform: 'telegram', chatId: '2' }, touchedAtMs: 10 },
      { chat: { platform: 'telegram', chatId: '1' }, touchedAtMs: 20 },
    ]);
    expect(await store.personalData.draftsSince(30, 1)).toHaveLength(1);
  });

  it('stands in no id that a store makes for it', () => {
    const { store } = database();
    expect(store.personalData.privateId('telegram:42.1.0')).toMatch(/^[\w-]{43}$/u);
    expect(store.personalData.privateId('telegram:42.1.0')).toBe(
      store.personalData.privateId('telegram:42.1.0'),
    );
  });
});
