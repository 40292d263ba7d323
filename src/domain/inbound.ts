/** What a platform's update means to us, whatever the platform. Produced by `channels/<x>/inbound`, stored in the inbox. */

export type Platform = 'telegram' | 'zalo';

export const PLATFORMS: readonly Platform[] = ['telegram', 'zalo'];

/** A chat as its platform names it. Platform ids collide between platforms and change when a group migrates. */
export interface ChatRef {
  readonly platform: Platform;
  readonly chatId: string;
}

/** One string per chat, unique over platforms: `telegram:123`. */
export function chatKey(chat: ChatRef): string {
  return `${chat.platform}:${chat.chatId}`;
}

export interface Sender {
  readonly id: string;
  readonly name: string;
}

/** A file that is still on the platform. `ref` is a Telegram file_id or a Zalo URL; fetched later by the channel. */
export interface RemoteFile {
  readonly kind: 'photo' | 'voice' | 'video' | 'document';
  readonly ref: string;
  readonly name?: string;
  readonly sizeBytes?: number;
}

export type InboundContent =
  /** `marked`: the words with their bold and italic as marks (`domain/text/formatted-text`), where they had any. */
  | { readonly kind: 'text'; readonly text: string; readonly marked?: string }
  | {
      readonly kind: 'file';
      readonly file: RemoteFile;
      readonly caption?: string;
      readonly markedCaption?: string;
      readonly albumId?: string;
    }
  | { readonly kind: 'location'; readonly latitude: number; readonly longitude: number }
  | { readonly kind: 'contact'; readonly phone: string; readonly name?: string }
  | { readonly kind: 'sticker' }
  /** A button. `payload` is what we put behind it; on Zalo a tap arrives as text and is never of this kind. */
  | {
      readonly kind: 'tap';
      readonly payload: string;
      readonly messageId: string;
      readonly callbackId: string;
    }
  | { readonly kind: 'bot-added'; readonly title: string; readonly hasTopics?: true }
  | { readonly kind: 'bot-removed' }
  | { readonly kind: 'migrated'; readonly toChatId: string }
  | { readonly kind: 'followed' }
  | { readonly kind: 'unfollowed' };

export interface QuotedMessage {
  readonly messageId: string;
  readonly text?: string;
  readonly senderName?: string;
}

export interface InboundEvent {
  readonly platform: Platform;
  /** Unique within the platform: the key on which repeated deliveries of one update meet. */
  readonly eventId: string;
  /** Sorts the events of one chat in the order in which the platform saw them. */
  readonly order: string;
  readonly chat: { readonly id: string; readonly kind: 'private' | 'group'; readonly title?: string };
  readonly sender: Sender | null;
  readonly sentAtMs: number;
  readonly content: InboundContent;
  readonly quoted?: QuotedMessage;
  /** The topic of a Telegram forum in which it was written; none for the general one. */
  readonly threadId?: string;
}

export type Inbound =
  | { readonly kind: 'event'; readonly event: InboundEvent }
  | { readonly kind: 'ignored'; readonly reason: string };

/**
 * The event as a database gives it back: half a surrogate pair becomes U+FFFD and -0 becomes 0, as in UTF-8 and in JSON. Two
 * deliveries of one update must meet on the same key, whatever the platform let through.
 */
export const storableEvent = (event: InboundEvent): InboundEvent => storable(event) as InboundEvent;

function storable(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed();
  if (typeof value === 'number') return value + 0;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, storable(item)]));
}
