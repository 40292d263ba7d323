import { createServer } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

import { Changes } from '#dev/sandbox/core/changes.ts';
import { Router, startHttpServer } from '#dev/sandbox/core/http.ts';
import { createCore } from '#dev/sandbox/core/index.ts';
import type { SandboxCore } from '#dev/sandbox/core/index.ts';
import { ZaloSandbox } from '#dev/sandbox/zalo/index.ts';
import type { ZaloSandboxOptions } from '#dev/sandbox/zalo/index.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly error: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A fake OA on a port of its own, its clock frozen, and a client that always holds a good token. */
export interface Stand {
  readonly core: SandboxCore;
  readonly zalo: ZaloSandbox;
  readonly post: (path: string, body: unknown, headers?: Record<string, string>) => Promise<Answer>;
  readonly get: (path: string, headers?: Record<string, string>) => Promise<Answer>;
  readonly upload: (path: string, name: string, bytes: Uint8Array<ArrayBuffer>) => Promise<Answer>;
  readonly form: (fields: Record<string, string>, secretKey?: string) => Promise<Record<string, unknown>>;
  readonly stop: () => Promise<void>;
}

const toAnswer = async (response: Response): Promise<Answer> => {
  const body = (await response.json()) as Record<string, unknown>;
  return {
    status: response.status,
    headers: response.headers,
    error: body['error'] as number,
    body,
    data: (body['data'] ?? {}) as Record<string, unknown>,
  };
};

export async function startStand(options: ZaloSandboxOptions = {}): Promise<Stand> {
  const router = new Router();
  let rootUrl = '';
  const core = createCore(() => rootUrl);
  core.clock.freeze();
  const zalo = new ZaloSandbox(core, options);
  zalo.register(router);
  const server = await startHttpServer(router);
  rootUrl = server.url;
  const root = zalo.apiRoot();
  const { appId, appSecret } = zalo.settings;
  // A fresh token each time: tests jump over days, and only those about OAuth are about its 25 h.
  const access = (): Record<string, string> => ({ access_token: zalo.issueTokens().accessToken });
  return {
    core,
    zalo,
    post: async (path, body, headers = access()) =>
      toAnswer(
        await fetch(root + path, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...headers },
          body: JSON.stringify(body),
        }),
      ),
    get: async (path, headers = access()) => toAnswer(await fetch(root + path, { headers })),
    upload: async (path, name, bytes) => {
      const form = new FormData();
      form.set('file', new Blob([bytes]), name);
      return toAnswer(await fetch(root + path, { method: 'POST', headers: access(), body: form }));
    },
    form: async (fields, secretKey = appSecret) => {
      const body = new URLSearchParams({ app_id: appId, ...fields });
      const response = await fetch(`${root}/v4/oa/access_token`, {
        method: 'POST',
        headers: { secret_key: secretKey },
        body,
      });
      return { status: response.status, ...((await response.json()) as Record<string, unknown>) };
    },
    stop: async () => {
      zalo.stop();
      await server.stop();
    },
  };
}

export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly rawBody: string;
}

/** A bot's webhook that answers with the statuses given, in turn, the last one for ever; 0 = never answers. */
export interface Receiver {
  readonly url: string;
  readonly received: readonly Received[];
  readonly waitForCount: (count: number) => Promise<readonly Received[]>;
  readonly answerWith: (statuses: readonly number[]) => void;
  readonly stop: () => Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  const changes = new Changes();
  let statuses: readonly number[] = [200];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({ headers: request.headers, rawBody: Buffer.concat(chunks).toString('utf8') });
      const [status = 200, ...rest] = statuses;
      if (rest.length > 0) statuses = rest;
      if (status !== 0) response.writeHead(status).end();
      changes.notify();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/hook`,
    received,
    waitForCount: async (count) => changes.waitFor(() => (received.length >= count ? received : undefined)),
    answerWith: (next) => {
      statuses = next;
    },
    stop: async () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
