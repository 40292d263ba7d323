import { describe, expect, it } from 'vitest';
import { clients } from './clients.ts';
import { png, useSandbox } from './support.ts';

describe.each(clients)('$name writes to the sandbox', ({ make }) => {
  const sandbox = useSandbox({ telegram: { rules: { perChat: false } } });
  const start = () => {
    const { telegram, rootUrl } = sandbox();
    const person = telegram.createPerson('An');
    return { telegram, person, chat: telegram.openPrivate(person), client: make(rootUrl, telegram.token) };
  };

  it('knows who it is', async () => {
    const { client, telegram } = start();
    expect(await client.username()).toBe(telegram.bot.username);
  });

  it('shows a sent text with its markup read and its buttons', async () => {
    const { client, chat, telegram } = start();
    const buttons = [[{ text: 'Yes', callback_data: 'yes' }]];
    const sent = await client.send(chat, 'Meeting <b>tonight</b> &amp; more', { html: true, buttons });
    const shown = telegram.messages(chat).find((message) => message.messageId === sent.message_id);
    expect(shown).toMatchObject({ fromBot: true, text: 'Meeting tonight & more', buttons });
    expect(shown?.entities).toEqual([{ type: 'bold', offset: 8, length: 7 }]);
  });

  it('shows an edit in place of what was there', async () => {
    const { client, chat, telegram } = start();
    const sent = await client.send(chat, 'before', { buttons: [[{ text: 'Yes', callback_data: 'yes' }]] });
    await client.edit(chat, sent.message_id, 'after');
    expect(telegram.messages(chat).at(-1)).toMatchObject({ text: 'after', edited: true, buttons: [] });
  });

  it('no longer shows what was deleted', async () => {
    const { client, chat, telegram } = start();
    const sent = await client.send(chat, 'gone soon');
    await client.remove(chat, sent.message_id);
    expect(telegram.messages(chat).some((message) => message.messageId === sent.message_id)).toBe(false);
  });

  it('takes a photo as bytes, keeps it in sizes, and sends it again by its id', async () => {
    const { client, chat, telegram } = start();
    await client.photo(chat, await png(1_000, 500), 'The street');
    const shown = telegram.messages(chat).at(-1);
    expect(shown).toMatchObject({ kind: 'photo', text: 'The street' });
    expect(shown?.photoSizes.map(({ width, height }) => [width, height])).toEqual([
      [90, 45],
      [320, 160],
      [800, 400],
      [1_000, 500],
    ]);
    await client.photo(chat, shown?.file?.file_id ?? '');
    expect(telegram.messages(chat).at(-1)?.photoSizes).toEqual(shown?.photoSizes);
  });

  it('takes a document and gives back the same bytes for download', async () => {
    const { client, chat, telegram } = start();
    const data = Buffer.from([0, 13, 10, 45, 45, 255, 13, 10]);
    await client.document(chat, data, 'Bản tin.bin');
    const file = telegram.messages(chat).at(-1)?.file;
    expect(file?.file_name).toBe('Bản tin.bin');
    const response = await fetch(await client.fileUrl(file?.file_id ?? ''));
    expect(Buffer.from(await response.arrayBuffer())).toEqual(data);
  });

  it("downloads a person's photo, for an hour", async () => {
    const { client, chat, person, telegram } = start();
    const shown = await telegram.sendPhoto(person, chat, { data: await png(50, 40) });
    const url = await client.fileUrl(shown.file?.file_id ?? '');
    expect((await fetch(url)).status).toBe(200);
    sandbox().clock.advanceMs(61 * 60_000);
    expect((await fetch(url)).status).toBe(404);
  });

  it('takes an album as one group of messages', async () => {
    const { client, chat, telegram } = start();
    const sent = await client.album(chat, [await png(30, 30), await png(40, 40)], 'Two');
    const shown = telegram.messages(chat).slice(-2);
    expect(sent.map(({ message_id }) => message_id)).toEqual(shown.map(({ messageId }) => messageId));
    expect(shown.map(({ text }) => text)).toEqual(['Two', '']);
    expect(shown[0]?.albumId).toBeTypeOf('string');
    expect(shown[1]?.albumId).toBe(shown[0]?.albumId);
  });

  it('writes into a topic of a forum', async () => {
    const { client, person, telegram } = start();
    const group = telegram.createGroup('Quarter 3', { kind: 'supergroup', forum: true });
    telegram.addBot(group, person);
    const threadId = telegram.createTopic(group, person, 'News');
    await client.send(group, 'Hello', { threadId });
    expect(telegram.messages(group).at(-1)).toMatchObject({ text: 'Hello', threadId });
  });
});
