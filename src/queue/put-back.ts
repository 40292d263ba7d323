import type { DeliveryStore } from '#src/app/ports/deliveries.ts';
import type { Clock, Log, Wake } from '#src/app/ports/services.ts';
import type { ConversationStore, InboxStore } from '#src/app/ports/stores.ts';
import { quietLogger } from './connections.ts';
import type { AnyJob } from './define-job.ts';
import type { JobQueues } from './job-queues.ts';

export interface PutBackOptions {
  readonly jobs: readonly AnyJob[];
  readonly queues: Pick<JobQueues, 'restore'>;
  readonly wake: Wake;
  readonly deliveries: Pick<DeliveryStore, 'waiting' | 'recover'>;
  readonly inbox: Pick<InboxStore, 'waitingChats'>;
  readonly conversations: Pick<ConversationStore, 'waitingEffects'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly everyMs?: number;
  /** A row `sending` for longer than any call may take became uncertain: its process died. */
  readonly stuckAfterMs?: number;
  readonly realNowMs?: () => number;
}

export interface PutBack {
  start(): void;
  /** One round; never throws. A call during a round shares it. */
  runOnce(): Promise<void>;
  stop(): Promise<void>;
}

const EVERY_MS = 15_000;
/** After a round of which a part failed: the first one of a process comes before Redis has answered it. */
const AGAIN_AFTER_MS = 1_000;
const STUCK_AFTER_MS = 60_000;
/** Of a long backlog the oldest; the next round sees the rest. */
const CHATS_A_ROUND = 500;
const PART_TIMEOUT_MS = 10_000;

/**
 * Puts back into Redis what should be there: schedules, concurrency limits, and jobs for rows that wait. A plain timer
 * in every process and no job, because BullMQ's own schedulers die silently when Redis is flushed.
 */
export function createPutBack(options: PutBackOptions): PutBack {
  const everyMs = options.everyMs ?? EVERY_MS;
  const complain = quietLogger(options.log, 'put back: failed, will try again');
  const parts = putBackParts(options);
  let running: Promise<void> | null = null;
  let hasFailed = false;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  async function round(): Promise<void> {
    hasFailed = false;
    // Each part alone: a database that is away must not keep Redis from being restored, nor the other way round.
    await Promise.all(
      parts.map(async ({ name, run }) => {
        try {
          await within(PART_TIMEOUT_MS, run());
        } catch (error) {
          hasFailed = true;
          complain(name, error);
        }
      }),
    );
  }
  function runOnce(): Promise<void> {
    running ??= round().finally(() => {
      running = null;
    });
    return running;
  }
  function next(): void {
    if (stopped) return;
    const waitMs = hasFailed ? Math.min(AGAIN_AFTER_MS, everyMs) : everyMs;
    timer = setTimeout(() => void runOnce().then(next), waitMs);
    timer.unref();
  }
  return {
    start: () => void runOnce().then(next),
    runOnce,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}

function putBackParts(
  options: PutBackOptions,
): readonly { readonly name: string; readonly run: () => Promise<void> }[] {
  const { deliveries, inbox, conversations, wake } = options;
  const realNowMs = options.realNowMs ?? Date.now;
  return [
    ...options.jobs.map((job) => ({
      name: `restore-${job.name}`,
      run: () => options.queues.restore(job, realNowMs()),
    })),
    {
      name: 'deliveries',
      run: async () => {
        const { returned, unknown } = await deliveries.recover(
          realNowMs(),
          options.stuckAfterMs ?? STUCK_AFTER_MS,
        );
        if (returned + unknown > 0) options.log.warn({ returned, unknown }, 'put back: leases recovered');
        for (const { platform, lane } of await deliveries.waiting(options.clock.nowMs())) {
          await wake.lane(platform, lane);
        }
      },
    },
    {
      name: 'inbox',
      run: async () => {
        for (const chatKey of await inbox.waitingChats(CHATS_A_ROUND)) await wake.inbox(chatKey);
      },
    },
    {
      name: 'effects',
      run: async () => {
        for (const chatKey of await conversations.waitingEffects(CHATS_A_ROUND)) await wake.effects(chatKey);
      },
    },
  ];
}

async function within(timeoutMs: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('took too long')), timeoutMs);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
