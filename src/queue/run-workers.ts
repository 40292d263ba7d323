import { UnrecoverableError, Worker } from 'bullmq';
import type { Job } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Log } from '#src/app/ports/services.ts';
import { errorCode, quietLogger, workerConnection } from './connections.ts';
import type { AnyJob } from './define-job.ts';
import type { JobPorts } from './job-ports.ts';
import type { JobQueues } from './job-queues.ts';
import { KEPT_COMPLETED, KEPT_FAILED } from './job-queues.ts';
import { runWithin } from './run-within.ts';

export interface RunWorkersOptions {
  readonly jobs: readonly AnyJob[];
  readonly ports: JobPorts;
  /** Where jobs that ask to run again are added. */
  readonly queues: JobQueues;
  readonly redisUrl: string;
  readonly prefix: string;
  /** Jobs at once a queue in this process; 1 where nothing is said. */
  readonly concurrency?: Readonly<Record<string, number>>;
  readonly log: Log;
  /** A worker that died is noticed after about this long, and its jobs run again elsewhere. */
  readonly stalledAfterMs?: number;
}

export interface RunningWorkers {
  /** Takes no more jobs, tells the running ones to stop, and goes at the deadline whatever they do. */
  close(deadlineMs: number): Promise<void>;
}

const STALLED_AFTER_MS = 15_000;
/** Jobs are safe to repeat, so a job that stalls is tried often before it is given up. */
const MAX_STALLED = 10;

/** One worker a queue. Redis may be away when this is called: the workers start when it comes. */
export function runWorkers(options: RunWorkersOptions): RunningWorkers {
  const stop = new AbortController();
  const complain = quietLogger(options.log, 'worker: redis error');
  const byQueue = new Map<string, Map<string, AnyJob>>();
  for (const job of options.jobs) {
    for (const queue of job.queues) {
      const jobs = byQueue.get(queue) ?? new Map<string, AnyJob>();
      byQueue.set(queue, jobs.set(job.name, job));
    }
  }
  const connection = workerConnection(options.redisUrl, (error) => complain('worker-connection', error));
  const workers = [...byQueue].map(([queue, jobs]) => {
    const worker = makeWorker(queue, jobs, connection, options, stop.signal);
    worker.on('error', (error) => complain(`worker-${queue}`, error));
    worker.on('failed', (job, error) => {
      options.log.error({ queue, job: job?.name ?? null, code: errorCode(error) }, 'job failed');
    });
    return worker;
  });
  return { close: (deadlineMs) => closeWorkers(workers, connection, stop, deadlineMs) };
}

function makeWorker(
  queue: string,
  jobs: ReadonlyMap<string, AnyJob>,
  connection: Redis,
  options: RunWorkersOptions,
  stop: AbortSignal,
): Worker {
  const stalledAfterMs = options.stalledAfterMs ?? STALLED_AFTER_MS;
  return new Worker(queue, (job: Job<unknown, void>) => processJob(queue, jobs, job, options, stop), {
    connection,
    prefix: options.prefix,
    concurrency: options.concurrency?.[queue] ?? 1,
    lockDuration: stalledAfterMs,
    stalledInterval: stalledAfterMs,
    maxStalledCount: MAX_STALLED,
    removeOnComplete: KEPT_COMPLETED,
    removeOnFail: KEPT_FAILED,
  });
}

async function processJob(
  queue: string,
  jobs: ReadonlyMap<string, AnyJob>,
  job: Job<unknown, void>,
  options: RunWorkersOptions,
  stop: AbortSignal,
): Promise<void> {
  const definition = jobs.get(job.name);
  if (!definition) {
    // An older or newer release left it; failing it again and again would help nobody.
    options.log.warn({ queue, job: job.name }, 'unknown job left alone');
    return;
  }
  const parsed = definition.parse(job.data);
  if (parsed.kind === 'invalid') throw new UnrecoverableError('payload does not fit');
  const runAgain = async (againInMs: number): Promise<void> => {
    if (stop.aborted) return;
    try {
      await options.queues.add(definition, parsed.placement, Math.max(1, againInMs));
    } catch (error) {
      options.log.warn({ queue, job: job.name, code: errorCode(error) }, 'could not ask to run again');
    }
  };
  try {
    const outcome = await runWithin(definition.timeoutMs, stop, (signal) =>
      parsed.run(options.ports, signal),
    );
    if (outcome !== null) await runAgain(outcome.againInMs);
  } catch (error) {
    if (definition.againAfterFailureMs !== undefined) await runAgain(definition.againAfterFailureMs);
    throw error;
  }
}

async function closeWorkers(
  workers: readonly Worker[],
  connection: Redis,
  stop: AbortController,
  deadlineMs: number,
): Promise<void> {
  stop.abort(new Error('shutting down'));
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), deadlineMs);
  });
  const closing = Promise.allSettled(workers.map((worker) => worker.close()));
  const how = await Promise.race([closing, deadline]);
  clearTimeout(timer);
  // Nobody listens any more, and the libraries report the end of their connections as errors.
  for (const worker of workers) worker.removeAllListeners('error').on('error', () => undefined);
  if (how === 'late') await Promise.race([disconnectAll(workers), afterMs(500)]);
  connection.disconnect();
}

/** One after the other: all share a connection, and the second finds it closed already. */
async function disconnectAll(workers: readonly Worker[]): Promise<void> {
  for (const worker of workers) await worker.disconnect().catch(() => undefined);
}

function afterMs(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
