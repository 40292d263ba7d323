import type { Allowance, CallTiming, Channel, FetchedFile } from '#src/app/ports/channel.ts';
import type { Clock } from '#src/app/ports/services.ts';
import type { ChatRef, RemoteFile } from '#src/domain/inbound.ts';
import type { OutboundMessage, SendOutcome } from '#src/domain/outbound.ts';
import { readZaloAllowance } from './allowance.ts';
import type { ZaloApi } from './api.ts';
import type { ZaloHttp, ZaloLimits } from './http.ts';
import { groupIdOf } from './ids.ts';
import { MAX_TEXT_CHARS, outgoingText, zaloMessage, type ZaloAttachment } from './message.ts';
import { ATTACHMENT_EXPIRED, outcomeOfZalo, ZaloCallError } from './outcome.ts';
import { createZaloUploads, type Upload } from './uploads.ts';

export interface ZaloChannelOptions {
  readonly api: ZaloApi;
  /** For files of residents, which lie outside the API. */
  readonly http: ZaloHttp;
  readonly oaId: string;
  /** Uploads age on it. */
  readonly clock: Clock;
  /** Of the template approved for news of a case, with the parameters `code` and `state`; null: there is none. */
  readonly caseTemplateId?: string | null;
  /** Real time, on which the platform's minutes run. */
  readonly realNowMs?: () => number;
  /** Whether files may also come from plain http addresses, as they do where the API root itself is one. */
  readonly allowsHttpFiles?: boolean;
}

export interface ZaloChannel extends Channel {
  /** Calls a minute and what is left of them, as the platform last said; null before the first answer. */
  lastLimits(): ZaloLimits | null;
}

/** Asking costs calls of the same minute. */
const ALLOWANCE_FOR_MS = 15 * 60_000;

type Attached = Upload | { readonly kind: 'nothing' };

const rejectedContent = (code: string, detail: string): SendOutcome => ({
  kind: 'rejected',
  cause: 'content',
  code,
  detail,
});

/** One picture or one file a message. */
const mediaIdOf = (message: OutboundMessage): string | undefined =>
  message.photoIds?.[0] ?? message.documentId;

/**
 * The `Channel` of a Zalo Official Account: consultation messages in private, GMF messages in groups (`g:<id>`). A picture is
 * uploaded before the send that needs it first; the send itself stays one call.
 */
export function createZaloChannel(options: ZaloChannelOptions): ZaloChannel {
  const { api, http, clock, caseTemplateId = null, realNowMs = Date.now } = options;
  const uploads = createZaloUploads(api, clock, realNowMs);

  async function attach(message: OutboundMessage, media: readonly FetchedFile[]): Promise<Attached> {
    const mediaId = mediaIdOf(message);
    if (mediaId === undefined) return { kind: 'nothing' };
    const [file] = media;
    if (file === undefined) {
      return { kind: 'failed', outcome: rejectedContent('media-missing', 'no bytes for the medium') };
    }
    return uploads.attachmentOf(message.photoIds === undefined ? 'file' : 'image', mediaId, file);
  }

  async function post(
    chat: ChatRef,
    message: OutboundMessage,
    text: string,
    attachment: ZaloAttachment | null,
  ): Promise<SendOutcome> {
    const groupId = groupIdOf(chat.chatId);
    const result = await api.call({
      method: 'POST',
      path: groupId === null ? '/v3.0/oa/message/cs' : '/v3.0/oa/group/message',
      json: {
        recipient: groupId === null ? { user_id: chat.chatId } : { group_id: groupId },
        message: zaloMessage(message, text, attachment, groupId !== null),
      },
    });
    const mediaId = mediaIdOf(message);
    if (result.kind === 'refused' && result.code === ATTACHMENT_EXPIRED && mediaId !== undefined) {
      uploads.forget(mediaId);
    }
    return outcomeOfZalo(result, realNowMs());
  }

  async function announce(userId: string, news: NonNullable<OutboundMessage['caseNews']>) {
    const result = await api.call({
      method: 'POST',
      path: '/v3.0/oa/message/template',
      json: { user_id: userId, template_id: caseTemplateId, template_data: { ...news } },
    });
    return outcomeOfZalo(result, realNowMs());
  }

  async function send(
    chat: ChatRef,
    message: OutboundMessage,
    media: readonly FetchedFile[],
    timing?: CallTiming,
  ) {
    if (message.caseNews && caseTemplateId === null)
      return rejectedContent('no-template', 'no template is set');
    const text = outgoingText(message.text);
    if (text.length > MAX_TEXT_CHARS)
      return rejectedContent('text-too-long', `over ${MAX_TEXT_CHARS} characters`);
    await timing?.ready();
    if (message.caseNews) return announce(chat.chatId, message.caseNews);
    const attached = await attach(message, media);
    if (attached.kind === 'failed') return attached.outcome;
    return post(chat, message, text, attached.kind === 'nothing' ? null : attached.attachment);
  }

  async function fetchFile(file: RemoteFile): Promise<FetchedFile> {
    const url = URL.parse(file.ref);
    const isAllowed =
      url?.protocol === 'https:' || (options.allowsHttpFiles === true && url?.protocol === 'http:');
    if (url === null || !isAllowed) throw new ZaloCallError('fetchFile', { kind: 'unreadable' });
    const answer = await http.call({ method: 'GET', url, timeoutMs: 30_000 });
    if (answer.kind === 'failed') throw new ZaloCallError('fetchFile', { kind: answer.why });
    if (answer.status !== 200) {
      throw new ZaloCallError('fetchFile', { kind: 'http-refused', status: answer.status });
    }
    return { bytes: answer.bytes, contentType: answer.contentType };
  }

  let known: { readonly untilMs: number; readonly allowance: Allowance } | null = null;
  async function allowance(): Promise<Allowance> {
    const nowMs = realNowMs();
    if (known && nowMs < known.untilMs) return known.allowance;
    const fresh = await readZaloAllowance(api);
    known = { untilMs: nowMs + ALLOWANCE_FOR_MS, allowance: fresh };
    return fresh;
  }

  return {
    platform: 'zalo',
    limits: {
      textChars: MAX_TEXT_CHARS,
      captionChars: MAX_TEXT_CHARS,
      documentCaptionChars: 0,
      albumPhotos: 1,
      hasButtons: true,
    },
    send,
    edit: () => Promise.resolve(rejectedContent('unsupported', 'Zalo cannot edit a message')),
    acknowledgeTap: () => Promise.resolve(),
    fetchFile,
    announcesCases: caseTemplateId !== null,
    privateChatLink: () => `https://zalo.me/${options.oaId}`,
    lastLimits: () => api.lastLimits(),
    allowance,
  };
}
