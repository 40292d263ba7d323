import { invalidField, refuse, succeed } from './errors.ts';
import type { ZaloResult } from './errors.ts';
import { asFields, asFieldsList, asText } from './json.ts';
import type { Fields } from './json.ts';

/** Longest text of a message, in UTF-16 units as they arrive; a client that sends NFD has less room. */
const MAX_TEXT_LENGTH = 2_000;
/** Most buttons under one message. */
const MAX_BUTTONS = 5;
const MAX_INFO_TITLE_LENGTH = 100;
const MAX_INFO_SUBTITLE_LENGTH = 500;

/** A button under a text. The query kinds come back as `user_send_text` whose text is the payload. */
export type ZaloButton =
  | { readonly type: 'oa.query.show' | 'oa.query.hide'; readonly title: string; readonly payload: string }
  | { readonly type: 'oa.open.url'; readonly title: string; readonly url: string }
  | { readonly type: 'oa.open.phone'; readonly title: string; readonly phoneCode: string }
  | {
      readonly type: 'oa.open.sms';
      readonly title: string;
      readonly phoneCode: string;
      readonly content: string;
    };

/** What is attached to a message, references not yet looked up. */
export type ZaloAttachment =
  | { readonly kind: 'none' }
  | { readonly kind: 'buttons'; readonly buttons: readonly ZaloButton[] }
  | {
      readonly kind: 'media';
      readonly mediaType: 'image' | 'gif' | 'sticker';
      readonly source: { readonly url: string } | { readonly attachmentId: string };
    }
  | { readonly kind: 'file'; readonly token: string }
  | {
      readonly kind: 'request_user_info';
      readonly title: string;
      readonly subtitle: string;
      readonly imageUrl: string;
    };

/** A message as a client asked for it. */
export interface ParsedMessage {
  readonly text: string | undefined;
  readonly attachment: ZaloAttachment;
  readonly quoteMessageId: string | undefined;
}

const isWebAddress = (value: string): boolean => /^https?:\/\/\S+$/.test(value);

function parseButton(button: Fields, maxTitleLength: number): ZaloResult<ZaloButton> {
  const title = asText(button['title']);
  if (title === undefined) return invalidField('buttons.title');
  if (title.length > maxTitleLength) return refuse(-210);
  const payload = asFields(button['payload']);
  switch (button['type']) {
    case 'oa.query.show':
    case 'oa.query.hide': {
      const text = asText(button['payload']);
      return text === undefined
        ? invalidField('buttons.payload')
        : succeed({ type: button['type'], title, payload: text });
    }
    case 'oa.open.url': {
      const url = asText(payload?.['url']);
      return url === undefined || !isWebAddress(url)
        ? invalidField('buttons.payload.url')
        : succeed({ type: 'oa.open.url', title, url });
    }
    case 'oa.open.phone':
    case 'oa.open.sms': {
      const phoneCode = asText(payload?.['phone_code']);
      if (phoneCode === undefined) return invalidField('buttons.payload.phone_code');
      if (button['type'] === 'oa.open.phone') return succeed({ type: 'oa.open.phone', title, phoneCode });
      return succeed({ type: 'oa.open.sms', title, phoneCode, content: asText(payload?.['content']) ?? '' });
    }
    default:
      return invalidField('buttons.type');
  }
}

function parseButtons(value: unknown, maxTitleLength: number): ZaloResult<ZaloAttachment> {
  const list = asFieldsList(value);
  if (list === undefined || list.length === 0) return invalidField('buttons');
  if (list.length > MAX_BUTTONS) return refuse(-210);
  const buttons: ZaloButton[] = [];
  for (const item of list) {
    const button = parseButton(item, maxTitleLength);
    if (!button.ok) return button;
    buttons.push(button.value);
  }
  return succeed({ kind: 'buttons', buttons });
}

function parseMedia(elements: unknown): ZaloResult<ZaloAttachment> {
  const list = asFieldsList(elements);
  const element = list?.[0];
  if (list?.length !== 1 || element === undefined) return invalidField('elements');
  const mediaType = element['media_type'];
  if (mediaType !== 'image' && mediaType !== 'gif' && mediaType !== 'sticker') return refuse(-233);
  const url = asText(element['url']);
  const attachmentId = asText(element['attachment_id']);
  if (attachmentId !== undefined) return succeed({ kind: 'media', mediaType, source: { attachmentId } });
  if (mediaType === 'sticker') return invalidField('attachment_id');
  return url === undefined || !isWebAddress(url)
    ? invalidField('url')
    : succeed({ kind: 'media', mediaType, source: { url } });
}

function parseInfoRequest(elements: unknown): ZaloResult<ZaloAttachment> {
  const list = asFieldsList(elements);
  const element = list?.[0];
  if (list?.length !== 1 || element === undefined) return invalidField('elements');
  const title = asText(element['title']);
  const subtitle = asText(element['subtitle']);
  const imageUrl = asText(element['image_url']);
  if (title === undefined) return invalidField('title');
  if (subtitle === undefined) return invalidField('subtitle');
  if (imageUrl === undefined || !isWebAddress(imageUrl)) return invalidField('image_url');
  if (title.length > MAX_INFO_TITLE_LENGTH || subtitle.length > MAX_INFO_SUBTITLE_LENGTH) return refuse(-210);
  return succeed({ kind: 'request_user_info', title, subtitle, imageUrl });
}

function parseAttachment(value: unknown, maxTitleLength: number): ZaloResult<ZaloAttachment> {
  if (value === undefined) return succeed({ kind: 'none' });
  const attachment = asFields(value);
  const payload = asFields(attachment?.['payload']);
  if (payload === undefined) return invalidField('attachment');
  if (attachment?.['type'] === 'file') {
    const token = asText(payload['token']);
    return token === undefined ? invalidField('token') : succeed({ kind: 'file', token });
  }
  // `{"type":"image"}` is what many try first; the real service refuses it with -201 too.
  if (attachment?.['type'] !== 'template') return invalidField('attachment.type');
  switch (payload['template_type']) {
    case 'media':
      return parseMedia(payload['elements']);
    case 'request_user_info':
      return parseInfoRequest(payload['elements']);
    case 'button':
    case undefined:
      return parseButtons(payload['buttons'], maxTitleLength);
    default:
      return refuse(-233);
  }
}

/**
 * The `message` of a send. -210 past a limit, -201 for a wrong shape, -233 for a template that v3 does not know.
 * @param maxTitleLength longest title of a button, in UTF-16 units
 */
export function parseMessage(value: unknown, maxTitleLength: number): ZaloResult<ParsedMessage> {
  const message = asFields(value);
  if (message === undefined) return invalidField('message');
  const text = message['text'];
  if (text !== undefined && typeof text !== 'string') return invalidField('text');
  if (text !== undefined && text.length > MAX_TEXT_LENGTH) return refuse(-210);
  const attachment = parseAttachment(message['attachment'], maxTitleLength);
  if (!attachment.ok) return attachment;
  const kind = attachment.value.kind;
  const needsText = kind === 'none' || kind === 'buttons';
  if (needsText && (text === undefined || text.trim() === '')) return invalidField('text');
  return succeed({
    text: text === '' ? undefined : text,
    attachment: attachment.value,
    quoteMessageId: asText(message['quote_message_id']),
  });
}

/** Who a group text tags: ids inside `[@…]`, in order; the id of the group itself means everybody. */
export function mentionsIn(text: string | undefined): readonly string[] {
  if (text === undefined) return [];
  return [...text.matchAll(/\[@([^\]\s]+)\]/g)].flatMap((match) =>
    match[1] === undefined ? [] : [match[1]],
  );
}
