import { type Dispatcher, Pool } from 'undici';
import type { CallTimes } from '#src/app/ports/channel.ts';
import { steadyMs } from '#src/app/ports/steady.ts';

const CONNECT_TIMEOUT_MS = 5_000;
/** A hundred updates of the longest kind are far smaller. */
const MAX_ANSWER_BYTES = 25 * 1024 * 1024;
const HEADERS = { 'content-type': 'application/json' };

export interface JsonPostOptions {
  readonly origin: string;
  readonly maxSockets: number;
  /** Free sockets are dropped after this time. */
  readonly freeSocketMs: number;
}

export interface JsonCall {
  readonly path: string;
  readonly body: string;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** `not-connected`: not one byte left, so surely not delivered. */
export type JsonAnswer = { readonly times: CallTimes } & (
  | { readonly kind: 'answered'; readonly status: number; readonly text: string }
  | { readonly kind: 'failed'; readonly why: 'timeout' | 'cut' | 'not-connected' }
);

/** Posts JSON with one limit over all of a call. What a network can do is an answer; nothing is sent twice. */
export interface JsonPost {
  post(call: JsonCall): Promise<JsonAnswer>;
  close(): void;
}

/**
 * A broadcast is thousands of small calls, so their cost counts: telegraf's own way (node-fetch 2 over node's client)
 * takes four times the processor time of this one.
 */
export function createJsonPost({ origin, maxSockets, freeSocketMs }: JsonPostOptions): JsonPost {
  const pool = new Pool(origin, {
    connections: maxSockets,
    connect: { timeout: CONNECT_TIMEOUT_MS },
    keepAliveTimeout: freeSocketMs,
    keepAliveMaxTimeout: freeSocketMs,
    // Each call has its own limit, over connecting and reading together.
    headersTimeout: 0,
    bodyTimeout: 0,
    maxResponseSize: MAX_ANSWER_BYTES,
  });
  return {
    post: (call) =>
      new Promise((resolve) => {
        const { path, body } = call;
        pool.dispatch({ method: 'POST', path, headers: HEADERS, body }, new Exchange(call, resolve));
      }),
    close: () => void pool.destroy(),
  };
}

/** One call and its answer. */
class Exchange implements Dispatcher.DispatchHandler {
  readonly #call: JsonCall;
  readonly #resolve: (answer: JsonAnswer) => void;
  readonly #timer: NodeJS.Timeout;
  readonly #giveUp = (): void => this.#fail('timeout');
  readonly #pieces: Buffer[] = [];
  #controller: Dispatcher.DispatchController | null = null;
  #leftMs: number | null = null;
  #status = 0;
  #isOver = false;

  constructor(call: JsonCall, resolve: (answer: JsonAnswer) => void) {
    this.#call = call;
    this.#resolve = resolve;
    this.#timer = setTimeout(this.#giveUp, call.timeoutMs);
    call.signal?.addEventListener('abort', this.#giveUp);
    if (call.signal?.aborted) this.#giveUp();
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    // Given up while it waited for a connection: not one byte leaves any more.
    if (this.#isOver) {
      controller.abort(new Error('given up'));
      return;
    }
    this.#controller = controller;
    this.#leftMs = steadyMs();
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number): void {
    this.#status = status;
  }

  onResponseData(_: Dispatcher.DispatchController, piece: Buffer): void {
    this.#pieces.push(piece);
  }

  onResponseEnd(): void {
    if (this.#isOver) return;
    this.#end();
    const text = Buffer.concat(this.#pieces).toString('utf8');
    const times = { leftMs: this.#leftMs, answeredMs: steadyMs() };
    this.#resolve({ kind: 'answered', status: this.#status, text, times });
  }

  onResponseError(): void {
    this.#fail('cut');
  }

  #fail(why: 'timeout' | 'cut'): void {
    if (this.#isOver) return;
    this.#end();
    this.#controller?.abort(new Error('given up'));
    const times = { leftMs: this.#leftMs, answeredMs: null };
    this.#resolve({ kind: 'failed', why: this.#controller ? why : 'not-connected', times });
  }

  #end(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#call.signal?.removeEventListener('abort', this.#giveUp);
  }
}
