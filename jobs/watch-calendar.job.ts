import { z } from 'zod';
import { defineJob } from '#src/queue/define-job.ts';

/** Makes next year's missing days off the duty of an admin, and ends it once they are there. */
export const watchCalendar = defineJob<Record<string, never>>({
  name: 'watch-calendar',
  queue: 'calendar',
  payload: z.strictObject({}),
  jobId: () => 'watch-calendar',
  attempts: 1,
  timeoutMs: 60_000,
  schedule: { everyMs: 3_600_000, payload: {} },
  globalConcurrency: 1,
  async run(_payload, ports, signal) {
    await ports.watchCalendar(signal);
    return null;
  },
});
