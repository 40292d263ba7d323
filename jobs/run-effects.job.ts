import { z } from 'zod';
import { defineJob, idPart } from '#src/queue/define-job.ts';

/** Runs the committed effects of one conversation. Each effect is idempotent by its id. */
export const runEffects = defineJob<{ chatKey: string }>({
  name: 'run-effects',
  queue: 'effects',
  payload: z.object({ chatKey: z.string().min(1) }),
  jobId: ({ chatKey }) => `effects-${idPart(chatKey)}`,
  attempts: 3,
  backoff: { type: 'exponential', delayMs: 500 },
  timeoutMs: 60_000,
  async run({ chatKey }, ports, signal) {
    await ports.runEffects(chatKey, signal);
    return null;
  },
});
