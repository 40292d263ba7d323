import fastify, { type FastifyInstance } from 'fastify';
import type { Inbound, InboundEvent } from '#src/domain/inbound.ts';
import type { Log } from '#src/app/ports/services.ts';

/** What a platform's webhook needs; the check and the parsing are the channel's. */
export interface WebhookRoute {
  readonly path: string;
  /** On the raw bytes. `probe`: an empty call that only wants a 200. */
  readonly check: (
    headers: Readonly<Record<string, string | undefined>>,
    body: Buffer,
  ) => 'ok' | 'probe' | 'refused';
  /** Pure; a body that is not the platform's gives `ignored`. */
  readonly parse: (body: Buffer) => Inbound;
}

export interface HttpServerOptions {
  readonly webhooks: readonly WebhookRoute[];
  readonly receive: (event: InboundEvent) => Promise<unknown>;
  /** Answers which parts are well. */
  readonly health: () => Promise<Readonly<Record<string, boolean>>>;
  readonly metrics: () => Promise<string>;
  readonly log: Log;
}

const MAX_BODY_BYTES = 1_048_576;

function headersOf(
  raw: Readonly<Record<string, string | string[] | undefined>>,
): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(raw).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
  );
}

/**
 * Webhooks and health. A webhook hears 200 only after its event stands in the inbox, 401 on a wrong secret or MAC, 503
 * when the store cannot take it, so that the platform sends it again.
 */
export function buildHttpServer(options: HttpServerOptions): FastifyInstance {
  const server = fastify({ logger: false, bodyLimit: MAX_BODY_BYTES, requestTimeout: 10_000 });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, body);
  });
  for (const route of options.webhooks) addWebhook(server, route, options);
  server.get('/health', async (_request, reply) => {
    const parts = await options.health();
    const well = Object.values(parts).every(Boolean);
    return reply.code(well ? 200 : 503).send({ well, ...parts });
  });
  server.get('/metrics', async (_request, reply) =>
    reply.type('text/plain; version=0.0.4').send(await options.metrics()),
  );
  return server;
}

function addWebhook(server: FastifyInstance, route: WebhookRoute, options: HttpServerOptions): void {
  server.post(route.path, async (request, reply) => {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    switch (route.check(headersOf(request.headers), body)) {
      case 'probe':
        return reply.code(200).send();
      case 'refused':
        options.log.warn({ path: route.path }, 'webhook refused');
        return reply.code(401).send();
      case 'ok':
        break;
    }
    const inbound = route.parse(body);
    if (inbound.kind === 'ignored') {
      options.log.info({ path: route.path, reason: inbound.reason }, 'update ignored');
      return reply.code(200).send();
    }
    try {
      await options.receive(inbound.event);
    } catch (error) {
      options.log.error({ path: route.path, eventId: inbound.event.eventId, error }, 'update not stored');
      return reply.code(503).send();
    }
    return reply.code(200).send();
  });
}
