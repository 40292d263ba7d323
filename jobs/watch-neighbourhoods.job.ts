import { z } from 'zod';
import { defineJob } from '#src/queue/define-job.ts';

/** Opens a duty for a neighbourhood that no post reaches any more, and closes it when one can arrive again. */
export const watchNeighbourhoods = defineJob<Record<string, never>>({
  name: 'watch-neighbourhoods',
  queue: 'neighbourhoods',
  payload: z.strictObject({}),
  jobId: () => 'watch-neighbourhoods',
  attempts: 1,
  timeoutMs: 60_000,
  schedule: { everyMs: 60_000, payload: {} },
  globalConcurrency: 1,
  async run(_payload, ports, signal) {
    await ports.watchNeighbourhoods(signal);
    return null;
  },
});
