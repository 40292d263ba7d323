import type { InlineKeyboardMarkup, MessageEntity } from 'telegraf/types';
import { z } from 'zod';
import type { CallTiming, Channel, FetchedFile } from '#src/app/ports/channel.ts';
import type { Log } from '#src/app/ports/services.ts';
import type { ChatRef, RemoteFile } from '#src/domain/inbound.ts';
import { albumId, messageIdsOf, type OutboundMessage, type SendOutcome } from '#src/domain/outbound.ts';
import type { CallLimits, TelegramApi } from './api.ts';
import { failureOf, outcomeOfTelegram, TelegramCallError } from './errors.ts';
import { contentTypeOf, fileNameOf } from './file-types.ts';
import { withoutMentions } from './mentions.ts';

/** `callback_data` holds 1 to 64 bytes (Bot API, InlineKeyboardButton). */
const MAX_PAYLOAD_BYTES = 64;

export interface TelegramChannelOptions {
  readonly api: TelegramApi;
  /** Without the at sign; see `getTelegramUsername`. */
  readonly username: string;
  readonly log: Log;
  /** Limit of one call; 30 s unless told. */
  readonly sendTimeoutMs?: number;
}

type Rejected = Extract<SendOutcome, { kind: 'rejected' }>;

const rejectedContent = (code: string, detail: string): Rejected => ({
  kind: 'rejected',
  cause: 'content',
  code,
  detail,
});

/** One button a row: labels are whole words of Vietnamese, and phones are narrow. */
function keyboardOf(message: OutboundMessage): { reply_markup?: InlineKeyboardMarkup } {
  if (message.buttons === undefined || message.buttons.length === 0) return {};
  const rows = message.buttons.map((button) => [{ text: button.label, callback_data: button.payload }]);
  return { reply_markup: { inline_keyboard: rows } };
}

const threadOf = ({ threadId }: OutboundMessage): { message_thread_id?: number } =>
  threadId === undefined ? {} : { message_thread_id: Number(threadId) };

/** What Telegram would surely refuse, found before the call. */
function payloadFault(message: OutboundMessage): Rejected | null {
  const sizes = (message.buttons ?? []).map((button) => Buffer.byteLength(button.payload));
  const fit = sizes.every((bytes) => bytes >= 1 && bytes <= MAX_PAYLOAD_BYTES);
  return fit ? null : rejectedContent('button-payload', 'payload is not 1 to 64 bytes');
}

function mediaFault(message: OutboundMessage, media: readonly FetchedFile[]): Rejected | null {
  const wanted = message.photoIds?.length ?? (message.documentId === undefined ? 0 : 1);
  return media.length < wanted ? rejectedContent('media-missing', 'no bytes for the medium') : null;
}

/** The answer is not trusted to have the promised shape: without an id the send is `unknown`. */
const sentSchema = z.object({ message_id: z.int() });
const albumSchema = z.array(sentSchema).min(1);

function outcomeOfAnswer(answer: unknown): SendOutcome {
  const album = albumSchema.safeParse(answer);
  if (album.success) {
    return { kind: 'sent', externalId: albumId(album.data.map((message) => String(message.message_id))) };
  }
  const parsed = sentSchema.safeParse(answer);
  if (!parsed.success) return { kind: 'unknown', why: 'unreadable' };
  return { kind: 'sent', externalId: String(parsed.data.message_id) };
}

/** Bold and italic by place, never by a parse mode: nothing has to be escaped, and no word can format another. */
function entitiesOf({ spans = [] }: OutboundMessage): MessageEntity[] {
  return spans.map(({ kind, offset, length }) => ({ type: kind, offset, length }));
}

function textOf(message: OutboundMessage): { text: string; entities?: MessageEntity[] } {
  const entities = entitiesOf(message);
  return { text: withoutMentions(message.text), ...(entities.length > 0 ? { entities } : {}) };
}

function captionOf(message: OutboundMessage): { caption?: string; caption_entities?: MessageEntity[] } {
  const { text, entities } = textOf(message);
  if (text === '') return {};
  return { caption: text, ...(entities === undefined ? {} : { caption_entities: entities }) };
}

/** The `Channel` of the Telegram Bot API. Texts go out plain, never with a parse mode. */
export function createTelegramChannel(options: TelegramChannelOptions): Channel {
  const { api, log } = options;
  const timeoutMs = options.sendTimeoutMs ?? 30_000;

  function callFor(
    chat: ChatRef,
    message: OutboundMessage,
    media: readonly FetchedFile[],
    limits: CallLimits,
  ): Promise<unknown> {
    const place = { chat_id: chat.chatId, ...threadOf(message) };
    const to = { ...place, ...keyboardOf(message) };
    const { photoIds = [], documentId } = message;
    const files = media.map((file, index) => ({
      source: Buffer.from(file.bytes),
      filename: fileNameOf(photoIds[index] ?? documentId ?? '', file),
    }));
    const [file, second] = files;
    if (photoIds.length > 0 && file !== undefined && second !== undefined) {
      const album = files.map((one, index) => ({
        type: 'photo' as const,
        media: one,
        ...(index === 0 ? captionOf(message) : {}),
      }));
      return api.call('sendMediaGroup', { ...place, media: album }, limits);
    }
    if (photoIds.length > 0 && file !== undefined)
      return api.call('sendPhoto', { ...to, photo: file, ...captionOf(message) }, limits);
    if (documentId !== undefined && file !== undefined)
      return api.call('sendDocument', { ...to, document: file, ...captionOf(message) }, limits);
    const link_preview_options = { is_disabled: true };
    return api.call('sendMessage', { ...to, ...textOf(message), link_preview_options }, limits);
  }

  async function send(
    chat: ChatRef,
    message: OutboundMessage,
    media: readonly FetchedFile[],
    timing?: CallTiming,
  ) {
    const fault = payloadFault(message) ?? mediaFault(message, media);
    if (fault !== null) return fault;
    try {
      return outcomeOfAnswer(await callFor(chat, message, media, { timeoutMs, timing }));
    } catch (error) {
      return outcomeOfTelegram(error);
    }
  }

  async function edit(
    chat: ChatRef,
    externalId: string,
    message: OutboundMessage,
    timing?: CallTiming,
  ): Promise<SendOutcome> {
    const fault = payloadFault(message);
    if (fault !== null) return fault;
    // The words of an album stand under its first photo.
    const [messageId] = messageIdsOf(externalId);
    const at = { chat_id: chat.chatId, message_id: Number(messageId), ...keyboardOf(message) };
    const hasCaption = message.photoIds !== undefined || message.documentId !== undefined;
    const link_preview_options = { is_disabled: true };
    const limits = { timeoutMs, timing };
    try {
      await (hasCaption
        ? api.call('editMessageCaption', { ...at, caption: '', ...captionOf(message) }, limits)
        : api.call('editMessageText', { ...at, ...textOf(message), link_preview_options }, limits));
      return { kind: 'sent', externalId };
    } catch (error) {
      const failure = failureOf(error);
      // An edit repeated after an uncertain answer: the message already reads as it should.
      if (failure.kind === 'refused' && failure.description === 'message is not modified') {
        return { kind: 'sent', externalId };
      }
      return outcomeOfTelegram(error);
    }
  }

  async function acknowledgeTap(callbackId: string): Promise<void> {
    try {
      await api.call('answerCallbackQuery', { callback_query_id: callbackId }, { timeoutMs });
    } catch (error) {
      log.warn({ err: error }, 'tap not acknowledged');
    }
  }

  async function fetchFile(file: RemoteFile): Promise<FetchedFile> {
    const answer = await api.call('getFile', { file_id: file.ref }, { timeoutMs });
    if (answer.file_path === undefined) throw new TelegramCallError('getFile', { kind: 'unreadable' });
    const bytes = await api.download(answer.file_path, { timeoutMs });
    return { bytes, contentType: contentTypeOf(file.kind, answer.file_path) };
  }

  return {
    platform: 'telegram',
    limits: {
      textChars: 4_096,
      captionChars: 1_024,
      documentCaptionChars: 1_024,
      albumPhotos: 10,
      hasButtons: true,
    },
    send,
    edit,
    acknowledgeTap,
    fetchFile,
    privateChatLink: (token) => `https://t.me/${options.username}?start=${encodeURIComponent(token)}`,
  };
}
