import { z } from 'zod';
import { defineJob } from '#src/queue/define-job.ts';

/** Tells officers which of their answers did not reach a resident. */
export const tellUndelivered = defineJob<Record<string, never>>({
  name: 'tell-undelivered',
  queue: 'undelivered',
  payload: z.strictObject({}),
  jobId: () => 'tell-undelivered',
  attempts: 1,
  timeoutMs: 60_000,
  schedule: { everyMs: 30_000, payload: {} },
  globalConcurrency: 1,
  async run(_payload, ports, signal) {
    await ports.tellUndelivered(signal);
    return null;
  },
});
