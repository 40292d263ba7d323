import { Telegram } from 'telegraf';
import { request } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTelegramApi } from '#src/channels/telegram/api.ts';
import { createTelegramChannel } from '#src/channels/telegram/send.ts';
import { createLogger } from '#src/observe/logger.ts';
import type { Log } from '#src/app/ports/services.ts';
import {
  closedPortUrl,
  startScriptedServer,
  type ScriptedReply,
  type ScriptedServer,
} from '#test/unit/channels/scripted-server.ts';

const TOKEN = '123456789:AAHbd5example_of-a-token0123456789abc';
const SECRET = 'AAHbd5example_of-a-token0123456789abc';
const TEXT = 'Nhà bà Lan số 13 bị ngập, gọi 0903 123 456';
const PHONE = '84903123456';
/** Whatever a reader of the log could make sense of. */
const LEAKS = [SECRET, 'Lan', 'ngập', '0903', '123 456', PHONE, 'access-token-value', 'Nhà'];

interface Captured {
  readonly log: Log;
  readonly lines: () => readonly Readonly<Record<string, unknown>>[];
  readonly text: () => string;
}

function capture(): Captured {
  const written: string[] = [];
  const log = createLogger({ level: 'debug', destination: { write: (line) => void written.push(line) } });
  return {
    log,
    lines: () => written.map((line) => JSON.parse(line) as Record<string, unknown>),
    text: () => written.join(''),
  };
}

const failureOf = async (call: () => Promise<unknown>): Promise<unknown> => {
  try {
    await call();
  } catch (error) {
    return error;
  }
  throw new Error('the call was expected to fail');
};

function expectNoLeak(captured: Captured): void {
  expect(captured.lines().length).toBeGreaterThan(0);
  for (const leak of LEAKS) expect(captured.text()).not.toContain(leak);
}

const refusal = (code: number): ScriptedReply => ({
  kind: 'json',
  status: code,
  body: { ok: false, error_code: code, description: `Bad Request: ${TEXT} ${TOKEN}` },
});

/** All that a platform may do, each echoing what it was sent. */
const ANSWERS: readonly (readonly [string, ScriptedReply])[] = [
  ['bad JSON', { kind: 'raw', body: `{"text":"${TEXT}", ${TOKEN}` }],
  ['a body cut in the middle', { kind: 'cut-body', body: JSON.stringify({ ok: true, text: TEXT, TOKEN }) }],
  ['a cut socket', { kind: 'cut' }],
  ['429', refusal(429)],
  ['500', { kind: 'raw', status: 500, body: TEXT }],
  ['400 that repeats the text', refusal(400)],
  ['401 that repeats the token', refusal(401)],
  ['silence', { kind: 'silent' }],
];

describe('real errors of the platforms through the logger', () => {
  let server: ScriptedServer;
  let nobodyUrl: string;
  beforeAll(async () => {
    server = await startScriptedServer(() => ({ kind: 'cut' }));
    nobodyUrl = await closedPortUrl();
  });
  afterAll(() => server.stop());

  const rawTelegram = (apiRoot: string) => () =>
    new Telegram(TOKEN, { apiRoot }).callApi(
      'sendMessage',
      { chat_id: PHONE, text: TEXT },
      { signal: AbortSignal.timeout(150) as never },
    );
  const rawZalo = (root: string) => async () => {
    const response = await request(`${root}/v3.0/oa/message/cs?phone=${PHONE}`, {
      method: 'POST',
      headers: { access_token: 'access-token-value' },
      body: JSON.stringify({ message: { text: TEXT } }),
      signal: AbortSignal.timeout(150),
    });
    const body: unknown = await response.body.json();
    // An answer of 4xx or 5xx is no error for undici: the worst a careless caller could do with it.
    throw new Error(`${response.statusCode} ${JSON.stringify(body)}`, { cause: body });
  };

  it.each(ANSWERS)('telegraf after %s: no token, no text, no phone number', async (_label, reply) => {
    server.script(reply);
    const error = await failureOf(rawTelegram(server.url));
    const captured = capture();
    captured.log.error({ err: error, chatId: '7001234567' }, 'send failed');
    captured.log.warn({ error, cause: { error } }, 'send failed');
    expectNoLeak(captured);
    expect(captured.lines()[0]).toMatchObject({
      chatId: '7001234567',
      err: { name: expect.any(String) as string },
    });
  });

  it.each(ANSWERS)('undici after %s: no token, no text, no phone number', async (_label, reply) => {
    server.script(reply);
    const error = await failureOf(rawZalo(server.url));
    const captured = capture();
    captured.log.error({ err: error }, 'send failed');
    expectNoLeak(captured);
  });

  it('a refused connection keeps its code', async () => {
    const captured = capture();
    captured.log.error({ err: await failureOf(rawTelegram(nobodyUrl)) }, 'send failed');
    captured.log.error({ err: await failureOf(rawZalo(nobodyUrl)) }, 'send failed');
    expectNoLeak(captured);
    expect(captured.lines()).toMatchObject([
      { err: { code: 'ECONNREFUSED' } },
      { err: { code: 'ECONNREFUSED' } },
    ]);
  });

  it('what the channel itself logs is mapped: our message, no token', async () => {
    server.script(refusal(400));
    const captured = capture();
    const api = createTelegramApi({ token: TOKEN, apiRoot: server.url });
    const channel = createTelegramChannel({ api, username: 'loa_bot', log: captured.log });
    await channel.acknowledgeTap('cb');
    expectNoLeak(captured);
    expect(captured.lines()[0]).toMatchObject({
      err: { name: 'TelegramCallError', message: 'telegram answerCallbackQuery: refused 400' },
    });
  });

  it.each(ANSWERS)('a download that ends in %s names neither token nor path', async (_label, reply) => {
    server.script(
      { kind: 'json', body: { ok: true, result: { file_id: 'f', file_path: 'photos/1.jpg' } } },
      reply,
    );
    const api = createTelegramApi({ token: TOKEN, apiRoot: server.url });
    const channel = createTelegramChannel({
      api,
      username: 'loa_bot',
      log: capture().log,
      sendTimeoutMs: 150,
    });
    const got = await channel.fetchFile({ kind: 'photo', ref: 'f' }).catch((error: unknown) => error);
    if (!(got instanceof Error)) return;
    expect(got.name).toBe('TelegramCallError');
    expect(`${got.message} ${got.stack ?? ''} ${JSON.stringify(got)}`).not.toContain(SECRET);
    expect(got.cause).toBeUndefined();
  });
});

describe('the logger', () => {
  it('keeps ids, numbers and codes', () => {
    const { log, lines } = capture();
    log.info(
      {
        chatKey: 'telegram:-1002345678901',
        eventId: '42',
        count: 3,
        reason: 'message is too long',
        ok: true,
      },
      'stored',
    );
    expect(lines()[0]).toMatchObject({
      msg: 'stored',
      chatKey: 'telegram:-1002345678901',
      eventId: '42',
      count: 3,
      reason: 'message is too long',
      ok: true,
    });
  });

  it('keeps ten-digit ids that begin like a phone number', () => {
    const { log, lines } = capture();
    log.info({ chatId: '8423456789', timestamp: '1764000000000', zaloId: '8412345678901234567' }, 'x');
    expect(lines()[0]).toMatchObject({
      chatId: '8423456789',
      timestamp: '1764000000000',
      zaloId: '8412345678901234567',
    });
  });

  it('removes words, names, numbers and keys wherever they stand', () => {
    const captured = capture();
    captured.log.warn(
      {
        text: 'Lan',
        sender: { id: '7', name: 'Lan', phone: PHONE },
        note: TEXT,
        reason: TEXT,
        list: [TEXT, { caption: 'Lan' }, `bot${TOKEN}`],
        url: `https://api.telegram.org/bot${TOKEN}/sendMessage`,
        header: 'access_token=access-token-value',
        accessToken: 'access-token-value',
        to: `tel:${PHONE}`,
        uri: 'mongodb://admin:access-token-value@db/loa',
      },
      `sent to 0903 123 456 with ${TOKEN}`,
    );
    expectNoLeak(captured);
    expect(captured.lines()[0]).toMatchObject({ sender: { id: '7' } });
  });

  it('tells where a bug is without repeating what it stumbled over', () => {
    const captured = capture();
    let bug: unknown;
    try {
      JSON.parse(TEXT);
    } catch (error) {
      bug = error;
    }
    captured.log.error({ err: bug }, 'bug');
    captured.log.error({ err: new Error(`x\n    at ${TEXT}:1:1`) }, 'bug');
    captured.log.error(
      { err: Object.assign(new Error('x'), { stack: `Error: Lan\n    at Lan (a.ts:1:1)` }) },
      'bug',
    );
    captured.log.error(
      { err: new AggregateError([new Error(TEXT)], TEXT, { cause: new TypeError(TEXT) }) },
      'bug',
    );
    expectNoLeak(captured);
    const frames = (captured.lines()[0]?.['err'] as { stack?: readonly string[] }).stack ?? [];
    expect(frames.join('\n')).toContain('logger.test.ts');
  });

  it('survives cycles, getters that throw and values that are no JSON', () => {
    const captured = capture();
    const cycle: Record<string, unknown> = { id: '1' };
    cycle['self'] = cycle;
    const trap = Object.defineProperty(new Error('x'), 'code', {
      get: () => {
        throw new Error(TEXT);
      },
    });
    captured.log.info({ cycle, big: 12n, fn: () => TEXT, trap, none: undefined, nothing: null }, 'odd');
    expectNoLeak(captured);
    expect(captured.lines()[0]).toMatchObject({ big: '12', nothing: null });
  });

  it('says nothing below its level', () => {
    const written: string[] = [];
    const log = createLogger({ level: 'error', destination: { write: (line) => void written.push(line) } });
    log.info({}, 'x');
    log.warn({}, 'x');
    expect(written).toEqual([]);
  });
});
