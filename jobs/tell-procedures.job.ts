import { z } from 'zod';
import { defineJob } from '#src/queue/define-job.ts';

/** Tells those who watch the board of procedures what got worse, or is missing. */
export const tellProcedures = defineJob<Record<string, never>>({
  name: 'tell-procedures',
  queue: 'procedures',
  payload: z.strictObject({}),
  jobId: () => 'tell-procedures',
  attempts: 1,
  timeoutMs: 60_000,
  schedule: { everyMs: 60_000, payload: {} },
  globalConcurrency: 1,
  async run(_payload, ports, signal) {
    await ports.tellProcedures(signal);
    return null;
  },
});
