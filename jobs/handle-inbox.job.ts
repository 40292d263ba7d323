import { z } from 'zod';
import { defineJob, idPart } from '#src/queue/define-job.ts';

/** Takes in the waiting events of one chat: one chat at a time, many chats side by side. */
export const handleInbox = defineJob<{ chatKey: string }>({
  name: 'handle-inbox',
  queue: 'inbox',
  payload: z.object({ chatKey: z.string().min(1) }),
  jobId: ({ chatKey }) => `inbox-${idPart(chatKey)}`,
  attempts: 3,
  backoff: { type: 'exponential', delayMs: 500 },
  timeoutMs: 60_000,
  async run({ chatKey }, ports, signal) {
    await ports.handleInbox(chatKey, signal);
    return null;
  },
});
