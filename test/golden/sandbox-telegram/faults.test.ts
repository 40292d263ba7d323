import { describe, expect, it } from 'vitest';
import type { FaultAction } from '#dev/sandbox/index.ts';
import { clients } from './clients.ts';
import { refusalOf, useSandbox } from './support.ts';

const start = (sandbox: ReturnType<typeof useSandbox>) => {
  const { telegram, rootUrl, faults, journal } = sandbox();
  const chat = telegram.openPrivate(telegram.createPerson('An'));
  const url = `${rootUrl}/bot${telegram.token}/sendMessage`;
  const arm = (action: FaultAction) =>
    faults.add({ platform: 'telegram', method: 'sendMessage', chatId: chat, action });
  const send = (signal?: AbortSignal) =>
    fetch(url, {
      method: 'POST',
      body: new URLSearchParams({ chat_id: String(chat), text: 'Hello' }),
      ...(signal === undefined ? {} : { signal }),
    });
  const delivered = () => telegram.messages(chat).filter((message) => message.fromBot).length;
  return { chat, arm, send, delivered, journal, telegram, rootUrl, faults };
};

describe('a fault script', () => {
  const sandbox = useSandbox();

  it.each([
    ['cut-before', 0],
    ['cut-after', 1],
  ] as const)('%s: the caller sees the connection close, and %i messages are there', async (kind, count) => {
    const { arm, send, delivered, journal } = start(sandbox);
    arm({ kind });
    await expect(send()).rejects.toThrow('fetch failed');
    expect(delivered()).toBe(count);
    expect(journal.entries({ kind: 'call' })).toMatchObject([
      { method: 'sendMessage', ok: count === 1, fault: kind },
    ]);
  });

  it('cut-body: the status arrives, the body does not, the message is there', async () => {
    const { arm, send, delivered } = start(sandbox);
    arm({ kind: 'cut-body' });
    const response = await send();
    expect(response.status).toBe(200);
    await expect(response.json()).rejects.toThrow('terminated');
    expect(delivered()).toBe(1);
  });

  it.each([
    ['bad-json', 1],
    ['bad-json-unprocessed', 0],
  ] as const)('%s: the answer cannot be read, and %i messages are there', async (kind, count) => {
    const { arm, send, delivered } = start(sandbox);
    arm({ kind });
    const response = await send();
    expect(response.status).toBe(200);
    await expect(response.json()).rejects.toThrow(SyntaxError);
    expect(delivered()).toBe(count);
  });

  it('drop: never answered, nothing there', async () => {
    const { arm, send, delivered } = start(sandbox);
    arm({ kind: 'drop' });
    await expect(send(AbortSignal.timeout(100))).rejects.toThrow('timeout');
    expect(delivered()).toBe(0);
  });

  it('status: a 500 in front of the platform, nothing there', async () => {
    const { arm, send, delivered } = start(sandbox);
    arm({ kind: 'status', status: 500, body: '<html>' });
    expect((await send()).status).toBe(500);
    expect(delivered()).toBe(0);
  });

  it('delay: late, but there', async () => {
    const { arm, send, delivered } = start(sandbox);
    arm({ kind: 'delay', ms: 60 });
    const before = performance.now();
    expect((await send()).status).toBe(200);
    expect(performance.now() - before).toBeGreaterThanOrEqual(59);
    expect(delivered()).toBe(1);
  });

  it.each(clients)('rate-limit: $name reads the seconds to wait', async ({ make }) => {
    const { chat, arm, rootUrl, telegram, delivered } = start(sandbox);
    const client = make(rootUrl, telegram.token);
    arm({ kind: 'rate-limit', retryAfterS: 17 });
    expect(await refusalOf(client, client.send(chat, 'Hello'))).toMatchObject({ code: 429, retryAfterS: 17 });
    expect(delivered()).toBe(0);
    await client.send(chat, 'Hello again');
    expect(delivered()).toBe(1);
  });
});
