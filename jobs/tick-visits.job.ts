import { z } from 'zod';
import { defineJob } from '#src/queue/define-job.ts';

/** Tells inspectors that the day of a visit is here, and units that one is announced. Due times are in the database. */
export const tickVisits = defineJob<Record<string, never>>({
  name: 'tick-visits',
  queue: 'visits',
  payload: z.strictObject({}),
  jobId: () => 'tick-visits',
  attempts: 1,
  timeoutMs: 60_000,
  schedule: { everyMs: 15_000, payload: {} },
  globalConcurrency: 1,
  async run(_payload, ports, signal) {
    await ports.tickVisits(signal);
    return null;
  },
});
