import { z } from 'zod';
import { defineJob } from '#src/queue/define-job.ts';

/** Says what cases have to say: due soon, overdue, a resident's silence. Due times are in the database. */
export const tickCases = defineJob<Record<string, never>>({
  name: 'tick-cases',
  queue: 'cases',
  payload: z.strictObject({}),
  jobId: () => 'tick-cases',
  attempts: 1,
  timeoutMs: 60_000,
  schedule: { everyMs: 15_000, payload: {} },
  globalConcurrency: 1,
  async run(_payload, ports, signal) {
    await ports.tickCases(signal);
    return null;
  },
});
