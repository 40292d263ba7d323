import { parentPort, workerData } from 'node:worker_threads';
import { untilSteady } from '#src/app/ports/steady.ts';
import { createJsonPost, type JsonPostOptions } from './post-json.ts';
import type { FromThread, ToThread } from './timed-post.ts';

const json = createJsonPost(workerData as JsonPostOptions);

parentPort?.on('message', ({ id, call }: ToThread) => {
  void untilSteady(call.atMs)
    .then(() => json.post(call))
    .then((answer) => parentPort?.postMessage({ id, answer } satisfies FromThread));
});
