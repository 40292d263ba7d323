import { Worker } from 'node:worker_threads';
import type { Documents, ReadDocument } from '#src/app/ports/documents.ts';

/** Some hundred pages take well under a second. */
const TIMEOUT_MS = 10_000;
const MOST_MEMORY_MB = 256;

/**
 * The adapter of `Documents`. A file is read in a thread of its own, with an end to its time and its memory: nobody's answer
 * waits for somebody's file, and one that is made to be endless is refused as too big.
 */
export function createDocuments({ timeoutMs = TIMEOUT_MS } = {}): Documents {
  return { readWords: ({ bytes }) => readInThread(bytes, timeoutMs) };
}

function readInThread(bytes: Uint8Array, timeoutMs: number): Promise<ReadDocument> {
  const thread = new Worker(new URL('./reading-thread.ts', import.meta.url), {
    workerData: bytes,
    resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY_MB },
  });
  const { promise, resolve, reject } = Promise.withResolvers<ReadDocument>();
  const timer = setTimeout(() => resolve({ kind: 'refused', why: 'too-big' }), timeoutMs);
  thread.once('message', resolve);
  thread.once('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') resolve({ kind: 'refused', why: 'too-big' });
    else reject(error);
  });
  return promise.finally(async () => {
    clearTimeout(timer);
    await thread.terminate();
  });
}
