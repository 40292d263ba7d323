import { z } from 'zod';
import { defineJob } from '#src/queue/define-job.ts';

/** Makes runs of the series whose time is near, and looks after what waits for an approval. All of it is in the database: a tick that is missed is made up by the next. */
export const tickSchedule = defineJob<Record<string, never>>({
  name: 'tick-schedule',
  queue: 'schedule',
  payload: z.strictObject({}),
  jobId: () => 'tick-schedule',
  attempts: 1,
  timeoutMs: 60_000,
  schedule: { everyMs: 30_000, payload: {} },
  globalConcurrency: 1,
  async run(_payload, ports, signal) {
    await ports.tickSchedule(signal);
    return null;
  },
});
