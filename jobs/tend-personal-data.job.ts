import { z } from 'zod';
import { defineJob } from '#src/queue/define-job.ts';

/** Reminds of drafts and erases them in time; forgets messages whose time is over. */
export const tendPersonalData = defineJob<Record<string, never>>({
  name: 'tend-personal-data',
  queue: 'personal-data',
  payload: z.strictObject({}),
  jobId: () => 'tend-personal-data',
  attempts: 1,
  timeoutMs: 120_000,
  schedule: { everyMs: 600_000, payload: {} },
  globalConcurrency: 1,
  async run(_payload, ports, signal) {
    await ports.tendPersonalData(signal);
    return null;
  },
});
