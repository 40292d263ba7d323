import { z } from 'zod';
import type { InboundContent, RemoteFile } from '#src/domain/inbound.ts';
import { idSchema } from './ids.ts';
import { parseZaloJson } from './json.ts';

const textField = z.string().optional().catch(undefined);
const degrees = z.union([z.number(), z.string().regex(/^-?\d{1,3}(\.\d+)?$/)]).transform(Number);

const placeSchema = z.union([
  z.object({ latitude: degrees, longitude: degrees }),
  z
    .object({ lat: degrees, long: degrees })
    .transform(({ lat, long }) => ({ latitude: lat, longitude: long })),
]);

const payloadSchema = z.object({
  url: textField,
  name: textField,
  title: textField,
  description: textField,
  phone: idSchema.optional().catch(undefined),
  size: z.coerce.number().int().nonnegative().optional().catch(undefined),
  coordinates: placeSchema.optional().catch(undefined),
});

const quoteSchema = z.object({
  msg_id: idSchema.optional().catch(undefined),
  message_id: idSchema.optional().catch(undefined),
  text: textField,
});

/** The `message` of an event; single fields that make no sense are left out, the rest stays. */
export const messageSchema = z.object({
  text: textField,
  msg_id: idSchema.optional().catch(undefined),
  message_id: idSchema.optional().catch(undefined),
  conversation_id: idSchema.optional().catch(undefined),
  quote_msg: quoteSchema.optional().catch(undefined),
  quote_msg_id: idSchema.optional().catch(undefined),
  location: placeSchema.optional().catch(undefined),
  attachments: z
    .array(z.object({ payload: payloadSchema }))
    .optional()
    .catch(undefined),
});

export type ZaloMessage = z.infer<typeof messageSchema>;
type Payload = z.infer<typeof payloadSchema>;

const FILE_KINDS: Readonly<Record<string, RemoteFile['kind']>> = {
  image: 'photo',
  gif: 'photo',
  audio: 'voice',
  voice: 'voice',
  video: 'video',
  file: 'document',
};

function fileContent(
  kind: RemoteFile['kind'],
  message: ZaloMessage,
  payload: Payload,
): InboundContent | null {
  if (payload.url === undefined || payload.url === '') return null;
  const file: RemoteFile = {
    kind,
    ref: payload.url,
    ...(payload.name === undefined || payload.name === '' ? {} : { name: payload.name }),
    ...(payload.size === undefined ? {} : { sizeBytes: payload.size }),
  };
  const caption = message.text;
  return { kind: 'file', file, ...(caption === undefined || caption === '' ? {} : { caption }) };
}

function textContent(text: string | undefined): InboundContent | null {
  return text === undefined || text === '' ? null : { kind: 'text', text };
}

/** A link is what was written plus the address, once. */
function linkContent(message: ZaloMessage, payload: Payload): InboundContent | null {
  const text = message.text ?? '';
  const url = payload.url ?? '';
  if (url === '' || text.includes(url)) return textContent(text);
  return textContent(text === '' ? url : `${text}\n${url}`);
}

function locationContent(message: ZaloMessage, payload: Payload): InboundContent | null {
  const place = payload.coordinates ?? message.location;
  if (place === undefined || Math.abs(place.latitude) > 90 || Math.abs(place.longitude) > 180) return null;
  return { kind: 'location', ...place };
}

/** Business cards hide the phone number in a description that is JSON itself. */
function cardContent(payload: Payload): InboundContent | null {
  const card = z
    .object({ phone: idSchema })
    .safeParse(payload.phone === undefined ? parseZaloJson(payload.description ?? '') : payload);
  if (!card.success) return null;
  const name = payload.title;
  return { kind: 'contact', phone: card.data.phone, ...(name === undefined || name === '' ? {} : { name }) };
}

const NO_PAYLOAD: Payload = payloadSchema.parse({});

/**
 * What a `user_send_<kind>` or `user_send_group_<kind>` says; null when nothing can be made of it. Of several attachments the
 * first counts: the platform sends one event a file.
 */
export function contentOfMessage(kind: string, message: ZaloMessage): InboundContent | null {
  const payload = message.attachments?.[0]?.payload ?? NO_PAYLOAD;
  const fileKind = Object.hasOwn(FILE_KINDS, kind) ? FILE_KINDS[kind] : undefined;
  if (fileKind !== undefined) return fileContent(fileKind, message, payload);
  switch (kind) {
    case 'text':
      return textContent(message.text);
    case 'link':
      return linkContent(message, payload);
    case 'location':
      return locationContent(message, payload);
    case 'business_card':
      return cardContent(payload);
    case 'sticker':
      return { kind: 'sticker' };
    default:
      return null;
  }
}
