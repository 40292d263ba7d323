import type { InlineKeyboardMarkup } from 'telegraf/types';
import { z } from 'zod';
import type { Channel, FetchedFile } from '#src/app/ports/channel.ts';
import type { Log } from '#src/app/ports/services.ts';
import type { ChatRef, RemoteFile } from '#src/domain/inbound.ts';
import type { OutboundMessage, SendOutcome } from '#src/domain/outbound.ts';
import type { TelegramApi } from './api.ts';
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

/** What Telegram would surely refuse, found before the call. */
function payloadFault(message: OutboundMessage): Rejected | null {
  const sizes = (message.buttons ?? []).map((button) => Buffer.byteLength(button.payload));
  const fit = sizes.every((bytes) => bytes >= 1 && bytes <= MAX_PAYLOAD_BYTES);
  return fit ? null : rejectedContent('button-payload', 'payload is not 1 to 64 bytes');
}

function mediaFault(message: OutboundMessage, media: FetchedFile | null): Rejected | null {
  const wantsMedia = message.photoId !== undefined || message.documentId !== undefined;
  return wantsMedia && media === null ? rejectedContent('media-missing', 'no bytes for the medium') : null;
}

/** The answer is not trusted to have the promised shape: without an id the send is `unknown`. */
const sentSchema = z.object({ message_id: z.int() });

function outcomeOfAnswer(answer: unknown): SendOutcome {
  const parsed = sentSchema.safeParse(answer);
  if (!parsed.success) return { kind: 'unknown', why: 'unreadable' };
  return { kind: 'sent', externalId: String(parsed.data.message_id) };
}

/** The `Channel` of the Telegram Bot API. Texts go out plain, never with a parse mode. */
export function createTelegramChannel(options: TelegramChannelOptions): Channel {
  const { api, log } = options;
  const limits = { timeoutMs: options.sendTimeoutMs ?? 30_000 };

  function callFor(chat: ChatRef, message: OutboundMessage, media: FetchedFile | null): Promise<unknown> {
    const text = withoutMentions(message.text);
    const to = { chat_id: chat.chatId, ...keyboardOf(message) };
    const caption = text === '' ? {} : { caption: text };
    if (media !== null && message.photoId !== undefined) {
      const photo = { source: Buffer.from(media.bytes), filename: fileNameOf(message.photoId, media) };
      return api.call('sendPhoto', { ...to, photo, ...caption }, limits);
    }
    if (media !== null && message.documentId !== undefined) {
      const document = { source: Buffer.from(media.bytes), filename: fileNameOf(message.documentId, media) };
      return api.call('sendDocument', { ...to, document, ...caption }, limits);
    }
    return api.call('sendMessage', { ...to, text, link_preview_options: { is_disabled: true } }, limits);
  }

  async function send(chat: ChatRef, message: OutboundMessage, media: FetchedFile | null) {
    const fault = payloadFault(message) ?? mediaFault(message, media);
    if (fault !== null) return fault;
    try {
      return outcomeOfAnswer(await callFor(chat, message, media));
    } catch (error) {
      return outcomeOfTelegram(error);
    }
  }

  async function edit(chat: ChatRef, externalId: string, message: OutboundMessage): Promise<SendOutcome> {
    const fault = payloadFault(message);
    if (fault !== null) return fault;
    const text = withoutMentions(message.text);
    const at = { chat_id: chat.chatId, message_id: Number(externalId), ...keyboardOf(message) };
    const hasCaption = message.photoId !== undefined || message.documentId !== undefined;
    try {
      await (hasCaption
        ? api.call('editMessageCaption', { ...at, caption: text }, limits)
        : api.call('editMessageText', { ...at, text, link_preview_options: { is_disabled: true } }, limits));
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
      await api.call('answerCallbackQuery', { callback_query_id: callbackId }, limits);
    } catch (error) {
      log.warn({ err: error }, 'tap not acknowledged');
    }
  }

  async function fetchFile(file: RemoteFile): Promise<FetchedFile> {
    const answer = await api.call('getFile', { file_id: file.ref }, limits);
    if (answer.file_path === undefined) throw new TelegramCallError('getFile', { kind: 'unreadable' });
    const bytes = await api.download(answer.file_path, limits);
    return { bytes, contentType: contentTypeOf(file.kind, answer.file_path) };
  }

  return {
    platform: 'telegram',
    limits: { textChars: 4_096, captionChars: 1_024, hasButtons: true },
    send,
    edit,
    acknowledgeTap,
    fetchFile,
    privateChatLink: (token) => `https://t.me/${options.username}?start=${encodeURIComponent(token)}`,
  };
}
