/** What the page shows, in one shape for both platforms. Types only: the page's own modules import them. */

export type PlatformName = 'telegram' | 'zalo';

/** `none`: the person has not written to the bot yet. */
export type Contact = 'none' | 'open' | 'blocked';

export interface PersonView {
  readonly id: string;
  readonly name: string;
  /** The user ids, which are also the ids of the private chats. */
  readonly telegram: { readonly chatId: string; readonly contact: Contact };
  readonly zalo: { readonly chatId: string; readonly contact: Contact; readonly follows: boolean };
}

export interface ChatSummary {
  readonly platform: PlatformName;
  readonly id: string;
  readonly kind: 'private' | 'group' | 'supergroup';
  readonly title: string;
  /** Ids of persons; of a private chat the one. */
  readonly members: readonly string[];
  /** What the bot is there. */
  readonly bot: 'member' | 'admin' | 'out';
  readonly movedTo: string | null;
  readonly messages: number;
  readonly last: Pick<Bubble, 'author' | 'text' | 'kind' | 'atMs'> | null;
}

export interface Overview {
  /** Of this run of the sandbox: what a browser remembers of another does not count. */
  readonly startedAt: string;
  readonly nowMs: number;
  readonly bot: { readonly username: string; readonly oaId: string };
  readonly people: readonly PersonView[];
  readonly chats: readonly ChatSummary[];
}

export interface ButtonView {
  readonly label: string;
  readonly kind: 'tap' | 'link' | 'phone';
  /** Of a link the address, of a phone button the number. */
  readonly to: string;
}

/** As Telegram marks a text up; offsets in UTF-16 units. */
export interface Mark {
  readonly type: string;
  readonly offset: number;
  readonly length: number;
  readonly url?: string | undefined;
}

export interface MediaView {
  readonly kind: 'photo' | 'voice' | 'video' | 'sticker' | 'file';
  readonly url: string;
  readonly name: string;
  readonly sizeBytes: number;
}

export type BubbleKind = 'text' | MediaView['kind'] | 'location' | 'contact' | 'service';

export interface Bubble {
  readonly id: string;
  /** Null for the bot and for the platform. */
  readonly personId: string | null;
  readonly author: string;
  readonly fromBot: boolean;
  readonly atMs: number;
  readonly kind: BubbleKind;
  /** For `service` what happened: `joined`, `left`, `moved`, `topic`. */
  readonly service: string | null;
  readonly text: string;
  readonly marks: readonly Mark[];
  readonly media: MediaView | null;
  readonly location: { readonly latitude: number; readonly longitude: number } | null;
  readonly contact: { readonly name: string; readonly phone: string } | null;
  readonly buttons: readonly (readonly ButtonView[])[];
  readonly forwardedFrom: string | null;
  readonly quoted: { readonly author: string; readonly text: string } | null;
  readonly edited: boolean;
  /** The OA asks for name and phone number here. */
  readonly asksInfo: boolean;
}

export interface ChatView {
  readonly bubbles: readonly Bubble[];
  /** How many older ones are not shown. */
  readonly hidden: number;
  /** Telegram's keyboard under the input field. */
  readonly keyboard: readonly (readonly string[])[];
}

/** The platform's own record, counted. */
export interface RecordRow {
  readonly platform: PlatformName;
  readonly kind: 'call' | 'update' | 'ack';
  readonly method: string;
  readonly done: number;
  readonly failed: number;
  readonly faults: number;
}
