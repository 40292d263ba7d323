import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { Telegram } from 'telegraf';
import type { Opts, Telegram as Methods } from 'telegraf/types';
import { failureOf, resultOf, TelegramCallError } from './errors.ts';
import type { Log } from '#src/app/ports/services.ts';
import type { CallTiming } from '#src/app/ports/channel.ts';
import { createJsonPost, type JsonAnswer } from './post-json.ts';
import { createTimedPost } from './timed-post.ts';

const DEFAULT_API_ROOT = 'https://api.telegram.org';

/**
 * Free sockets are dropped after this time. Servers keep theirs for five seconds at least; a socket that the server closes
 * under a request would make a send `unknown` for nothing.
 */
const FREE_SOCKET_MS = 4_000;
/** Parallel connections; more calls wait for a free one. */
const MAX_SOCKETS = 128;

/** What carries bytes; telegraf makes the form of it. */
const UPLOADS: ReadonlySet<keyof Methods> = new Set(['sendPhoto', 'sendDocument', 'sendMediaGroup']);

/** Largest file a bot may download (Bot API, `getFile`). */
const MAX_DOWNLOAD_BYTES = 20 * 1024 * 1024;

export interface TelegramApiOptions {
  readonly token: string;
  /** Another root, such as a Bot API server of one's own. */
  readonly apiRoot?: string;
  readonly log?: Pick<Log, 'error'>;
}

export interface CallLimits {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
  /** When the call may leave: at once unless told. */
  readonly timing?: CallTiming | undefined;
}

type Result<M extends keyof Methods> = ReturnType<Methods[M]>;

/** The Bot API behind one door: every call has a time limit, and only `TelegramCallError` comes out. */
export interface TelegramApi {
  call<M extends keyof Methods>(method: M, payload: Opts<M>, limits: CallLimits): Promise<Result<M>>;
  /** Downloads `file_path` of a `getFile` answer. */
  download(filePath: string, limits: CallLimits): Promise<Uint8Array>;
  /** Closes the connections. */
  close(): void;
}

const signalOf = (limits: CallLimits): AbortSignal => {
  const timeout = AbortSignal.timeout(limits.timeoutMs);
  return limits.signal === undefined ? timeout : AbortSignal.any([limits.signal, timeout]);
};

async function readLimited(response: Response): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    sizeBytes += chunk.byteLength;
    if (sizeBytes > MAX_DOWNLOAD_BYTES) {
      throw new TelegramCallError('download', {
        kind: 'refused',
        code: 413,
        description: 'file is too big',
        retryAfterMs: null,
        migrateToChatId: null,
      });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** @param options `token` never leaves the returned object: not in errors, not in logs */
export function createTelegramApi(options: TelegramApiOptions): TelegramApi {
  const apiRoot = options.apiRoot ?? DEFAULT_API_ROOT;
  const agentOptions = { keepAlive: true, timeout: FREE_SOCKET_MS, maxSockets: MAX_SOCKETS };
  const agent = apiRoot.startsWith('http://') ? new HttpAgent(agentOptions) : new HttpsAgent(agentOptions);
  const telegram = new Telegram(options.token, { apiRoot, agent, webhookReply: false });
  // telegraf drops the agent of an http: root in its constructor.
  telegram.options.agent = agent;
  const { origin, pathname } = new URL(`./bot${options.token}/`, apiRoot);
  const connections = { origin, maxSockets: MAX_SOCKETS, freeSocketMs: FREE_SOCKET_MS };
  const json = createJsonPost(connections);
  const timed = createTimedPost(connections, (error) =>
    options.log?.error({ error }, 'telegram: the thread of timed calls ended'),
  );

  async function call<M extends keyof Methods>(method: M, payload: Opts<M>, limits: CallLimits) {
    if (UPLOADS.has(method)) {
      await limits.timing?.ready();
      return upload(method, payload, limits);
    }
    const answer = await post(`${pathname}${method}`, JSON.stringify(payload), limits);
    limits.timing?.ended(answer.times);
    if (answer.kind === 'failed') throw new TelegramCallError(method, { kind: answer.why });
    return resultOf(method, answer) as Result<M>;
  }

  async function post(path: string, body: string, limits: CallLimits): Promise<JsonAnswer> {
    const { timeoutMs, signal, timing } = limits;
    if (typeof timing?.atMs === 'number') return timed.post({ path, body, timeoutMs, atMs: timing.atMs });
    await timing?.ready();
    return json.post({ path, body, timeoutMs, signal });
  }

  async function upload<M extends keyof Methods>(method: M, payload: Opts<M>, limits: CallLimits) {
    const signal = signalOf(limits) as NonNullable<Parameters<typeof telegram.callApi>[2]>['signal'];
    try {
      return await telegram.callApi(method, payload, signal === undefined ? {} : { signal });
    } catch (error) {
      throw new TelegramCallError(method, failureOf(error));
    }
  }

  async function download(filePath: string, limits: CallLimits): Promise<Uint8Array> {
    const path = filePath.split('/').map(encodeURIComponent).join('/');
    const url = new URL(`/file/bot${options.token}/${path}`, apiRoot);
    try {
      const response = await fetch(url, { signal: signalOf(limits), redirect: 'error' });
      if (!response.ok) {
        throw new TelegramCallError('download', { kind: 'server-error', code: response.status });
      }
      return await readLimited(response);
    } catch (error) {
      // A failed fetch keeps the connection's error, with its code, in `cause`.
      const cause = error instanceof TypeError && error.cause instanceof Error ? error.cause : error;
      throw new TelegramCallError('download', failureOf(cause));
    }
  }

  return {
    call,
    download,
    close() {
      agent.destroy();
      json.close();
      timed.close();
    },
  };
}

/** The bot's name for `t.me` links, asked once at boot. Throws `TelegramCallError`, e.g. for a wrong token. */
export async function getTelegramUsername(api: TelegramApi, timeoutMs = 10_000): Promise<string> {
  const me = await api.call('getMe', {}, { timeoutMs });
  return me.username;
}
