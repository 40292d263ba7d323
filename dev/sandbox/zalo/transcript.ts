import { Changes } from '../core/changes.ts';
import type { WaitOptions } from '../core/changes.ts';
import type { EventAttachment } from './events.ts';
import type { ZaloAttachment, ZaloButton } from './message.ts';
import type { Upload } from './upload-store.ts';

/** One message as the people in a chat see it. */
export interface ZaloMessage {
  readonly messageId: string;
  /** The group id, or the person's user id in a private chat. */
  readonly chatId: string;
  readonly from: 'oa' | 'person';
  /** OA id or user id. */
  readonly senderId: string;
  /** Epoch milliseconds on the sandbox's clock. */
  readonly atMs: number;
  readonly text: string | undefined;
  /** What came with it; for a person's message the event's kind, e.g. `image`. */
  readonly kind:
    ZaloAttachment['kind'] | 'image' | 'audio' | 'video' | 'sticker' | 'location' | 'link' | 'submitted_info';
  readonly attachment: ZaloAttachment;
  /** What a person attached. */
  readonly said: EventAttachment | undefined;
  readonly buttons: readonly ZaloButton[];
  /** The uploaded picture or file, when the OA sent one by its id or token. */
  readonly upload: Upload | undefined;
  /** Ids tagged with `[@…]`; the group's own id is everybody. */
  readonly mentions: readonly string[];
  readonly quoteMessageId: string | undefined;
}

/** Every message of every chat, in order. */
export class Transcript {
  readonly #messages: ZaloMessage[] = [];
  readonly #byChat = new Map<string, ZaloMessage[]>();
  readonly #byId = new Map<string, ZaloMessage>();
  readonly #changes = new Changes();

  add(message: ZaloMessage): ZaloMessage {
    this.#messages.push(message);
    this.#byId.set(message.messageId, message);
    const chat = this.#byChat.get(message.chatId);
    if (chat === undefined) this.#byChat.set(message.chatId, [message]);
    else chat.push(message);
    this.#changes.notify();
    return message;
  }

  find(messageId: string): ZaloMessage | undefined {
    return this.#byId.get(messageId);
  }

  all(): readonly ZaloMessage[] {
    return this.#messages;
  }

  inChat(chatId: string): readonly ZaloMessage[] {
    return this.#byChat.get(chatId) ?? [];
  }

  /** Resolves with the first message of the OA in a chat that the predicate likes; looks at old ones too. */
  async waitFor(
    chatId: string,
    predicate: (message: ZaloMessage) => boolean,
    options: WaitOptions = {},
  ): Promise<ZaloMessage> {
    const look = (): ZaloMessage | undefined =>
      this.inChat(chatId).find((message) => message.from === 'oa' && predicate(message));
    return this.#changes.waitFor(look, { what: `A message of the OA in Zalo chat ${chatId}`, ...options });
  }
}
