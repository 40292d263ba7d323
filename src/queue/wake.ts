import type { Wake } from '#src/app/ports/services.ts';
import type { Platform } from '#src/domain/inbound.ts';
import type { Lane } from '#src/domain/outbound.ts';
import type { JobDefinition } from './define-job.ts';
import type { JobQueues } from './job-queues.ts';

/** The jobs that are woken by name; they live in `jobs/`, which this room does not import. */
export interface WakeJobs {
  readonly sendLane: JobDefinition<{ platform: Platform; lane: Lane }>;
  readonly handleInbox: JobDefinition<{ chatKey: string }>;
  readonly runEffects: JobDefinition<{ chatKey: string }>;
}

/**
 * Wakes over Redis. Throws when Redis is away: whoever calls has committed before and may swallow it, since the
 * putting-back timer wakes what waits.
 */
export function createWake(queues: JobQueues, jobs: WakeJobs): Wake {
  return {
    lane: (platform, lane) => queues.add(jobs.sendLane, jobs.sendLane.place({ platform, lane })),
    inbox: (chatKey) => queues.add(jobs.handleInbox, jobs.handleInbox.place({ chatKey })),
    effects: (chatKey) => queues.add(jobs.runEffects, jobs.runEffects.place({ chatKey })),
  };
}
