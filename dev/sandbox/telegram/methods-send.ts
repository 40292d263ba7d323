import { z } from 'zod';
import { readMarkup } from './markup.ts';
import { checkCaption, entityShape, type Params, readCaption, readText } from './params.ts';
import { type ApiResult, badRequest, type Checked, done, type Failure, value } from './results.ts';
import type { BotState, Method } from './state.ts';
import { takeFile, takePhoto } from './uploads.ts';
import type { MessageContent, WireMessage } from './wire.ts';
import type { Chat } from './world.ts';

const replyShape = z.looseObject({
  message_id: z.number().int(),
  allow_sending_without_reply: z.boolean().optional(),
});

/** The topic that the call names. A group without topics has none, and the General topic takes no id. */
const threadOf = (chat: Chat, params: Params): Checked<MessageContent> => {
  if (!params.has('message_thread_id')) return value({});
  const threadId = params.int('message_thread_id');
  const topic = threadId === undefined ? undefined : chat.topics.get(threadId);
  if (topic === undefined) return badRequest('message thread not found');
  if (topic.closed && chat.botStatus !== 'administrator') return badRequest('TOPIC_CLOSED');
  return value({ message_thread_id: threadId, is_topic_message: true });
};

const replyOf = (chat: Chat, params: Params): Checked<MessageContent> => {
  const reply = params.json('reply_parameters', replyShape);
  const messageId = reply?.message_id ?? params.int('reply_to_message_id');
  if (messageId === undefined) return value({});
  const target = chat.messages.get(messageId)?.wire;
  if (target !== undefined) return value({ reply_to_message: withoutReply(target) });
  const mayLack = reply?.allow_sending_without_reply === true || params.flag('allow_sending_without_reply');
  return mayLack ? value({}) : badRequest('message to be replied not found');
};

/** A reply shows one level: the message it answers, without the one that answered in turn. */
const withoutReply = (message: WireMessage): WireMessage => {
  const { reply_to_message: dropped, ...rest } = message;
  return dropped === undefined ? message : rest;
};

/** Everything about a send besides its content, checked; the slot of the budget comes last. */
const destination = (
  state: BotState,
  params: Params,
): Checked<{ readonly chat: Chat; readonly place: MessageContent }> => {
  const writable = state.world.writable(params.int('chat_id'));
  if (!writable.ok) return writable;
  const chat = writable.value;
  const thread = threadOf(chat, params);
  if (!thread.ok) return thread;
  const reply = replyOf(chat, params);
  if (!reply.ok) return reply;
  return value({ chat, place: { ...thread.value, ...reply.value } });
};

const sendOne = (state: BotState, params: Params, content: MessageContent): ApiResult => {
  const target = destination(state, params);
  if (!target.ok) return target;
  const markup = readMarkup(params);
  if (!markup.ok) return markup;
  const { chat, place } = target.value;
  const refusal = state.admission.admit(chat);
  if (refusal !== undefined) return refusal;
  const { inline, keyboard } = markup.value;
  if (keyboard !== undefined) chat.keyboard = keyboard === 'removed' ? undefined : keyboard;
  const shown = keyboard === 'removed' ? undefined : keyboard;
  return done(state.world.post(chat, state.world.me, { ...place, ...content, reply_markup: inline }, shown));
};

const sendMessage: Method = (state, params) => {
  const formatted = readText(params);
  if (!formatted.ok) return formatted;
  const { text, entities } = formatted.value;
  return sendOne(state, params, { text, ...(entities.length > 0 ? { entities } : {}) });
};

const captionContent = (
  caption: { text: string; entities: readonly unknown[] } | undefined,
): MessageContent => {
  if (caption === undefined) return {};
  const entities = caption.entities as NonNullable<WireMessage['caption_entities']>;
  return { caption: caption.text, ...(entities.length > 0 ? { caption_entities: entities } : {}) };
};

const sendPhoto: Method = async (state, params) => {
  const caption = readCaption(params);
  if (!caption.ok) return caption;
  const known = precheck(state, params);
  if (known !== undefined) return known;
  const photo = await takePhoto(state, params, 'photo', params.text('photo'));
  if (!photo.ok) return photo;
  return sendOne(state, params, { photo: photo.value, ...captionContent(caption.value) });
};

const sendDocument: Method = async (state, params) => {
  const caption = readCaption(params);
  if (!caption.ok) return caption;
  const known = precheck(state, params);
  if (known !== undefined) return known;
  const document = await takeFile(state, params, 'document', 'document', params.text('document'));
  if (!document.ok) return document;
  return sendOne(state, params, { document: document.value, ...captionContent(caption.value) });
};

/** Refuses before a picture is worked on for nothing. */
const precheck = (state: BotState, params: Params): Failure | undefined => {
  const target = destination(state, params);
  return target.ok ? undefined : target;
};

const mediaShape = z.array(
  z.looseObject({
    type: z.enum(['photo', 'document', 'video']),
    media: z.string(),
    caption: z.string().optional(),
    parse_mode: z.string().optional(),
    caption_entities: entityShape.optional(),
  }),
);

const albumPart = async (
  state: BotState,
  params: Params,
  item: z.infer<typeof mediaShape>[number],
): Promise<Checked<MessageContent>> => {
  const caption = checkCaption(
    item.caption,
    item.parse_mode ?? params.text('parse_mode'),
    item.caption_entities,
  );
  if (!caption.ok) return caption;
  if (item.type === 'photo') {
    const photo = await takePhoto(state, params, undefined, item.media);
    return photo.ok ? value({ photo: photo.value, ...captionContent(caption.value) }) : photo;
  }
  const file = await takeFile(state, params, item.type, undefined, item.media);
  return file.ok ? value({ [item.type]: file.value, ...captionContent(caption.value) }) : file;
};

const sendMediaGroup: Method = async (state, params) => {
  const media = params.json('media', mediaShape);
  if (media === undefined) return badRequest("can't parse media JSON object");
  if (media.length < 2 || media.length > 10)
    return badRequest('wrong number of items in the album: 2 to 10 are allowed');
  const kinds = new Set(media.map((item) => (item.type === 'document' ? 'document' : 'visual')));
  if (kinds.size > 1) return badRequest("documents can't be mixed with other media types");
  const known = precheck(state, params);
  if (known !== undefined) return known;
  const parts: MessageContent[] = [];
  for (const item of media) {
    const part = await albumPart(state, params, item);
    if (!part.ok) return part;
    parts.push(part.value);
  }
  const target = destination(state, params);
  if (!target.ok) return target;
  const { chat, place } = target.value;
  const refusal = state.admission.admit(chat);
  if (refusal !== undefined) return refusal;
  const media_group_id = String(state.world.nextAlbumId());
  return done(
    parts.map((part) => state.world.post(chat, state.world.me, { ...place, ...part, media_group_id })),
  );
};

const sendChatAction: Method = (state, params) => {
  const target = destination(state, params);
  if (!target.ok) return target;
  return params.has('action') ? done(true) : badRequest('wrong parameter action in request');
};

export const sendMethods: Readonly<Record<string, Method>> = {
  sendMessage,
  sendPhoto,
  sendDocument,
  sendMediaGroup,
  sendChatAction,
};
