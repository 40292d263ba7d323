import { z } from 'zod';
import { defineJob } from '#src/queue/define-job.ts';

/** Asks residents with open cases to keep their Zalo chat open before it shuts. */
export const watchWindows = defineJob<Record<string, never>>({
  name: 'watch-windows',
  queue: 'windows',
  payload: z.strictObject({}),
  jobId: () => 'watch-windows',
  attempts: 1,
  timeoutMs: 60_000,
  schedule: { everyMs: 60_000, payload: {} },
  globalConcurrency: 1,
  async run(_payload, ports, signal) {
    await ports.watchWindows(signal);
    return null;
  },
});
