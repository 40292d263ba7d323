import type { ZodType } from 'zod';
import type { JobPorts } from './job-ports.ts';

/** `againInMs`: the same job is added once more after that delay. */
export type JobOutcome = { readonly againInMs: number } | null;

export interface JobSpec<Payload extends object> {
  readonly name: string;
  /** One queue, or a family of queues of which the payload picks one (a lane a queue). */
  readonly queue: string | { readonly all: readonly string[]; readonly of: (payload: Payload) => string };
  readonly payload: ZodType<Payload>;
  /**
   * Jobs with the same id are the same work: while one waits no second is added, and one added while the first runs
   * is kept for afterwards. Holds no ":" and is not all digits.
   */
  readonly jobId: (payload: Payload) => string;
  /** How often it is tried in all. Only for failures that a second try can mend; sends never come here. */
  readonly attempts: number;
  readonly backoff?: { readonly type: 'fixed' | 'exponential'; readonly delayMs: number };
  /**
   * A run that broke is made once more so soon, however often: for work whose truth lies in the database, so that a job which
   * is tried again and one that was woken meanwhile are never the same.
   */
  readonly againAfterFailureMs?: number;
  /** After this long the job's signal aborts; a job that does not listen is given up shortly after. */
  readonly timeoutMs: number;
  readonly schedule?: { readonly everyMs: number; readonly payload: Payload };
  /** How many may run at once over all processes. */
  readonly globalConcurrency?: number;
  readonly run: (payload: Payload, ports: JobPorts, signal: AbortSignal) => Promise<JobOutcome>;
}

/** A job as the machinery sees it, whatever its payload. */
export interface AnyJob {
  readonly name: string;
  readonly queues: readonly string[];
  readonly attempts: number;
  readonly backoff?: { readonly type: 'fixed' | 'exponential'; readonly delayMs: number };
  readonly againAfterFailureMs?: number;
  readonly timeoutMs: number;
  readonly schedule?: { readonly everyMs: number; readonly queue: string; readonly data: object };
  readonly globalConcurrency?: number;
  /** Checks what came out of Redis. A payload that does not fit answers `invalid` and is never tried again. */
  parse(raw: unknown):
    | {
        readonly kind: 'ok';
        readonly run: (ports: JobPorts, signal: AbortSignal) => Promise<JobOutcome>;
        readonly placement: JobPlacement;
      }
    | { readonly kind: 'invalid' };
}

export interface JobPlacement {
  readonly name: string;
  readonly queue: string;
  readonly jobId: string;
  readonly data: object;
}

export interface JobDefinition<Payload extends object> extends AnyJob {
  /** Where a job with this payload goes and under which id. Throws on an id that BullMQ would misread. */
  place(payload: Payload): JobPlacement;
}

/** One background job: its name, queue, payload and limits in one value. Throws on a spec that cannot work. */
export function defineJob<Payload extends object>(spec: JobSpec<Payload>): JobDefinition<Payload> {
  const queues = typeof spec.queue === 'string' ? [spec.queue] : spec.queue.all;
  for (const name of [spec.name, ...queues]) {
    if (!/^[a-z][a-z0-9-]*$/.test(name)) throw new Error(`not a job or queue name: ${name}`);
  }
  if (queues.length === 0 || spec.attempts < 1 || spec.timeoutMs <= 0) {
    throw new Error(`job ${spec.name} can never run`);
  }
  const place = (payload: Payload): JobPlacement => {
    const queue = typeof spec.queue === 'string' ? spec.queue : spec.queue.of(payload);
    if (!queues.includes(queue)) throw new Error(`job ${spec.name} names the unknown queue ${queue}`);
    return { name: spec.name, queue, jobId: checkedId(spec.jobId(payload)), data: payload };
  };
  return {
    name: spec.name,
    queues,
    attempts: spec.attempts,
    timeoutMs: spec.timeoutMs,
    ...(spec.backoff ? { backoff: spec.backoff } : {}),
    ...(spec.againAfterFailureMs === undefined ? {} : { againAfterFailureMs: spec.againAfterFailureMs }),
    ...(spec.globalConcurrency === undefined ? {} : { globalConcurrency: spec.globalConcurrency }),
    ...(spec.schedule
      ? {
          schedule: {
            everyMs: spec.schedule.everyMs,
            queue: place(spec.schedule.payload).queue,
            data: spec.schedule.payload,
          },
        }
      : {}),
    place,
    parse(raw) {
      const parsed = spec.payload.safeParse(raw);
      if (!parsed.success) return { kind: 'invalid' };
      return {
        kind: 'ok',
        run: (ports, signal) => spec.run(parsed.data, ports, signal),
        placement: place(parsed.data),
      };
    },
  };
}

/** A chat key as part of a job id: BullMQ refuses ":" in ids. */
export function idPart(text: string): string {
  return text.replaceAll(':', '_');
}

function checkedId(id: string): string {
  if (id === '' || id.includes(':') || /^\d+$/.test(id))
    throw new Error('a job id holds no ":" and is not all digits');
  return id;
}
