import { Changes } from '../core/changes.ts';
import type { MovableClock } from '../core/clock.ts';
import type { Person } from '../core/people.ts';
import type { KeyboardButton } from './markup.ts';
import { badRequest, type Checked, type Failure, forbidden, migrated, value } from './results.ts';
import type { MessageContent, WireChat, WireMessage, WireUser } from './wire.ts';

export interface Account {
  readonly person: Person;
  readonly user: WireUser;
  deactivated: boolean;
}

/** `none`: never started, or never added. `kicked` in a private chat means blocked. */
export type BotStatus = 'none' | 'member' | 'administrator' | 'kicked' | 'left';

export interface StoredMessage {
  readonly wire: WireMessage;
  readonly keyboard?: readonly (readonly KeyboardButton[])[] | undefined;
}

export interface Topic {
  readonly name: string;
  closed: boolean;
}

export interface Chat {
  readonly wire: WireChat;
  readonly id: number;
  readonly type: WireChat['type'];
  /** User ids of persons. */
  readonly members: Set<number>;
  readonly admins: Set<number>;
  readonly messages: Map<number, StoredMessage>;
  readonly topics: Map<number, Topic>;
  botStatus: BotStatus;
  lastMessageId: number;
  migratedTo: number | undefined;
  keyboard: readonly (readonly KeyboardButton[])[] | undefined;
}

const firstUserId = 5_000_000_000;
const firstGroupId = -4_000_000_000;
const firstSupergroupId = -1_002_000_000_000;

/** Users, chats and messages. Message ids count from 1 in each chat: only chat and message together name one. */
export class World {
  readonly me: WireUser;
  readonly changes = new Changes();
  readonly #clock: MovableClock;
  readonly #accounts = new Map<number, Account>();
  readonly #chats = new Map<number, Chat>();
  #groups = 0;
  #albums = 0;

  constructor(me: WireUser, clock: MovableClock) {
    this.me = me;
    this.#clock = clock;
  }

  /** The person's account, made when it is first asked for. */
  accountOf(person: Person): Account {
    const id = this.userIdOf(person);
    const known = this.#accounts.get(id);
    if (known !== undefined) return known;
    const user: WireUser = { id, is_bot: false, first_name: person.name, language_code: 'vi' };
    const account: Account = { person, user, deactivated: false };
    this.#accounts.set(id, account);
    return account;
  }

  /** The id of the account, whether it was made already or not. */
  userIdOf(person: Person): number {
    return firstUserId + person.number;
  }

  accountById(userId: number): Account | undefined {
    return this.#accounts.get(userId);
  }

  privateChatOf(person: Person): Chat {
    const { user } = this.accountOf(person);
    const known = this.#chats.get(user.id);
    if (known !== undefined) return known;
    const chat = this.#addChat({ id: user.id, type: 'private', first_name: user.first_name });
    chat.members.add(user.id);
    return chat;
  }

  addGroup(title: string, kind: 'group' | 'supergroup', forum = false): Chat {
    this.#groups += 1;
    const id = (kind === 'group' ? firstGroupId : firstSupergroupId) - this.#groups;
    return this.#addChat({ id, type: kind, title, ...(forum ? { is_forum: true } : {}) });
  }

  chat(chatId: number): Chat | undefined {
    return this.#chats.get(chatId);
  }

  /** @throws RangeError: a test that names a chat which does not exist is wrong. */
  chatOrThrow(chatId: number): Chat {
    const chat = this.#chats.get(chatId);
    if (chat === undefined) throw new RangeError(`No Telegram chat ${chatId}`);
    return chat;
  }

  chats(): readonly Chat[] {
    return [...this.#chats.values()];
  }

  /** The chat that a call names, if the bot may write there. */
  writable(chatId: number | undefined): Checked<Chat> {
    if (chatId === undefined) return badRequest('chat_id is empty');
    const chat = this.#chats.get(chatId);
    if (chat === undefined) return this.#accounts.has(chatId) ? neverWrote : badRequest('chat not found');
    const refusal = chat.type === 'private' ? this.#privateRefusal(chat) : groupRefusal(chat);
    return refusal ?? value(chat);
  }

  post(
    chat: Chat,
    from: WireUser,
    content: MessageContent,
    keyboard?: StoredMessage['keyboard'],
  ): WireMessage {
    chat.lastMessageId += 1;
    const message_id = chat.lastMessageId;
    const wire: WireMessage = { message_id, date: this.nowS(), chat: chat.wire, from, ...content };
    chat.messages.set(message_id, { wire, keyboard });
    this.changes.notify();
    return wire;
  }

  replace(chat: Chat, wire: WireMessage): WireMessage {
    const before = chat.messages.get(wire.message_id);
    chat.messages.set(wire.message_id, { ...before, wire });
    this.changes.notify();
    return wire;
  }

  remove(chat: Chat, messageId: number): boolean {
    const removed = chat.messages.delete(messageId);
    if (removed) this.changes.notify();
    return removed;
  }

  nextAlbumId(): number {
    this.#albums += 1;
    return 1_300_000_000_000_000 + this.#albums;
  }

  /** Epoch seconds, as the platform dates things. */
  nowS(): number {
    return Math.floor(this.#clock.nowMs() / 1_000);
  }

  #privateRefusal(chat: Chat): Failure | undefined {
    if (this.#accounts.get(chat.id)?.deactivated) return forbidden('user is deactivated');
    if (chat.botStatus === 'kicked') return forbidden('bot was blocked by the user');
    return chat.botStatus === 'none' ? neverWrote : undefined;
  }

  #addChat(wire: WireChat): Chat {
    const chat: Chat = {
      wire,
      id: wire.id,
      type: wire.type,
      members: new Set(),
      admins: new Set(),
      messages: new Map(),
      topics: new Map(),
      botStatus: 'none',
      lastMessageId: 0,
      migratedTo: undefined,
      keyboard: undefined,
    };
    this.#chats.set(wire.id, chat);
    return chat;
  }
}

const neverWrote = forbidden("bot can't initiate conversation with a user");

const groupRefusal = (chat: Chat): Failure | undefined => {
  const kind = `${chat.type} chat`;
  if (chat.migratedTo !== undefined) return migrated(chat.migratedTo);
  switch (chat.botStatus) {
    case 'member':
    case 'administrator':
      return undefined;
    case 'kicked':
      return forbidden(`bot was kicked from the ${kind}`);
    case 'left':
      return forbidden(`bot is not a member of the ${kind}`);
    case 'none':
      return badRequest('chat not found');
  }
};
