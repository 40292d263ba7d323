import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Fault } from './faults.ts';
import { parseMultipart, type UploadedFile } from './multipart.ts';

export interface HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** The bytes as they came: what a MAC is taken over. */
  readonly rawBody: Buffer;
  /** Named parts of the path, decoded. */
  readonly params: Readonly<Record<string, string>>;
  /** Aborts when the client goes away before the answer. */
  readonly gone: AbortSignal;
}

export interface HttpReply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** A Buffer or a string goes out as it is, anything else as JSON. */
  readonly body: unknown;
  /** How the reply fails on its way; `never` leaves the client waiting. */
  readonly transport?: 'never' | 'cut' | 'cut-body' | undefined;
}

export type HttpHandler = (request: HttpRequest) => HttpReply | Promise<HttpReply>;

interface Route {
  readonly method: string;
  readonly pattern: RegExp;
  readonly handler: HttpHandler;
}

const toPattern = (path: string): RegExp =>
  new RegExp(`^${path.replaceAll(/:([a-zA-Z]+)/g, '(?<$1>[^/]+)').replace(/\*$/, '(?<rest>.*)')}$`);

interface Found {
  readonly handler: HttpHandler;
  readonly params: Readonly<Record<string, string>>;
}

/** More paths than a bot calls; each that is known costs no more looking. */
const KEPT_PATHS = 500;

/** Routes by method and path; the first that was added and matches wins. */
export class Router {
  readonly #routes: Route[] = [];
  readonly #known = new Map<string, Found | null>();

  /** `path` holds `:name` for one segment and a last `*` for the rest; `method` may be `*`. */
  add(method: string, path: string | RegExp, handler: HttpHandler): this {
    this.#routes.push({ method, pattern: typeof path === 'string' ? toPattern(path) : path, handler });
    this.#known.clear();
    return this;
  }

  async handle(request: Omit<HttpRequest, 'params'>): Promise<HttpReply> {
    const found = this.#found(request.method, request.path);
    if (found === null) return { status: 404, body: { error: 'no such route', path: request.path } };
    return found.handler({ ...request, params: found.params });
  }

  #found(method: string, path: string): Found | null {
    const key = `${method} ${path}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    if (this.#known.size >= KEPT_PATHS) this.#known.clear();
    const found = this.#look(method, path);
    this.#known.set(key, found);
    return found;
  }

  #look(method: string, path: string): Found | null {
    for (const route of this.#routes) {
      const match = route.pattern.exec(path);
      if (match === null || (route.method !== '*' && route.method !== method)) continue;
      const groups = Object.entries(match.groups ?? {}) as [string, string | undefined][];
      const params = Object.fromEntries(
        groups.map(([name, value]) => [name, decodeURIComponent(value ?? '')]),
      );
      return { handler: route.handler, params };
    }
    return null;
  }
}

export type ParsedBody =
  | {
      readonly kind: 'parsed';
      readonly fields: Readonly<Record<string, unknown>>;
      readonly files: ReadonlyMap<string, UploadedFile>;
    }
  | { readonly kind: 'unreadable' };

const parseJsonObject = (text: string): ParsedBody => {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return { kind: 'unreadable' };
    return { kind: 'parsed', fields: value as Record<string, unknown>, files: new Map() };
  } catch {
    return { kind: 'unreadable' };
  }
};

/** Reads a JSON, urlencoded or multipart body by its content type; no body gives no fields. */
export const parseBody = (request: Pick<HttpRequest, 'headers' | 'rawBody'>): ParsedBody => {
  const type = request.headers['content-type'] ?? '';
  if (request.rawBody.length === 0) return { kind: 'parsed', fields: {}, files: new Map() };
  if (type.startsWith('multipart/form-data')) {
    const multipart = parseMultipart(request.rawBody, type);
    return multipart === undefined ? { kind: 'unreadable' } : { kind: 'parsed', ...multipart };
  }
  const text = request.rawBody.toString('utf8');
  if (type.startsWith('application/json')) return parseJsonObject(text);
  return { kind: 'parsed', fields: Object.fromEntries(new URLSearchParams(text)), files: new Map() };
};

export interface FaultHooks {
  /** Does the call and gives the platform's true answer. */
  readonly process: () => HttpReply | Promise<HttpReply>;
  /** The platform's own refusal of one call too many. */
  readonly rateLimited: (retryAfterS: number) => HttpReply;
}

const brokenJson: HttpReply = {
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: '{"ok":tru',
};

/** Answers one call as the fault has it, or truly when there is none. */
export const applyFault = async (fault: Fault | undefined, hooks: FaultHooks): Promise<HttpReply> => {
  const action = fault?.action;
  switch (action?.kind) {
    case undefined:
      return hooks.process();
    case 'delay':
      await new Promise((resolve) => setTimeout(resolve, action.ms));
      return hooks.process();
    case 'drop':
      return { status: 200, body: '', transport: 'never' };
    case 'cut-before':
      return { status: 200, body: '', transport: 'cut' };
    case 'cut-after':
      return { ...(await hooks.process()), transport: 'cut' };
    case 'cut-body':
      return { ...(await hooks.process()), transport: 'cut-body' };
    case 'status':
      return { status: action.status, body: action.body ?? '' };
    case 'rate-limit':
      return hooks.rateLimited(action.retryAfterS);
    case 'bad-json':
      await hooks.process();
      return brokenJson;
    case 'bad-json-unprocessed':
      return brokenJson;
  }
};

const readBody = (request: IncomingMessage): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    request.on('error', reject);
  });

const NO_QUERY = new URLSearchParams();

/** A plain path, as almost all are, needs no parser. */
const placeOf = (url: string): { readonly path: string; readonly query: URLSearchParams } => {
  if (/^(?:\/[\w:-]+)+$/.test(url)) return { path: url, query: NO_QUERY };
  const { pathname, searchParams } = new URL(url, 'http://sandbox');
  return { path: pathname, query: searchParams };
};

const send = (response: ServerResponse, reply: HttpReply): void => {
  if (reply.transport === 'never' || response.destroyed) return;
  if (reply.transport === 'cut') {
    response.destroy();
    return;
  }
  const raw = Buffer.isBuffer(reply.body) || typeof reply.body === 'string';
  const bytes = Buffer.isBuffer(reply.body)
    ? reply.body
    : Buffer.from(typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body));
  response.writeHead(reply.status, {
    'content-type': raw ? 'text/plain; charset=utf-8' : 'application/json',
    'content-length': String(bytes.length),
    ...reply.headers,
  });
  if (reply.transport !== 'cut-body') {
    response.end(bytes);
    return;
  }
  // Only when these bytes have left may the socket close, else the client sees no headers at all.
  response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.destroy());
};

const answer = async (router: Router, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const gone = new AbortController();
  response.on('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  const rawBody = await readBody(request);
  const reply = await router.handle({
    method: request.method ?? 'GET',
    ...placeOf(request.url ?? '/'),
    headers: request.headers,
    rawBody,
    gone: gone.signal,
  });
  send(response, reply);
};

export interface HttpServer {
  /** `http://127.0.0.1:<port>`, without a slash at the end. */
  readonly url: string;
  /** Closes the port and every connection, also those that wait. */
  readonly stop: () => Promise<void>;
}

/** Listens on loopback; port 0 lets the system choose. A handler that throws answers 500 with its message. */
export const startHttpServer = async (router: Router, port = 0): Promise<HttpServer> => {
  const server = createServer((request, response) => {
    answer(router, request, response).catch((error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      if (response.headersSent) response.destroy();
      else send(response, { status: 500, body: { error: message } });
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const { port: bound } = server.address() as AddressInfo;
  const stop = async (): Promise<void> => {
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  };
  return { url: `http://127.0.0.1:${bound}`, stop };
};
