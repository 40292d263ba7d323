import { z } from 'zod';
import { defineJob } from '#src/queue/define-job.ts';

/** Tells the monitor outside that the bot lives. */
export const heartbeat = defineJob<Record<string, never>>({
  name: 'heartbeat',
  queue: 'heartbeat',
  payload: z.strictObject({}),
  jobId: () => 'heartbeat',
  attempts: 1,
  timeoutMs: 30_000,
  schedule: { everyMs: 60_000, payload: {} },
  globalConcurrency: 1,
  async run(_payload, ports, signal) {
    await ports.sendHeartbeat(signal);
    return null;
  },
});
