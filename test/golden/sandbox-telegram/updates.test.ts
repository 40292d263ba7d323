import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { Changes } from '#dev/sandbox/core/changes.ts';
import { type Client, clients } from './clients.ts';
import { refusalOf, useSandbox } from './support.ts';

interface Received {
  readonly secret: string | string[] | undefined;
  readonly updateId: number;
}

/** A webhook that answers as `statuses` say, then 200. */
const startWebhook = async (statuses: number[]) => {
  const received: Received[] = [];
  const changes = new Changes();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { update_id } = JSON.parse(Buffer.concat(chunks).toString()) as { update_id: number };
      received.push({ secret: request.headers['x-telegram-bot-api-secret-token'], updateId: update_id });
      response.writeHead(statuses.shift() ?? 200).end();
      changes.notify();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  const waitForCount = (count: number) =>
    changes.waitFor(() => (received.length >= count ? received : undefined));
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url, waitForCount, stop };
};

describe.each(clients)('$name receives from the sandbox', ({ make }) => {
  const sandbox = useSandbox({ telegram: { rules: { webhookBackoffMs: [20] } } });
  const start = () => {
    const { telegram, rootUrl } = sandbox();
    const person = telegram.createPerson('An');
    const client: Client = make(rootUrl, telegram.token);
    return { telegram, person, client };
  };

  it('with its own poller: a text is answered, a tap comes round, and both are confirmed', async () => {
    const { telegram, person, client } = start();
    const stop = await client.poll({
      onText: (text, chatId) =>
        client.send(chatId, `You said ${text}`, { buttons: [[{ text: 'OK', callback_data: 'ok:1' }]] }),
      onTap: (data, answer) => answer(`Tapped ${data}`),
    });
    const chat = telegram.openPrivate(person, 'from-group');
    const answered = await telegram.waitFor(chat, (message) => message.fromBot);
    expect(answered.text).toBe('You said /start from-group');
    const tapped = telegram.tap(person, chat, answered.messageId, 'OK');
    if (tapped.kind !== 'callback') throw new Error('Not a callback');
    expect(await telegram.callbackAnswer(tapped.queryId)).toMatchObject({ text: 'Tapped ok:1' });
    await stop();
    await sandbox().journal.waitFor({ kind: 'ack' }, { count: 2 });
    expect(telegram.pendingUpdates()).toBe(0);
  });

  it('by webhook with the secret, in order, again and again until it is taken', async () => {
    const { telegram, person, client } = start();
    const webhook = await startWebhook([500, 502]);
    try {
      await client.setWebhook(webhook.url, 'a_secret-1');
      const chat = telegram.openPrivate(person);
      telegram.say(person, chat, 'second');
      const received = await webhook.waitForCount(4);
      const first = received[0]?.updateId ?? 0;
      expect(received.map(({ updateId }) => updateId)).toEqual([first, first, first, first + 1]);
      expect(new Set(received.map(({ secret }) => secret))).toEqual(new Set(['a_secret-1']));
      await sandbox().journal.waitFor({ kind: 'ack' }, { count: 2 });
    } finally {
      await webhook.stop();
    }
  });

  it('nothing by polling while a webhook is set', async () => {
    const { client } = start();
    await client.setWebhook('http://127.0.0.1:9/hook', 'secret');
    expect(await refusalOf(client, client.updates())).toMatchObject({ code: 409 });
  });
});

describe('getUpdates', () => {
  const sandbox = useSandbox();
  interface Answer {
    readonly ok: boolean;
    readonly error_code?: number;
    readonly result?: readonly Readonly<Record<string, unknown>>[];
  }
  const poll = async (fields: Readonly<Record<string, unknown>>, signal?: AbortSignal): Promise<Answer> => {
    const { rootUrl, telegram } = sandbox();
    const response = await fetch(`${rootUrl}/bot${telegram.token}/getUpdates`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(fields),
      ...(signal === undefined ? {} : { signal }),
    });
    return (await response.json()) as Answer;
  };
  const idsOf = (answer: Answer) => (answer.result ?? []).map((update) => Number(update['update_id']));

  it('gives updates again until a higher offset confirms them', async () => {
    const { telegram } = sandbox();
    const person = telegram.createPerson('An');
    const chat = telegram.openPrivate(person);
    telegram.say(person, chat, 'two');
    const [first = 0, second = 0] = idsOf(await poll({}));
    expect(second).toBe(first + 1);
    expect(idsOf(await poll({ limit: 1 }))).toEqual([first]);
    expect(idsOf(await poll({ offset: second }))).toEqual([second]);
    expect(idsOf(await poll({ offset: second + 1 }))).toEqual([]);
  });

  it('ends the earlier of two pollers with a conflict, and answers the one that waits when something comes', async () => {
    const { telegram } = sandbox();
    const person = telegram.createPerson('An');
    const answers = [poll({ timeout: 30 }), poll({ timeout: 30 })];
    const ended = await Promise.race(answers);
    expect(ended.error_code).toBe(409);
    telegram.openPrivate(person);
    const answered = (await Promise.all(answers)).filter(({ ok }) => ok);
    expect(answered.map((answer) => idsOf(answer).length)).toEqual([1]);
  });

  it('makes only the kinds that were asked for', async () => {
    const { telegram } = sandbox();
    const person = telegram.createPerson('An');
    await poll({ allowed_updates: ['my_chat_member'] });
    telegram.openPrivate(person);
    telegram.block(person);
    const answer = await poll({});
    expect(answer.result?.map((update) => Object.keys(update)[1])).toEqual(['my_chat_member']);
  });

  it('tells of being added, made silent by privacy, and kicked', async () => {
    const { telegram } = sandbox();
    const person = telegram.createPerson('An');
    const group = telegram.createGroup('Quarter 3');
    telegram.addBot(group, person);
    telegram.say(person, group, 'small talk');
    telegram.say(person, group, `hello @${telegram.bot.username}`);
    telegram.say(person, group, '/help');
    telegram.say(person, group, '/help@another_bot');
    telegram.kickBot(group, person);
    const { result = [] } = await poll({});
    const texts = result.map(
      (update) => (update['message'] as { text?: string } | undefined)?.text ?? Object.keys(update)[1],
    );
    expect(texts).toEqual([
      'my_chat_member',
      'message',
      `hello @${telegram.bot.username}`,
      '/help',
      'my_chat_member',
    ]);
  });

  it('forgets what nobody fetched for a day', async () => {
    const { telegram, clock } = sandbox();
    telegram.openPrivate(telegram.createPerson('An'));
    clock.advanceMs(25 * 3_600_000);
    expect(idsOf(await poll({}))).toEqual([]);
  });
});

describe('a tap', () => {
  const sandbox = useSandbox();

  it('can be answered for 30 seconds', async () => {
    const { telegram, rootUrl, clock } = sandbox();
    const person = telegram.createPerson('An');
    const chat = telegram.openPrivate(person);
    const client = clients[1].make(rootUrl, telegram.token);
    const sent = await client.send(chat, 'Choose', { buttons: [[{ text: 'OK', callback_data: 'ok' }]] });
    const tapped = telegram.tap(person, chat, sent.message_id, 'ok');
    clock.advanceMs(31_000);
    const callback_query_id = tapped.kind === 'callback' ? tapped.queryId : '';
    const body = new URLSearchParams({ callback_query_id });
    const response = await fetch(`${rootUrl}/bot${telegram.token}/answerCallbackQuery`, {
      method: 'POST',
      body,
    });
    expect(await response.json()).toMatchObject({
      error_code: 400,
      description: 'Bad Request: query is too old and response timeout expired or query ID is invalid',
    });
  });
});
