import { z } from 'zod';
import { defineJob } from '#src/queue/define-job.ts';

/** Gives the editors, once a day at the plan's hour, what residents asked in the groups. */
export const listQuestions = defineJob<Record<string, never>>({
  name: 'list-questions',
  queue: 'questions',
  payload: z.strictObject({}),
  jobId: () => 'list-questions',
  attempts: 1,
  timeoutMs: 60_000,
  schedule: { everyMs: 60_000, payload: {} },
  globalConcurrency: 1,
  async run(_payload, ports, signal) {
    await ports.listQuestions(signal);
    return null;
  },
});
