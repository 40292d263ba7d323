import { Queue } from 'bullmq';
import type { JobsOptions } from 'bullmq';
import type { Log } from '#src/app/ports/services.ts';
import { producerConnection, quietLogger } from './connections.ts';
import type { AnyJob, JobPlacement } from './define-job.ts';

export interface JobQueuesOptions {
  readonly redisUrl: string;
  /** Namespace of all keys, so that several installations (or tests) share one Redis. */
  readonly prefix: string;
  readonly log: Log;
}

/** Adds jobs. Every call throws at once when Redis is away: callers have committed already and may ignore it. */
export interface JobQueues {
  add(job: AnyJob, placement: JobPlacement, delayMs?: number): Promise<void>;
  /** Puts back the schedule and the global concurrency of a job, if a flush took them. */
  restore(job: AnyJob, realNowMs: number): Promise<void>;
  /** How many jobs wait, run or are delayed in a queue; for tests and metrics. */
  counts(queue: string): Promise<Readonly<Record<string, number>>>;
  close(): Promise<void>;
}

/** Finished jobs say nothing that the database does not: few are kept, for a look when something is odd. */
export const KEPT_COMPLETED = { count: 100, age: 3_600 };
export const KEPT_FAILED = { count: 500, age: 3 * 24 * 3_600 };

/** A scheduler whose next tick is this many intervals late has died; BullMQ does not notice. */
const LATE_INTERVALS = 3;

export function createJobQueues(options: JobQueuesOptions): JobQueues {
  const complain = quietLogger(options.log, 'queue: redis error');
  const connection = producerConnection(options.redisUrl, (error) => complain('producer', error));
  const queues = new Map<string, Queue>();

  /**
   * A Queue that meets an unready connection while it starts stays broken for good, so it is made only on a ready one
   * and thrown away if its start fails.
   */
  async function queueOf(name: string): Promise<Queue> {
    const known = queues.get(name);
    if (known) return known;
    if (connection.status !== 'ready') throw new Error('redis is not ready');
    const queue = new Queue(name, { connection, prefix: options.prefix, skipWaitingForReady: true });
    queue.on('error', (error) => complain('queue', error));
    queues.set(name, queue);
    try {
      await queue.waitUntilReady();
    } catch (error) {
      queues.delete(name);
      throw error;
    }
    return queue;
  }

  return {
    async add(job, placement, delayMs = 0) {
      const queue = await queueOf(placement.queue);
      await queue.add(placement.name, placement.data, jobOptions(job, placement.jobId, delayMs));
    },
    async restore(job, realNowMs) {
      if (job.globalConcurrency !== undefined) {
        for (const name of job.queues)
          await (await queueOf(name)).setGlobalConcurrency(job.globalConcurrency);
      }
      if (job.schedule)
        await restoreSchedule(await queueOf(job.schedule.queue), job, job.schedule, realNowMs);
    },
    async counts(name) {
      return (await queueOf(name)).getJobCounts('wait', 'active', 'delayed', 'failed', 'completed');
    },
    close() {
      // The connection is ours and shared: closing the queues would only wait for a Redis that may be gone.
      for (const queue of queues.values()) queue.removeAllListeners('error').on('error', () => undefined);
      connection.disconnect();
      return Promise.resolve();
    },
  };
}

/**
 * A delayed job has a dedup id of its own: else a wake-up that comes while a job runs would be overwritten by the
 * delayed one that job asks for, and a reply would wait for a penalty that does not concern it.
 */
function jobOptions(job: AnyJob, jobId: string, delayMs: number): JobsOptions {
  const common: JobsOptions = {
    attempts: job.attempts,
    removeOnComplete: KEPT_COMPLETED,
    removeOnFail: KEPT_FAILED,
    ...(job.backoff ? { backoff: { type: job.backoff.type, delay: job.backoff.delayMs } } : {}),
  };
  if (delayMs <= 0) return { ...common, deduplication: { id: jobId, keepLastIfActive: true } };
  return {
    ...common,
    delay: Math.ceil(delayMs),
    deduplication: { id: `${jobId}-later`, replace: true, keepLastIfActive: true },
  };
}

async function restoreSchedule(
  queue: Queue,
  job: AnyJob,
  schedule: NonNullable<AnyJob['schedule']>,
  realNowMs: number,
): Promise<void> {
  const id = `every-${job.name}`;
  const found = await queue.getJobScheduler(id);
  const alive =
    found?.every === schedule.everyMs &&
    found.next !== undefined &&
    found.next > realNowMs - LATE_INTERVALS * schedule.everyMs;
  if (alive) return;
  if (found) await queue.removeJobScheduler(id);
  await queue.upsertJobScheduler(
    id,
    { every: schedule.everyMs },
    {
      name: job.name,
      data: schedule.data,
      opts: { attempts: 1, removeOnComplete: KEPT_COMPLETED, removeOnFail: KEPT_FAILED },
    },
  );
}
