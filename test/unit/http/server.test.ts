import type { FastifyInstance } from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import type { Log } from '#src/app/ports/services.ts';
import type { InboundEvent } from '#src/domain/inbound.ts';
import { buildHttpServer } from '#src/http/server.ts';
import type { HttpServerOptions, WebhookRoute } from '#src/http/server.ts';

const event: InboundEvent = {
  platform: 'telegram',
  eventId: '17',
  order: '17',
  chat: { id: '900', kind: 'private' },
  sender: { id: '900', name: 'Resident' },
  sentAtMs: 0,
  content: { kind: 'text', text: 'words of a resident' },
};

const servers: FastifyInstance[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

/** A server with one webhook at `/hook` whose secret is "right"; keeps what was stored and logged. */
function world(changes: Partial<HttpServerOptions> = {}, route: Partial<WebhookRoute> = {}) {
  const stored: InboundEvent[] = [];
  const bodies: Buffer[] = [];
  const logged: string[] = [];
  const write = (fields: Readonly<Record<string, unknown>>, message: string): void => {
    logged.push(`${message} ${JSON.stringify(fields)}`);
  };
  const log: Log = { info: write, warn: write, error: write };
  const server = buildHttpServer({
    webhooks: [
      {
        path: '/hook',
        check(headers, body) {
          if (body.length === 0 && headers['x-secret'] === undefined) return 'probe';
          return headers['x-secret'] === 'right' ? 'ok' : 'refused';
        },
        parse(body) {
          bodies.push(body);
          return { kind: 'event', event };
        },
        ...route,
      },
    ],
    receive(one) {
      stored.push(one);
      return Promise.resolve('new');
    },
    health: () => Promise.resolve({ database: true, redis: true }),
    metrics: () => Promise.resolve('loa_sent_total 3\n'),
    log,
    ...changes,
  });
  servers.push(server);
  const post = (body: string | Buffer, headers: Readonly<Record<string, string>> = {}) =>
    server.inject({
      method: 'POST',
      url: '/hook',
      payload: body,
      headers: { 'x-secret': 'right', ...headers },
    });
  return { server, stored, bodies, logged, post };
}

describe('a webhook call', () => {
  it('hears 401 on a wrong secret, and nothing was read or stored', async () => {
    const { post, stored, bodies } = world();

    expect((await post('{"update_id":17}', { 'x-secret': 'wrong' })).statusCode).toBe(401);
    expect(stored).toEqual([]);
    expect(bodies).toEqual([]);
  });

  it('hears 401 without a secret', async () => {
    const { server, stored } = world();

    const answer = await server.inject({ method: 'POST', url: '/hook', payload: '{"update_id":17}' });

    expect(answer.statusCode).toBe(401);
    expect(stored).toEqual([]);
  });

  it.each([{}, { 'content-type': 'application/json' }])(
    'hears 200 as an empty probe, with headers %j',
    async (headers) => {
      const { server, stored } = world();

      const answer = await server.inject({ method: 'POST', url: '/hook', headers });

      expect(answer.statusCode).toBe(200);
      expect(stored).toEqual([]);
    },
  );

  it('hears 200 only after its row is in', async () => {
    const storing = Promise.withResolvers<string>();
    const began = Promise.withResolvers<undefined>();
    const { post } = world({
      receive() {
        began.resolve(undefined);
        return storing.promise;
      },
    });
    let answered = false;
    const answer = post('{"update_id":17}').then((response) => {
      answered = true;
      return response;
    });

    await began.promise;
    await new Promise((resolve) => setImmediate(resolve));
    expect(answered).toBe(false);
    storing.resolve('new');
    expect((await answer).statusCode).toBe(200);
  });

  it('hears 503 when the store throws, so that the platform sends it again', async () => {
    const { post, logged } = world({ receive: () => Promise.reject(new Error('no database')) });

    expect((await post('{"update_id":17}')).statusCode).toBe(503);
    expect(logged.join('\n')).toContain('update not stored');
    expect(logged.join('\n')).not.toContain('words of a resident');
  });

  it('hears 200 for an update that means nothing to us, and nothing is stored', async () => {
    const { post, stored } = world({}, { parse: () => ({ kind: 'ignored', reason: 'echo' }) });

    expect((await post('{"event_name":"oa_send_text"}')).statusCode).toBe(200);
    expect(stored).toEqual([]);
  });

  it('is checked and read on its raw bytes, whatever its content type says', async () => {
    const { post, bodies } = world();
    const raw = Buffer.from([0x7b, 0x20, 0xff, 0x00, 0x7d]);

    for (const type of ['application/json', 'text/plain', 'application/x-www-form-urlencoded', 'image/png']) {
      expect((await post(raw, { 'content-type': type })).statusCode).toBe(200);
    }
    expect(bodies.map((body) => body.toString('hex'))).toEqual(
      Array.from({ length: 4 }, () => raw.toString('hex')),
    );
  });

  it('hears 413 when its body is over a mebibyte, and nothing is stored', async () => {
    const { post, stored } = world();

    expect((await post(Buffer.alloc(1_048_577, 32))).statusCode).toBe(413);
    expect(stored).toEqual([]);
    expect((await post(Buffer.alloc(1_048_576, 32))).statusCode).toBe(200);
  });

  it('hears 404 on a path that no channel has', async () => {
    const { server } = world();

    expect((await server.inject({ method: 'POST', url: '/other', payload: '{}' })).statusCode).toBe(404);
  });
});

describe('health', () => {
  it('is 200 while every part is well', async () => {
    const answer = await world().server.inject('/health');

    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toEqual({ well: true, database: true, redis: true });
  });

  it('is 503 and names the part that is not', async () => {
    const { server } = world({ health: () => Promise.resolve({ database: false, redis: true }) });

    const answer = await server.inject('/health');

    expect(answer.statusCode).toBe(503);
    expect(answer.json()).toEqual({ well: false, database: false, redis: true });
  });
});

describe('metrics', () => {
  it('come as the text Prometheus reads', async () => {
    const answer = await world().server.inject('/metrics');

    expect(answer.headers['content-type']).toContain('text/plain; version=0.0.4');
    expect(answer.body).toBe('loa_sent_total 3\n');
  });
});
