import { z } from 'zod';
import { defineJob } from '#src/queue/define-job.ts';

/** Asks neighbourhood heads and chairs of meetings who have said nothing about a post, once, the next working morning. */
export const askHeads = defineJob<Record<string, never>>({
  name: 'ask-heads',
  queue: 'heads',
  payload: z.strictObject({}),
  jobId: () => 'ask-heads',
  attempts: 1,
  timeoutMs: 60_000,
  schedule: { everyMs: 60_000, payload: {} },
  globalConcurrency: 1,
  async run(_payload, ports, signal) {
    await ports.askSilentHeads(signal);
    return null;
  },
});
