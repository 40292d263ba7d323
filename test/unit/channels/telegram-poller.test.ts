import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTelegramApi } from '#src/channels/telegram/api.ts';
import { runTelegramPoller } from '#src/channels/telegram/poller.ts';
import type { InboundEvent } from '#src/domain/inbound.ts';
import { startScriptedServer, type ScriptedReply, type ScriptedServer } from './scripted-server.ts';

const TOKEN = '123456789:AAHbd5example_of-a-token0123456789abc';
const ok = (result: unknown): ScriptedReply => ({ kind: 'json', body: { ok: true, result } });
const refusal = (code: number, description: string): ScriptedReply => ({
  kind: 'json',
  status: code,
  body: { ok: false, error_code: code, description },
});
const message = (id: number, text = 'x') => ({
  update_id: id,
  message: {
    message_id: id,
    date: 1_764_000_000,
    chat: { id: 5, type: 'private' },
    from: { id: 5, is_bot: false, first_name: 'Lan' },
    text,
  },
});

describe('the telegram poll loop', () => {
  let server: ScriptedServer;
  let stop: AbortController;
  let logged: unknown[];
  /** Ends the loop once the script has run out. */
  const idle = (): ScriptedReply => {
    stop.abort();
    return ok([]);
  };

  const run = (intake: (event: InboundEvent) => Promise<void>): Promise<void> =>
    runTelegramPoller({
      api: createTelegramApi({ token: TOKEN, apiRoot: server.url }),
      intake,
      log: {
        info: (fields, text) => void logged.push({ text, ...fields }),
        warn: (fields, text) => void logged.push({ text, ...fields }),
        error: (fields, text) => void logged.push({ text, ...fields }),
      },
      signal: stop.signal,
      longPollS: 1,
      waits: { firstMs: 1, maxMs: 4, refusedMs: 1 },
      random: () => 0,
    });
  const polls = () =>
    server.seen
      .filter((request) => request.path.endsWith('/getUpdates'))
      .map((request) => JSON.parse(request.raw.toString()) as { offset: number; timeout: number });

  beforeEach(async () => {
    stop = new AbortController();
    logged = [];
    server = await startScriptedServer(idle);
  });
  afterEach(() => server.stop());

  it('drops the webhook first and keeps what waits', async () => {
    server.script(ok(true));
    await run(() => Promise.resolve());
    expect(server.seen[0]?.path).toBe(`/bot${TOKEN}/deleteWebhook`);
    expect(JSON.parse(server.seen[0]?.raw.toString() ?? '')).toEqual({ drop_pending_updates: false });
  });

  it('moves the offset only after every event of the batch was stored', async () => {
    server.script(ok(true), ok([message(7), message(8)]), ok([message(9)]));
    const stored: string[] = [];
    await run((event) => Promise.resolve(void stored.push(event.eventId)));
    expect(stored).toEqual(['7', '8', '9']);
    expect(polls().map((poll) => poll.offset)).toEqual([0, 9, 10]);
  });

  it('asks again with the old offset when the store fails, so that nothing is lost', async () => {
    server.script(ok(true), ok([message(7), message(8)]), ok([message(7), message(8)]));
    const stored: string[] = [];
    let failures = 1;
    await run((event) => {
      if (event.eventId === '8' && failures-- > 0) return Promise.reject(new Error('no primary'));
      stored.push(event.eventId);
      return Promise.resolve();
    });
    expect(stored).toEqual(['7', '7', '8']);
    expect(polls().map((poll) => poll.offset)).toEqual([0, 0, 9]);
  });

  it('passes over updates it cannot read, and confirms them', async () => {
    server.script(ok(true), ok([{ update_id: 11, message: 'x' }, { update_id: 12, poll: {} }, 'x']));
    const stored: string[] = [];
    await run((event) => Promise.resolve(void stored.push(event.eventId)));
    expect(stored).toEqual([]);
    expect(polls().map((poll) => poll.offset)).toEqual([0, 13]);
    expect(logged).toContainEqual({ text: 'update ignored', updateId: 11, reason: 'unreadable-message' });
  });

  it.each<[string, ScriptedReply, object]>([
    ['409', refusal(409, 'Conflict: terminated by other getUpdates request'), { code: 409 }],
    ['401', refusal(401, 'Unauthorized'), { code: 401 }],
    ['500', refusal(500, 'x'), { reason: 'server-error' }],
    ['broken JSON', { kind: 'raw', body: '{"ok":tr' }, { reason: 'unreadable' }],
    ['a cut socket', { kind: 'cut' }, { reason: 'cut' }],
    ['an answer that is no list', ok({}), { reason: 'unreadable' }],
  ])('goes on after %s, and logs it without the token', async (_label, reply, fields) => {
    server.script(ok(true), reply, ok([message(3)]));
    const stored: string[] = [];
    await run((event) => Promise.resolve(void stored.push(event.eventId)));
    expect(stored).toEqual(['3']);
    expect(logged[0]).toMatchObject(fields);
    expect(JSON.stringify(logged)).not.toContain(TOKEN);
  });

  it('stops at once while it waits', async () => {
    server.script(ok(true), refusal(401, 'Unauthorized'));
    const running = runTelegramPoller({
      api: createTelegramApi({ token: TOKEN, apiRoot: server.url }),
      intake: () => Promise.resolve(),
      log: { info: () => undefined, warn: () => undefined, error: () => stop.abort() },
      signal: stop.signal,
      waits: { firstMs: 60_000, maxMs: 60_000, refusedMs: 60_000 },
    });
    await expect(running).resolves.toBeUndefined();
  });

  it('gives up a poll in flight when it is stopped', async () => {
    server.script(ok(true), { kind: 'silent' });
    const running = run(() => Promise.resolve());
    await expect.poll(() => polls().length).toBe(1);
    stop.abort();
    await expect(running).resolves.toBeUndefined();
    expect(logged).toEqual([]);
  });
});
