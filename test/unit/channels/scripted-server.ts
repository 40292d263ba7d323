import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How the scripted server treats one call. */
export type ScriptedReply =
  | {
      readonly kind: 'json';
      readonly status?: number;
      readonly body: unknown;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'raw'; readonly status?: number; readonly body: string }
  /** Never answered. */
  | { readonly kind: 'silent' }
  /** The socket closes before the headers. */
  | { readonly kind: 'cut' }
  /** Headers and half of the body, then the socket closes. */
  | { readonly kind: 'cut-body'; readonly body: string };

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly raw: Buffer;
}

export interface ScriptedServer {
  readonly url: string;
  readonly seen: readonly SeenRequest[];
  /** The next answers; when none is left, `fallback` answers. */
  script(...replies: readonly ScriptedReply[]): void;
  stop(): Promise<void>;
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function answer(response: ServerResponse, reply: ScriptedReply): void {
  switch (reply.kind) {
    case 'silent':
      return;
    case 'cut':
      response.destroy();
      return;
    case 'cut-body': {
      const bytes = Buffer.from(reply.body);
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': bytes.length });
      response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy());
      return;
    }
    case 'raw':
      response.writeHead(reply.status ?? 200).end(reply.body);
      return;
    case 'json':
      response
        .writeHead(reply.status ?? 200, { 'content-type': 'application/json', ...reply.headers })
        .end(JSON.stringify(reply.body));
  }
}

/** A server on loopback that answers as told and remembers what it was asked. */
export async function startScriptedServer(
  fallback: (request: SeenRequest) => ScriptedReply,
): Promise<ScriptedServer> {
  const queue: ScriptedReply[] = [];
  const seen: SeenRequest[] = [];
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const raw = await readAll(request);
    const entry = { method: request.method ?? '', path: request.url ?? '', headers: request.headers, raw };
    seen.push(entry);
    answer(response, queue.shift() ?? fallback(entry));
  };
  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    script: (...replies) => void queue.push(...replies),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A port on which nothing listens: connections to it are refused. */
export async function closedPortUrl(): Promise<string> {
  const server = await startScriptedServer(() => ({ kind: 'cut' }));
  await server.stop();
  return server.url;
}
