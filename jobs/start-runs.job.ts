import { z } from 'zod';
import { defineJob } from '#src/queue/define-job.ts';

/** Starts broadcast runs that are due and moves the running ones on. */
export const startRuns = defineJob<Record<string, never>>({
  name: 'start-runs',
  queue: 'runs',
  payload: z.strictObject({}),
  jobId: () => 'start-runs',
  attempts: 1,
  timeoutMs: 120_000,
  schedule: { everyMs: 5_000, payload: {} },
  globalConcurrency: 1,
  async run(_payload, ports, signal) {
    await ports.advanceRuns(signal);
    return null;
  },
});
