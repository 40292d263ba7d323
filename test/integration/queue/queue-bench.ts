import { randomUUID } from 'node:crypto';
import { wakeJobs } from '#jobs/index.ts';
import type { Log, Wake } from '#src/app/ports/services.ts';
import type { AnyJob } from '#src/queue/define-job.ts';
import type { JobPorts } from '#src/queue/job-ports.ts';
import { createJobQueues } from '#src/queue/job-queues.ts';
import type { JobQueues } from '#src/queue/job-queues.ts';
import { runWorkers } from '#src/queue/run-workers.ts';
import type { RunningWorkers } from '#src/queue/run-workers.ts';
import { createWake } from '#src/queue/wake.ts';

export interface LogLine {
  readonly level: 'info' | 'warn' | 'error';
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

function rememberingLog(): Log & { readonly lines: LogLine[] } {
  const lines: LogLine[] = [];
  const at =
    (level: LogLine['level']) =>
    (fields: Readonly<Record<string, unknown>>, message: string): void => {
      lines.push({ level, message, fields });
    };
  return { lines, info: at('info'), warn: at('warn'), error: at('error') };
}

export interface QueueBench {
  readonly prefix: string;
  readonly calls: string[];
  readonly log: ReturnType<typeof rememberingLog>;
  readonly queues: JobQueues;
  readonly wake: Wake;
  readonly workers: RunningWorkers;
  close(): Promise<void>;
}

/** Producers and workers over one Redis, with ports that write down what was called. */
export function openBench(options: {
  readonly redisUrl: string;
  readonly jobs: readonly AnyJob[];
  readonly ports?: Partial<JobPorts>;
  readonly prefix?: string;
  readonly stalledAfterMs?: number;
}): QueueBench {
  const calls: string[] = [];
  const log = rememberingLog();
  const prefix = options.prefix ?? `test-${randomUUID()}`;
  const ports: JobPorts = {
    sendDue: (platform, lane) => {
      calls.push(`send ${platform} ${lane}`);
      return Promise.resolve({ nextInMs: null });
    },
    handleInbox: (chatKey) => {
      calls.push(`inbox ${chatKey}`);
      return Promise.resolve();
    },
    runEffects: (chatKey) => {
      calls.push(`effects ${chatKey}`);
      return Promise.resolve();
    },
    tickDuties: () => {
      calls.push('tick');
      return Promise.resolve();
    },
    tickVisits: () => {
      calls.push('tickVisits');
      return Promise.resolve();
    },
    auditDuties: () => {
      calls.push('auditDuties');
      return Promise.resolve();
    },
    sendHeartbeat: () => {
      calls.push('sendHeartbeat');
      return Promise.resolve();
    },
    askSilentHeads: () => {
      calls.push('askSilentHeads');
      return Promise.resolve();
    },
    listCalls: () => {
      calls.push('listCalls');
      return Promise.resolve();
    },
    tellWeek: () => {
      calls.push('tellWeek');
      return Promise.resolve();
    },
    tellProcedures: () => {
      calls.push('tellProcedures');
      return Promise.resolve();
    },
    listQuestions: () => {
      calls.push('listQuestions');
      return Promise.resolve();
    },
    tendPersonalData: () => {
      calls.push('tendPersonalData');
      return Promise.resolve();
    },
    watchCalendar: () => {
      calls.push('watchCalendar');
      return Promise.resolve();
    },
    watchNeighbourhoods: () => {
      calls.push('watchNeighbourhoods');
      return Promise.resolve();
    },
    tickSchedule: () => {
      calls.push('schedule');
      return Promise.resolve();
    },
    tickCases: () => {
      calls.push('cases');
      return Promise.resolve();
    },
    watchWindows: () => {
      calls.push('windows');
      return Promise.resolve();
    },
    tellUndelivered: () => {
      calls.push('undelivered');
      return Promise.resolve();
    },
    advanceRuns: () => {
      calls.push('advance');
      return Promise.resolve();
    },
    ...options.ports,
  };
  const shared = { redisUrl: options.redisUrl, prefix, log };
  const queues = createJobQueues(shared);
  const workers = runWorkers({
    ...shared,
    jobs: options.jobs,
    ports,
    queues,
    ...(options.stalledAfterMs === undefined ? {} : { stalledAfterMs: options.stalledAfterMs }),
  });
  return {
    prefix,
    calls,
    log,
    queues,
    wake: createWake(queues, wakeJobs),
    workers,
    async close() {
      await workers.close(2_000);
      await queues.close();
    },
  };
}
