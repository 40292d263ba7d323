import { Worker } from 'node:worker_threads';
import type { JsonAnswer, JsonCall, JsonPostOptions } from './post-json.ts';

/** What goes to the thread, and what comes back. */
export interface TimedCall extends Omit<JsonCall, 'signal'> {
  /** By `steadyMs`. */
  readonly atMs: number;
}
export interface ToThread {
  readonly id: number;
  readonly call: TimedCall;
}
export interface FromThread {
  readonly id: number;
  readonly answer: JsonAnswer;
}

/** Makes each call at its moment. */
export interface TimedPost {
  post(call: TimedCall): Promise<JsonAnswer>;
  close(): void;
}

/**
 * At 30 calls a second each millisecond that a call leaves late, or its answer is noticed late, is a millisecond lost or a
 * refusal. So these calls wait, leave and are answered in a thread of their own, which a busy process does not hold up. It
 * starts with the first call. Should it ever die, what it had in hand counts as cut, as it may have left, and `onFault` hears
 * why; the next call starts another.
 */
export function createTimedPost(options: JsonPostOptions, onFault: (error: Error) => void): TimedPost {
  let thread: CallThread | null = null;
  let calls = 0;
  const forget = (one: CallThread): void => {
    if (thread === one) thread = null;
  };
  return {
    post(call) {
      thread ??= startThread(options, onFault, forget);
      calls += 1;
      return thread.post(calls, call);
    },
    close() {
      void thread?.worker.terminate();
      thread = null;
    },
  };
}

interface CallThread {
  readonly worker: Worker;
  post(id: number, call: TimedCall): Promise<JsonAnswer>;
}

function startThread(
  options: JsonPostOptions,
  onFault: (error: Error) => void,
  ended: (thread: CallThread) => void,
): CallThread {
  const worker = new Worker(new URL('./timed-post-thread.ts', import.meta.url), { workerData: options });
  const open = new Map<number, (answer: JsonAnswer) => void>();
  const end = ({ id, answer }: FromThread): void => {
    open.get(id)?.(answer);
    open.delete(id);
    if (open.size === 0) worker.unref();
  };
  const thread: CallThread = {
    worker,
    post: (id, call) =>
      new Promise((resolve) => {
        worker.ref();
        open.set(id, resolve);
        worker.postMessage({ id, call } satisfies ToThread);
      }),
  };
  worker.on('message', end);
  worker.on('error', onFault);
  worker.once('exit', () => {
    ended(thread);
    const times = { leftMs: null, answeredMs: null };
    for (const id of [...open.keys()]) end({ id, answer: { kind: 'failed', why: 'cut', times } });
  });
  return thread;
}
