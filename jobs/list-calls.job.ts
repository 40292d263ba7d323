import { z } from 'zod';
import { defineJob } from '#src/queue/define-job.ts';

/** Gives officers the list of residents who asked to be called, each working morning. */
export const listCalls = defineJob<Record<string, never>>({
  name: 'list-calls',
  queue: 'calls',
  payload: z.strictObject({}),
  jobId: () => 'list-calls',
  attempts: 1,
  timeoutMs: 60_000,
  schedule: { everyMs: 60_000, payload: {} },
  globalConcurrency: 1,
  async run(_payload, ports, signal) {
    await ports.listCalls(signal);
    return null;
  },
});
