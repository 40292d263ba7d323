import { z } from 'zod';
import { defineJob } from '#src/queue/define-job.ts';

/** Tells each leader, once a week, what is overdue, due and done. */
export const tellWeek = defineJob<Record<string, never>>({
  name: 'tell-week',
  queue: 'week',
  payload: z.strictObject({}),
  jobId: () => 'tell-week',
  attempts: 1,
  timeoutMs: 60_000,
  schedule: { everyMs: 60_000, payload: {} },
  globalConcurrency: 1,
  async run(_payload, ports, signal) {
    await ports.tellWeek(signal);
    return null;
  },
});
