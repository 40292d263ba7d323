import { Collection } from 'mongodb';
import { runEntry } from '#src/main/process.ts';
import { SHUTDOWN_MS } from '#src/main/runtime.ts';
import { serve } from '#src/main/serve.ts';
import { ARMED, type Dying } from './dying.ts';

/**
 * The bot and worker of `src/main/main.ts`, which can be told to kill itself: after SIGUSR2 it dies by `kill -9` right before,
 * or right after, the so-manieth write to one of the collections in which what people said and heard stands.
 */

const COUNTED = new Set(['inbox', 'conversations', 'cases', 'deliveries', 'counters', 'audit']);
/** `insertMany` goes through `bulkWrite`. */
const WRITES = [
  'insertOne',
  'bulkWrite',
  'updateOne',
  'updateMany',
  'findOneAndUpdate',
  'deleteOne',
  'deleteMany',
] as const;

const dying = JSON.parse(process.env['DYING'] ?? '{}') as Dying;
let left = 0;
let armings = 0;

function dieAt(moment: Dying['moment']): void {
  if (moment !== dying.moment || left === 0) return;
  left -= 1;
  if (left === 0) process.kill(process.pid, 'SIGKILL');
}

for (const name of WRITES) {
  const write = Reflect.get(Collection.prototype, name) as (
    this: Collection,
    ...args: unknown[]
  ) => Promise<unknown>;
  const counted = async function (this: Collection, ...args: unknown[]): Promise<unknown> {
    const counts = COUNTED.has(this.collectionName);
    if (counts) dieAt('before');
    const result = await write.apply(this, args);
    if (counts) dieAt('after');
    return result;
  };
  Object.defineProperty(Collection.prototype, name, { value: counted });
}

process.on('SIGUSR2', () => {
  left = dying.write;
  armings += 1;
  process.stdout.write(`${ARMED} ${String(armings)}\n`);
});

const clock = { nowMs: () => Date.now() + dying.clockOffsetMs };
await runEntry((config) => serve(config, { clock, putBackEveryMs: 300 }), SHUTDOWN_MS);
