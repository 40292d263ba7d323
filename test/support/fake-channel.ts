import type { CallTiming, Channel, FetchedFile } from '#src/app/ports/channel.ts';
import type { ChatRef, Platform, RemoteFile } from '#src/domain/inbound.ts';
import { PART_LIMITS } from '#src/domain/broadcast/render-post.ts';
import { albumId, type OutboundMessage, type SendOutcome } from '#src/domain/outbound.ts';

export interface SentMessage {
  readonly kind: 'send' | 'edit';
  readonly chat: ChatRef;
  readonly message: OutboundMessage;
  readonly media: readonly FetchedFile[];
  readonly externalId: string | null;
  readonly outcome: SendOutcome;
}

/** A channel in memory that keeps what it was asked and answers as scripted; it passes the contract of the real ones. */
export class FakeChannel implements Channel {
  readonly platform: Platform;
  readonly limits = { ...PART_LIMITS.telegram, hasButtons: true };
  readonly calls: SentMessage[] = [];
  readonly acknowledged: string[] = [];
  /** Files that `fetchFile` can hand out, by `ref`. */
  readonly files = new Map<string, FetchedFile>();
  readonly #scripted: SendOutcome[] = [];
  #lastId = 0;

  constructor(platform: Platform = 'telegram') {
    this.platform = platform;
  }

  /** The next outcomes, in order; afterwards everything is sent again. */
  script(...outcomes: readonly SendOutcome[]): void {
    this.#scripted.push(...outcomes);
  }

  /** Texts that arrived in the chat, edits not counted. */
  textsTo(chatId: string): readonly string[] {
    return this.calls
      .filter((call) => call.kind === 'send' && call.chat.chatId === chatId && call.outcome.kind === 'sent')
      .map((call) => call.message.text);
  }

  async send(
    chat: ChatRef,
    message: OutboundMessage,
    media: readonly FetchedFile[],
    timing?: CallTiming,
  ): Promise<SendOutcome> {
    await timing?.ready();
    const wanted = message.photoIds?.length ?? (message.documentId === undefined ? 0 : 1);
    const outcome = media.length < wanted ? this.#mediaMissing() : this.#next(Math.max(1, wanted));
    this.calls.push({ kind: 'send', chat, message, media, externalId: null, outcome });
    return outcome;
  }

  async edit(
    chat: ChatRef,
    externalId: string,
    message: OutboundMessage,
    timing?: CallTiming,
  ): Promise<SendOutcome> {
    await timing?.ready();
    const outcome = this.#scripted.shift() ?? { kind: 'sent', externalId };
    this.calls.push({ kind: 'edit', chat, message, media: [], externalId, outcome });
    return outcome;
  }

  acknowledgeTap(callbackId: string): Promise<void> {
    this.acknowledged.push(callbackId);
    return Promise.resolve();
  }

  fetchFile(file: RemoteFile): Promise<FetchedFile> {
    const found = this.files.get(file.ref);
    return found === undefined ? Promise.reject(new Error('no such file')) : Promise.resolve(found);
  }

  privateChatLink(token: string): string {
    return `https://fake.test/chat?start=${encodeURIComponent(token)}`;
  }

  #next(messages: number): SendOutcome {
    const ids = Array.from({ length: messages }, () => String((this.#lastId += 1)));
    return this.#scripted.shift() ?? { kind: 'sent', externalId: albumId(ids) };
  }

  #mediaMissing(): SendOutcome {
    return { kind: 'rejected', cause: 'content', code: 'media-missing', detail: 'no bytes for the medium' };
  }
}
