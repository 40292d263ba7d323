import { describe, expect, it } from 'vitest';
import { type Client, clients } from './clients.ts';
import { png, refusalOf, useSandbox } from './support.ts';

describe.each(clients)('$name is refused as the platform refuses', ({ make }) => {
  const sandbox = useSandbox();
  const start = () => {
    const { telegram, rootUrl } = sandbox();
    const person = telegram.createPerson('An');
    return { telegram, person, client: make(rootUrl, telegram.token) };
  };
  const inPrivate = () => {
    const world = start();
    return { ...world, chat: world.telegram.openPrivate(world.person) };
  };
  const sendRefused = (client: Client, chat: number, text = 'Hello') =>
    refusalOf(client, client.send(chat, text));

  it('with a wrong token', async () => {
    const client = make(sandbox().rootUrl, '1:wrong');
    expect(await refusalOf(client, client.username())).toMatchObject({
      code: 401,
      description: 'Unauthorized',
    });
  });

  it('when the chat does not exist', async () => {
    const { client } = start();
    expect(await sendRefused(client, 42)).toMatchObject({
      code: 400,
      description: 'Bad Request: chat not found',
    });
  });

  it('when the person never wrote', async () => {
    const { client, telegram, person } = start();
    expect(await sendRefused(client, telegram.userId(person))).toMatchObject({
      code: 403,
      description: "Forbidden: bot can't initiate conversation with a user",
    });
  });

  it('when blocked, until unblocked', async () => {
    const { client, telegram, person, chat } = inPrivate();
    telegram.block(person);
    expect(await sendRefused(client, chat)).toMatchObject({
      code: 403,
      description: 'Forbidden: bot was blocked by the user',
    });
    telegram.unblock(person);
    await client.send(chat, 'Welcome back');
  });

  it('when the account is gone', async () => {
    const { client, telegram, person, chat } = inPrivate();
    telegram.deactivate(person);
    expect(await sendRefused(client, chat)).toMatchObject({
      code: 403,
      description: 'Forbidden: user is deactivated',
    });
  });

  it.each(['group', 'supergroup'] as const)('when kicked from a %s', async (kind) => {
    const { client, telegram, person } = start();
    const group = telegram.createGroup('Quarter 3', { kind });
    telegram.addBot(group, person);
    telegram.kickBot(group, person);
    expect(await sendRefused(client, group)).toMatchObject({
      code: 403,
      description: `Forbidden: bot was kicked from the ${kind} chat`,
    });
  });

  it('when the group became a supergroup, and is told where it went', async () => {
    const { client, telegram, person } = start();
    const group = telegram.createGroup('Quarter 3', { kind: 'group' });
    telegram.addBot(group, person);
    const moved = telegram.migrate(group);
    expect(await sendRefused(client, group)).toMatchObject({
      code: 400,
      description: 'Bad Request: group chat was upgraded to a supergroup chat',
      migrateTo: moved,
    });
    await client.send(moved, 'Here');
    const services = await client.updates();
    expect(services).toContainEqual(
      expect.objectContaining({ message: expect.objectContaining({ migrate_to_chat_id: moved }) as unknown }),
    );
    expect(services).toContainEqual(
      expect.objectContaining({
        message: expect.objectContaining({ migrate_from_chat_id: group }) as unknown,
      }),
    );
  });

  it('after a burst in one chat, with the seconds to wait', async () => {
    const { client, chat } = inPrivate();
    for (const text of ['one', 'two', 'three']) await client.send(chat, text);
    const refusal = await sendRefused(client, chat, 'four');
    expect(refusal.code).toBe(429);
    expect([1, 2, 3]).toContain(refusal.retryAfterS);
    expect(refusal.description).toBe(`Too Many Requests: retry after ${refusal.retryAfterS ?? 0}`);
  });

  it.each([
    ['an empty text', ' \n ', 'message text is empty'],
    ['a text that is too long', 'x'.repeat(4_097), 'message is too long'],
  ])('for %s', async (_what, text, detail) => {
    const { client, chat } = inPrivate();
    expect(await sendRefused(client, chat, text)).toMatchObject({
      code: 400,
      description: `Bad Request: ${detail}`,
    });
  });

  it('for a caption that is too long', async () => {
    const { client, chat } = inPrivate();
    const refusal = await refusalOf(client, client.photo(chat, await png(20, 20), 'x'.repeat(1_025)));
    expect(refusal).toMatchObject({ code: 400, description: 'Bad Request: message caption is too long' });
  });

  it('for a picture that is none', async () => {
    const { client, chat } = inPrivate();
    const refusal = await refusalOf(client, client.photo(chat, Buffer.from('not a picture')));
    expect(refusal).toMatchObject({ code: 400, description: 'Bad Request: IMAGE_PROCESS_FAILED' });
  });

  it('for button data over 64 bytes', async () => {
    const { client, chat } = inPrivate();
    const buttons = [[{ text: 'Yes', callback_data: 'ệ'.repeat(22) }]];
    expect(await refusalOf(client, client.send(chat, 'Choose', { buttons }))).toMatchObject({
      code: 400,
      description: 'Bad Request: BUTTON_DATA_INVALID',
    });
  });

  it.each(['<b>open', '<i>a</b>', 'a < b', '<h1>x</h1>', 'x</b>'])(
    'for the broken markup %s',
    async (text) => {
      const { client, chat } = inPrivate();
      const refusal = await refusalOf(client, client.send(chat, text, { html: true }));
      expect(refusal.code).toBe(400);
      expect(refusal.description).toMatch(/^Bad Request: can't parse entities: /);
    },
  );

  it('for an edit that changes nothing, and for one of a message that is not there', async () => {
    const { client, chat } = inPrivate();
    const sent = await client.send(chat, 'same');
    const unchanged = await refusalOf(client, client.edit(chat, sent.message_id, 'same'));
    expect(unchanged.description).toMatch(/^Bad Request: message is not modified/);
    const missing = await refusalOf(client, client.edit(chat, 999, 'new'));
    expect(missing.description).toBe('Bad Request: message to edit not found');
  });

  it('for a topic that is not there', async () => {
    const { client, telegram, person } = start();
    const group = telegram.createGroup('Quarter 3', { kind: 'supergroup', forum: true });
    telegram.addBot(group, person);
    const refusal = await refusalOf(client, client.send(group, 'Hello', { threadId: 77 }));
    expect(refusal).toMatchObject({ code: 400, description: 'Bad Request: message thread not found' });
  });
});

describe('the rates, over plain HTTP', () => {
  // A window longer than any stall of the machine: that it is one second by default is held by a unit test.
  const perBot = { limit: 30, windowMs: 60_000 };
  const sandbox = useSandbox({ telegram: { rules: { perBot } } });
  const send = async (chat: number): Promise<number> => {
    const { rootUrl, telegram } = sandbox();
    const body = new URLSearchParams({ chat_id: String(chat), text: 'Hello' });
    return (await fetch(`${rootUrl}/bot${telegram.token}/sendMessage`, { method: 'POST', body })).status;
  };

  it('let 30 of a burst through, over all chats', async () => {
    const { telegram } = sandbox();
    const chats = Array.from({ length: 40 }, (_, at) =>
      telegram.openPrivate(telegram.createPerson(`P${at}`)),
    );
    const statuses = await Promise.all(chats.map((chat) => send(chat)));
    expect(statuses.filter((status) => status === 200)).toHaveLength(30);
    expect(statuses.filter((status) => status === 429)).toHaveLength(10);
  });

  it('are not refilled by moving the clock', async () => {
    const { telegram, clock } = sandbox();
    const chat = telegram.openPrivate(telegram.createPerson('An'));
    for (let sent = 0; sent < 3; sent += 1) expect(await send(chat)).toBe(200);
    clock.advanceMs(365 * 24 * 3_600_000);
    expect(await send(chat)).toBe(429);
  });

  it('answer an unknown method with 404', async () => {
    const { rootUrl, telegram } = sandbox();
    expect((await fetch(`${rootUrl}/bot${telegram.token}/sendLove`)).status).toBe(404);
  });
});

describe('a group', () => {
  const sandbox = useSandbox({ telegram: { rules: { perChat: false } } });

  it('takes 20 messages in a minute', async () => {
    const { telegram, rootUrl } = sandbox();
    const group = telegram.createGroup('Quarter 3');
    telegram.addBot(group, telegram.createPerson('An'));
    const client = clients[0].make(rootUrl, telegram.token);
    for (let sent = 0; sent < 20; sent += 1) await client.send(group, `message ${sent}`);
    const refusal = await refusalOf(client, client.send(group, 'one too many'));
    expect(refusal.code).toBe(429);
    expect(refusal.retryAfterS).toBeGreaterThan(50);
  });
});
