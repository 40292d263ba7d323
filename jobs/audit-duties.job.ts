import { z } from 'zod';
import { defineJob } from '#src/queue/define-job.ts';

/** Proves once a day that no duty is without person, address and reminder, and sees each minute that the tick lives. */
export const auditDuties = defineJob<Record<string, never>>({
  name: 'audit-duties',
  queue: 'audit',
  payload: z.strictObject({}),
  jobId: () => 'audit-duties',
  attempts: 1,
  timeoutMs: 60_000,
  schedule: { everyMs: 60_000, payload: {} },
  globalConcurrency: 1,
  async run(_payload, ports, signal) {
    await ports.auditDuties(signal);
    return null;
  },
});
