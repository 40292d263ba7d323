import { describe, expect, it } from 'vitest';
import { clients } from './clients.ts';
import { png, useSandbox } from './support.ts';

interface Update {
  readonly message?: Readonly<Record<string, unknown>>;
  readonly edited_message?: Readonly<Record<string, unknown>>;
  readonly my_chat_member?: { readonly new_chat_member: { readonly status: string } };
}

describe('what people do in the sandbox', () => {
  const sandbox = useSandbox();
  const start = () => {
    const { telegram } = sandbox();
    const person = telegram.createPerson('An');
    return { telegram, person, chat: telegram.openPrivate(person) };
  };
  const call = async (method: string, fields: Readonly<Record<string, unknown>> = {}): Promise<unknown> => {
    const { rootUrl, telegram } = sandbox();
    const response = await fetch(`${rootUrl}/bot${telegram.token}/${method}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(fields),
    });
    return ((await response.json()) as { result: unknown }).result;
  };
  const updates = async () => (await call('getUpdates')) as readonly Update[];

  it('reaches the bot in the shapes of the platform', async () => {
    const { telegram, person, chat } = start();
    await telegram.sendVoice(person, chat, { durationS: 7 });
    await telegram.sendVideo(person, chat, { caption: 'Flood' });
    await telegram.sendDocument(person, chat, { fileName: 'đơn.pdf' });
    await telegram.sendSticker(person, chat);
    telegram.sendLocation(person, chat, { latitude: 10.77, longitude: 106.7 });
    telegram.sendContact(person, chat);
    const messages = (await updates()).slice(1).map(({ message }) => message);
    expect(messages).toMatchObject([
      { voice: { duration: 7, mime_type: 'audio/ogg' } },
      { video: { mime_type: 'video/mp4' }, caption: 'Flood' },
      { document: { file_name: 'đơn.pdf' } },
      { sticker: { type: 'regular' } },
      { location: { latitude: 10.77, longitude: 106.7 } },
      { contact: { user_id: telegram.userId(person), first_name: 'An' } },
    ]);
  });

  it('sends an album as one update each, with one group id', async () => {
    const { telegram, person, chat } = start();
    await telegram.sendAlbum(person, chat, [{ caption: 'Two', data: await png(20, 20) }, { kind: 'video' }]);
    const [, first, second] = await updates();
    expect(first?.message).toMatchObject({ caption: 'Two', photo: [{ width: 20, height: 20 }] });
    expect(second?.message?.['media_group_id']).toBe(first?.message?.['media_group_id']);
  });

  it('edits a message and replies to one', async () => {
    const { telegram, person, chat } = start();
    const said = telegram.say(person, chat, 'A pothloe');
    telegram.editSaid(person, chat, said.messageId, 'A pothole');
    telegram.say(person, chat, 'There', { replyTo: said.messageId });
    const [, , edited, reply] = await updates();
    expect(edited?.edited_message).toMatchObject({ message_id: said.messageId, text: 'A pothole' });
    expect(reply?.message).toMatchObject({ reply_to_message: { text: 'A pothole' } });
  });

  it('taps the keyboard that the bot put up: the words are said, a contact is shared', async () => {
    const { telegram, person, chat } = start();
    const keyboard = [['Skip', { text: 'Share', request_contact: true }]];
    await call('sendMessage', { chat_id: chat, text: 'Phone?', reply_markup: { keyboard } });
    const asked = telegram.messages(chat).at(-1);
    expect(asked?.keyboard.flat().map(({ text }) => text)).toEqual(['Skip', 'Share']);
    telegram.tap(person, chat, asked?.messageId ?? 0, 'Skip');
    telegram.tap(person, chat, asked?.messageId ?? 0, 'Share');
    const [, skipped, shared] = await updates();
    expect(skipped?.message).toMatchObject({ text: 'Skip' });
    expect(shared?.message).toHaveProperty('contact');
    await call('sendMessage', { chat_id: chat, text: 'Done', reply_markup: { remove_keyboard: true } });
    expect(() => telegram.tap(person, chat, asked?.messageId ?? 0, 'Skip')).toThrow('No button');
  });

  it('blocks and comes back, and the bot hears of both', async () => {
    const { telegram, person, chat } = start();
    telegram.block(person);
    expect(() => telegram.say(person, chat, 'Hello?')).toThrow('must open or unblock');
    telegram.openPrivate(person);
    const statuses = (await updates()).flatMap(
      ({ my_chat_member }) => my_chat_member?.new_chat_member.status ?? [],
    );
    expect(statuses).toEqual(['kicked', 'member']);
  });

  it('cannot do what no person could', () => {
    const { telegram, person, chat } = start();
    const other = telegram.createPerson('Bình');
    expect(() => telegram.say(other, chat, 'Hello')).toThrow(`not with ${other.id}`);
    expect(() => telegram.say(person, chat, '  ')).toThrow('empty');
    expect(() => telegram.tap(person, chat, 1, 'Yes')).toThrow('No button');
    expect(() => telegram.tap(person, chat, 99, 'Yes')).toThrow('No message');
    expect(() => telegram.createGroup('G', { kind: 'group', forum: true })).toThrow('topics');
    telegram.deactivate(person);
    expect(() => telegram.say(person, chat, 'Hello')).toThrow('no account');
  });

  it('is known to the bot as member, administrator or gone', async () => {
    const { telegram, person } = start();
    const group = telegram.createGroup('Quarter 3');
    const boss = telegram.createPerson('Bình');
    telegram.addBot(group, boss, { admin: true });
    telegram.join(boss, group, { admin: true });
    telegram.join(person, group);
    const status = async (user_id: number) =>
      ((await call('getChatMember', { chat_id: group, user_id })) as { status: string }).status;
    expect(await status(telegram.userId(boss))).toBe('administrator');
    expect(await status(telegram.userId(person))).toBe('member');
    expect(await status(telegram.bot.id)).toBe('administrator');
    telegram.leave(person, group);
    expect(await status(telegram.userId(person))).toBe('left');
    expect(await call('getChatMemberCount', { chat_id: group })).toBe(2);
  });

  it('sees the commands that the bot set', async () => {
    const commands = [{ command: 'help', description: 'Help' }];
    await call('setMyCommands', { commands, language_code: 'vi' });
    expect(await call('getMyCommands', { language_code: 'vi' })).toEqual(commands);
    expect(await call('getMyCommands', { language_code: 'en' })).toEqual([]);
  });
});

describe('links on buttons', () => {
  const sandbox = useSandbox();

  it.each([
    ['https://phuong.example.vn/x', 200],
    ['phuong.example.vn', 200],
    ['tg://user?id=1', 200],
    ['http://localhost:3000/x', 400],
    ['ftp://phuong.example.vn', 400],
  ])('%s gives %i', async (url, status) => {
    const { telegram, rootUrl } = sandbox();
    const chat = telegram.openPrivate(telegram.createPerson('An'));
    const body = new URLSearchParams({
      chat_id: String(chat),
      text: 'Link',
      reply_markup: JSON.stringify({ inline_keyboard: [[{ text: 'Open', url }]] }),
    });
    const response = await fetch(`${rootUrl}/bot${telegram.token}/sendMessage`, { method: 'POST', body });
    expect(response.status).toBe(status);
  });
});

describe('two sandboxes', () => {
  const one = useSandbox();
  const other = useSandbox();

  it('share nothing', async () => {
    const chat = one().telegram.openPrivate(one().telegram.createPerson('An'));
    const client = clients[0].make(one().rootUrl, one().telegram.token);
    await client.send(chat, 'Hello');
    expect(other().journal.entries()).toEqual([]);
    expect(other().telegram.chats()).toEqual([]);
  });
});
