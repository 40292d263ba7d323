import { Agent, request, type Dispatcher, type FormData } from 'undici';

/**
 * Free sockets are dropped after this time. Servers keep theirs for five seconds at least; a socket that the server closes
 * under a request would make a send `unknown` for nothing.
 */
const FREE_SOCKET_MS = 4_000;
const CONNECT_TIMEOUT_MS = 5_000;
const MAX_ANSWER_BYTES = 25 * 1024 * 1024;

/** What `X-RateLimit-*` said last: calls a minute, and how many of them are left. */
export interface ZaloLimits {
  readonly limit: number;
  readonly remain: number;
}

/** `not-connected`: surely not delivered. The others may have been. */
export type TransportFailure = 'not-connected' | 'timeout' | 'cut';

export type HttpAnswer =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly bytes: Buffer;
      readonly contentType: string;
      readonly limits: ZaloLimits | null;
    }
  | { readonly kind: 'failed'; readonly why: TransportFailure };

export interface HttpCall {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | FormData;
  readonly timeoutMs?: number;
}

/** One HTTP call with a time limit over all of it. Never throws for what a network can do, never repeats. */
export interface ZaloHttp {
  call(call: HttpCall): Promise<HttpAnswer>;
  close(): Promise<void>;
}

const NOT_CONNECTED = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'];
const TIMED_OUT = ['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT'];

function failureOf(error: unknown): TransportFailure {
  if (!(error instanceof Error)) return 'cut';
  const code: unknown = Reflect.get(error, 'code');
  if (typeof code === 'string' && NOT_CONNECTED.includes(code)) return 'not-connected';
  if (typeof code === 'string' && TIMED_OUT.includes(code)) return 'timeout';
  return error.name === 'TimeoutError' || error.name === 'AbortError' ? 'timeout' : 'cut';
}

const first = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value[0] : value;

function limitsOf(headers: Dispatcher.ResponseData['headers']): ZaloLimits | null {
  const limit = Number(first(headers['x-ratelimit-limit']) ?? Number.NaN);
  const remain = Number(first(headers['x-ratelimit-remain']) ?? Number.NaN);
  return Number.isFinite(limit) && Number.isFinite(remain) ? { limit, remain } : null;
}

/**
 * @param options `timeoutMs` limits a whole call (15 s unless told); `dispatcher` replaces the connection pool, for tests
 */
export function createZaloHttp(
  options: { readonly timeoutMs?: number; readonly dispatcher?: Dispatcher } = {},
): ZaloHttp {
  const defaultTimeoutMs = options.timeoutMs ?? 15_000;
  const dispatcher =
    options.dispatcher ??
    new Agent({
      connect: { timeout: CONNECT_TIMEOUT_MS },
      keepAliveTimeout: FREE_SOCKET_MS,
      keepAliveMaxTimeout: FREE_SOCKET_MS,
      headersTimeout: defaultTimeoutMs,
      bodyTimeout: defaultTimeoutMs,
      maxResponseSize: MAX_ANSWER_BYTES,
      connections: 64,
    });
  return {
    async call({ method, url, headers, body, timeoutMs = defaultTimeoutMs }) {
      try {
        const response = await request(url, {
          dispatcher,
          method,
          signal: AbortSignal.timeout(timeoutMs),
          ...(headers === undefined ? {} : { headers }),
          ...(body === undefined ? {} : { body }),
        });
        const bytes = Buffer.from(await response.body.arrayBuffer());
        const contentType = first(response.headers['content-type']) ?? 'application/octet-stream';
        return {
          kind: 'answer',
          status: response.statusCode,
          bytes,
          contentType,
          limits: limitsOf(response.headers),
        };
      } catch (error) {
        return { kind: 'failed', why: failureOf(error) };
      }
    },
    close: () => dispatcher.close(),
  };
}
