import { z } from 'zod';

const file = z.strictObject({
  kind: z.enum(['photo', 'voice', 'video', 'document']),
  ref: z.string().min(1),
  name: z.string().min(1).optional(),
  sizeBytes: z.int().nonnegative().optional(),
});

const content = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('text'), text: z.string().min(1), marked: z.string().min(1).optional() }),
  z.strictObject({
    kind: z.literal('file'),
    file,
    caption: z.string().min(1).optional(),
    markedCaption: z.string().min(1).optional(),
    albumId: z.string().min(1).optional(),
  }),
  z.strictObject({
    kind: z.literal('location'),
    latitude: z.number().min(-90).max(90),
    longitude: z.number().min(-180).max(180),
  }),
  z.strictObject({
    kind: z.literal('contact'),
    phone: z.string().min(1),
    name: z.string().min(1).optional(),
  }),
  z.strictObject({ kind: z.literal('sticker') }),
  z.strictObject({
    kind: z.literal('tap'),
    payload: z.string(),
    messageId: z.string().min(1),
    callbackId: z.string().min(1),
  }),
  z.strictObject({
    kind: z.literal('bot-added'),
    title: z.string(),
    hasTopics: z.literal(true).optional(),
  }),
  z.strictObject({ kind: z.literal('bot-removed') }),
  z.strictObject({ kind: z.literal('migrated'), toChatId: z.string().regex(/^-?\d+$/) }),
  z.strictObject({ kind: z.literal('followed') }),
  z.strictObject({ kind: z.literal('unfollowed') }),
]);

const event = z.strictObject({
  platform: z.enum(['telegram', 'zalo']),
  eventId: z.string().min(1),
  order: z.string().regex(/^\d{16}/),
  chat: z.strictObject({
    id: z.string().min(1),
    kind: z.enum(['private', 'group']),
    title: z.string().optional(),
  }),
  sender: z.strictObject({ id: z.string().min(1), name: z.string() }).nullable(),
  sentAtMs: z.number().nonnegative(),
  content,
  quoted: z
    .strictObject({
      messageId: z.string().min(1),
      text: z.string().optional(),
      senderName: z.string().min(1).optional(),
    })
    .optional(),
  threadId: z.string().regex(/^\d+$/u).optional(),
});

/** What an inbound function may give, and nothing else: no field too many, no field of another type. */
export const inboundSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('event'), event }),
  z.strictObject({ kind: z.literal('ignored'), reason: z.string().regex(/^[a-z][a-z:_-]{1,99}$/) }),
]);
