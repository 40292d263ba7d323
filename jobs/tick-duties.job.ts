import { z } from 'zod';
import { defineJob } from '#src/queue/define-job.ts';

/** Sends the reminders whose time has come. Due times are in the database: a tick that is missed is made up by the next. */
export const tickDuties = defineJob<Record<string, never>>({
  name: 'tick-duties',
  queue: 'duties',
  payload: z.strictObject({}),
  jobId: () => 'tick-duties',
  attempts: 1,
  timeoutMs: 60_000,
  schedule: { everyMs: 15_000, payload: {} },
  globalConcurrency: 1,
  async run(_payload, ports, signal) {
    await ports.tickDuties(signal);
    return null;
  },
});
