import { z } from 'zod';
import { LANES } from '#src/domain/outbound.ts';

/** Telegram's limit for what a button carries. */
const MAX_PAYLOAD_BYTES = 64;

const chat = z.strictObject({ platform: z.enum(['telegram', 'zalo']), chatId: z.string().min(1) });

const message = z
  .strictObject({
    text: z.string(),
    buttons: z
      .array(
        z.strictObject({
          label: z.string().min(1),
          payload: z.string().refine((payload) => Buffer.byteLength(payload) <= MAX_PAYLOAD_BYTES),
        }),
      )
      .optional(),
    spans: z
      .array(z.strictObject({ kind: z.enum(['bold', 'italic']), offset: z.int(), length: z.int() }))
      .optional(),
    photoIds: z.array(z.string().min(1)).min(1).max(10).optional(),
    documentId: z.string().min(1).optional(),
    callbackId: z.string().min(1).optional(),
  })
  // A photo of an album that the platform takes one by one stands alone.
  .refine(
    ({ text, photoIds, documentId }) => text !== '' || photoIds !== undefined || documentId !== undefined,
  );

const prompt = z.strictObject({
  id: z.string().min(1),
  subject: z.looseObject({ kind: z.string() }),
  choices: z.array(z.strictObject({ number: z.string(), value: z.string(), label: z.string().min(1) })),
});

/** A new row of the ledger, and nothing else in it. */
export const deliverySchema = z.strictObject({
  id: z.string().min(1),
  lane: z.enum(LANES as [string, ...string[]]),
  platform: z.enum(['telegram', 'zalo']),
  target: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('chat'), chat }),
    z.strictObject({ kind: z.literal('destination'), destinationId: z.string().min(1) }),
  ]),
  runId: z.string().min(1).optional(),
  rendering: z.string().min(1).optional(),
  message: message.optional(),
  prompt: prompt.optional(),
  state: z.literal('pending'),
  dueAtMs: z.number(),
  sentParts: z.array(z.string()).max(0),
  attempts: z.literal(0),
  detail: z.string().optional(),
});
