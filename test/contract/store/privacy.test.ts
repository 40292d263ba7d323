import { describe, expect, it } from 'vitest';
import { useDatabase } from './harness.ts';
import { caseDraft, conversation, delivery, event, NAME, PHONE, reply, WORDS } from './samples.ts';

const ANSWER = 'The lamp was mended by the crew';
const ADDED = 'It is still dark there';
const SECRETS = [PHONE, WORDS, NAME, ANSWER, ADDED, 'refresh-secret', 'access-secret', 'link-token', '10.5'];

describe('what lies in the database', () => {
  const database = useDatabase();

  it('shows no phone number, name, place, words or token of a person', async () => {
    const { store, raw } = database();
    await store.inbox.add(event({ content: { kind: 'contact', phone: PHONE } }));
    await store.inbox.add(event({ eventId: '2', quoted: { messageId: '1', text: WORDS } }));
    await store.inbox.add(event({ eventId: '3' }));
    await store.inbox.failed('telegram:3', 1, 5);
    const said = {
      id: 'e',
      effect: { kind: 'case-act', caseId: 'c1', act: 'say', values: { words: PHONE } },
    } as const;
    await store.conversations.save(conversation({ effects: [said] }), 0);
    await store.cases.create(caseDraft(), '3');
    const entry = { atMs: 1, by: 'resident', action: 'added', detail: ADDED } as const;
    await store.cases.update('c1', 1, { answer: ANSWER }, entry);
    await store.carriedWords.put('link-token', WORDS, { platform: 'zalo', chatId: 'g' }, 'u', 9);
    await store.questions.add({ id: 'telegram.9', groupId: 'D1', words: WORDS, atMs: 1 });
    await store.deliveries.insert([reply('d1', '77', { message: { text: `${PHONE} ${WORDS}` } })]);
    await store.zaloTokens.save({
      accessToken: 'access-secret',
      refreshToken: 'refresh-secret',
      expiresAtMs: 1,
      generation: 1,
      state: 'good',
    });

    const documents = await raw();
    expect(documents.length).toBeGreaterThan(8);
    for (const { collection, document } of documents)
      for (const secret of SECRETS) expect(`${collection} ${JSON.stringify(document)}`).not.toContain(secret);
  });

  it('keeps nothing of an inbox row once it is handled but its key', async () => {
    const { store, raw } = database();
    await store.inbox.add(event());
    await store.inbox.done('telegram:1');
    const rows = (await raw()).filter(({ collection }) => collection === 'inbox');
    expect(rows.map(({ document }) => document['sealed'])).toEqual([null]);
  });

  it('says which key is wrong instead of showing rubbish', async () => {
    const { store, openAnother } = database();
    await store.cases.create(caseDraft(), '3');
    const stranger = await openAnother(Buffer.alloc(32, 9).toString('base64'));
    await expect(stranger.cases.get('c1')).rejects.toThrow(/sealed with the key \w{8}, but DATA_KEY is/u);
  });

  it('names a row that has not the expected shape', async () => {
    const { store } = database();
    await store.deliveries.insert([delivery({ id: 'odd', lane: 'sideways' as 'reply' })]);
    await expect(store.deliveries.get('odd')).rejects.toThrow('deliveries odd');
  });
});
