import type { WaitOptions } from '../core/changes.ts';
import type { Router } from '../core/http.ts';
import type { SandboxCore } from '../core/index.ts';
import type { Person } from '../core/people.ts';
import { announce, changeBotStatus, postAs } from './deliver.ts';
import { FileStore } from './files.ts';
import { type MediaInput, placeOf, sendAlbumAs, sendMediaAs } from './media.ts';
import { formatText, Params } from './params.ts';
import { Admission, defaultRules, type TelegramRules } from './rules.ts';
import { registerTelegram, runMethod } from './server.ts';
import { show, showAll, type ShownMessage } from './shown.ts';
import type { BotState, CallbackAnswer, Command } from './state.ts';
import { findKeyboardButton, tapInline, type Tapped } from './tap.ts';
import { UpdateQueue } from './updates.ts';
import { WebhookSender } from './webhook.ts';
import type { MessageContent, WireMessage } from './wire.ts';
import { type Chat, World } from './world.ts';

export interface TelegramOptions {
  /** `<bot id>:<secret>`. */
  readonly token?: string | undefined;
  readonly username?: string | undefined;
  readonly rules?: Partial<TelegramRules> | undefined;
}

export interface PlaceOptions {
  readonly replyTo?: number | undefined;
  readonly threadId?: number | undefined;
}

const defaultToken = '7000000001:AAsandboxTokenOfTheFlightSimulator00';

const makeState = (core: SandboxCore, options: TelegramOptions, token: string): BotState => {
  const rules: TelegramRules = { ...defaultRules, ...options.rules };
  const id = Number(token.split(':')[0]);
  const me = {
    id,
    is_bot: true,
    first_name: 'Sandbox bot',
    username: options.username ?? 'sandbox_ward_bot',
  };
  const world = new World(me, core.clock);
  const updates = new UpdateQueue(core, rules);
  const webhook = new WebhookSender(
    updates,
    rules,
    () => world.nowS(),
    ({ method, ...fields }) => {
      if (typeof method === 'string')
        void runMethod(state, method, new Params(fields), new AbortController().signal);
    },
  );
  const state: BotState = {
    core,
    rules,
    world,
    updates,
    webhook,
    files: new FileStore(core.clock),
    admission: new Admission(rules),
    callbacks: new Map(),
    commands: new Map(),
  };
  return state;
};

/**
 * Telegram as one bot meets it, and the people it meets there. What the bot does comes over HTTP; what people do
 * comes through this class. Acts that no person could do throw RangeError: the test is wrong then, not the bot.
 */
export class TelegramSandbox {
  readonly token: string;
  readonly #core: SandboxCore;
  readonly #state: BotState;

  constructor(core: SandboxCore, options: TelegramOptions = {}) {
    this.#core = core;
    this.token = options.token ?? defaultToken;
    this.#state = makeState(core, options, this.token);
  }

  register(router: Router): void {
    registerTelegram(router, this.token, this.#state);
  }

  /** What a client takes as its API root. */
  get apiRoot(): string {
    return this.#core.rootUrl();
  }

  get bot(): { readonly id: number; readonly username: string } {
    const { id, username } = this.#state.world.me;
    return { id, username: username ?? '' };
  }

  /** Ends what goes on by itself: the deliveries to the webhook. */
  stop(): void {
    this.#state.webhook.clear();
  }

  createPerson(name: string): Person {
    return this.#core.people.create(name);
  }

  /** The person's Telegram user id, which is also the id of their private chat. */
  userId(person: Person): number {
    return this.#state.world.accountOf(person).user.id;
  }

  /** The person presses Start (with the payload of a deep link, if any); unblocks if need be. Returns the chat id. */
  openPrivate(person: Person, payload = ''): number {
    const chat = this.#state.world.privateChatOf(person);
    if (chat.botStatus === 'kicked') this.unblock(person);
    chat.botStatus = 'member';
    this.say(person, chat.id, payload === '' ? '/start' : `/start ${payload}`);
    return chat.id;
  }

  createGroup(
    title: string,
    options: { readonly kind: 'group' | 'supergroup'; readonly forum?: boolean | undefined } = {
      kind: 'supergroup',
    },
  ): number {
    if (options.forum && options.kind === 'group') throw new RangeError('Only a supergroup can have topics');
    return this.#state.world.addGroup(title, options.kind, options.forum).id;
  }

  /** The bot gets my_chat_member and the service message. */
  addBot(chatId: number, by: Person, options: { readonly admin?: boolean | undefined } = {}): void {
    const chat = this.#chat(chatId);
    changeBotStatus(this.#state, chat, by, options.admin ? 'administrator' : 'member');
    postAs(this.#state, by, chat, { new_chat_members: [this.#state.world.me] });
  }

  setBotAdmin(chatId: number, by: Person, admin: boolean): void {
    changeBotStatus(this.#state, this.#chat(chatId), by, admin ? 'administrator' : 'member');
  }

  kickBot(chatId: number, by: Person): void {
    const chat = this.#chat(chatId);
    changeBotStatus(this.#state, chat, by, 'kicked');
    postAs(this.#state, by, chat, { left_chat_member: this.#state.world.me });
  }

  join(person: Person, chatId: number, options: { readonly admin?: boolean | undefined } = {}): void {
    const chat = this.#chat(chatId);
    const { user } = this.#state.world.accountOf(person);
    if (options.admin) chat.admins.add(user.id);
    if (!chat.members.has(user.id)) postAs(this.#state, person, chat, { new_chat_members: [user] });
  }

  leave(person: Person, chatId: number): void {
    const chat = this.#chat(chatId);
    const { user } = this.#state.world.accountOf(person);
    postAs(this.#state, person, chat, { left_chat_member: user });
    chat.members.delete(user.id);
    chat.admins.delete(user.id);
  }

  /** Turns a group into a supergroup; returns the new chat id. Message ids begin anew there. */
  migrate(chatId: number): number {
    const { world } = this.#state;
    const old = this.#chat(chatId);
    if (old.type !== 'group' || old.migratedTo !== undefined)
      throw new RangeError(`Chat ${chatId} cannot migrate`);
    const next = world.addGroup(old.wire.title ?? '', 'supergroup');
    for (const member of old.members) next.members.add(member);
    for (const admin of old.admins) next.admins.add(admin);
    next.botStatus = old.botStatus;
    const from = world.accountById([...old.members][0] ?? 0)?.user ?? world.me;
    announce(this.#state, old, 'message', world.post(old, from, { migrate_to_chat_id: next.id }), true);
    announce(this.#state, next, 'message', world.post(next, from, { migrate_from_chat_id: old.id }), true);
    old.migratedTo = next.id;
    old.botStatus = 'left';
    return next.id;
  }

  /** Opens a topic in a forum; returns its thread id. */
  createTopic(chatId: number, by: Person, name: string): number {
    const chat = this.#chat(chatId);
    if (chat.wire.is_forum !== true) throw new RangeError(`Chat ${chatId} has no topics`);
    const threadId = chat.lastMessageId + 1;
    chat.topics.set(threadId, { name, closed: false });
    const topic = { name, icon_color: 7_322_096 };
    postAs(this.#state, by, chat, { ...placeOf(chat, { threadId }), forum_topic_created: topic });
    return threadId;
  }

  closeTopic(chatId: number, threadId: number): void {
    const topic = this.#chat(chatId).topics.get(threadId);
    if (topic === undefined) throw new RangeError(`No topic ${threadId}`);
    topic.closed = true;
  }

  deleteTopic(chatId: number, threadId: number): void {
    this.#chat(chatId).topics.delete(threadId);
  }

  block(person: Person): void {
    changeBotStatus(this.#state, this.#state.world.privateChatOf(person), person, 'kicked');
  }

  unblock(person: Person): void {
    changeBotStatus(this.#state, this.#state.world.privateChatOf(person), person, 'member');
  }

  deactivate(person: Person): void {
    this.#state.world.accountOf(person).deactivated = true;
  }

  say(person: Person, chatId: number, text: string, options: PlaceOptions = {}): ShownMessage {
    const chat = this.#chat(chatId);
    return this.#show(postAs(this.#state, person, chat, { ...placeOf(chat, options), ...textContent(text) }));
  }

  /** The person changes what they wrote; the bot gets edited_message. */
  editSaid(person: Person, chatId: number, messageId: number, text: string): ShownMessage {
    const { world } = this.#state;
    const chat = this.#chat(chatId);
    const before = chat.messages.get(messageId)?.wire;
    if (before?.from.id !== world.accountOf(person).user.id)
      throw new RangeError(`Not a message of ${person.id}`);
    const after = world.replace(chat, { ...before, ...textContent(text), edit_date: world.nowS() });
    announce(this.#state, chat, 'edited_message', after);
    return this.#show(after);
  }

  async sendPhoto(person: Person, chatId: number, input: MediaInput = {}): Promise<ShownMessage> {
    return this.#show(await sendMediaAs(this.#state, person, this.#chat(chatId), 'photo', input));
  }

  async sendDocument(person: Person, chatId: number, input: MediaInput = {}): Promise<ShownMessage> {
    return this.#show(await sendMediaAs(this.#state, person, this.#chat(chatId), 'document', input));
  }

  async sendVoice(person: Person, chatId: number, input: MediaInput = {}): Promise<ShownMessage> {
    return this.#show(await sendMediaAs(this.#state, person, this.#chat(chatId), 'voice', input));
  }

  async sendVideo(person: Person, chatId: number, input: MediaInput = {}): Promise<ShownMessage> {
    return this.#show(await sendMediaAs(this.#state, person, this.#chat(chatId), 'video', input));
  }

  async sendSticker(person: Person, chatId: number, input: MediaInput = {}): Promise<ShownMessage> {
    return this.#show(await sendMediaAs(this.#state, person, this.#chat(chatId), 'sticker', input));
  }

  async sendAlbum(
    person: Person,
    chatId: number,
    items: Parameters<typeof sendAlbumAs>[3],
  ): Promise<readonly ShownMessage[]> {
    const sent = await sendAlbumAs(this.#state, person, this.#chat(chatId), items);
    return sent.map((message) => this.#show(message));
  }

  /** Degrees. */
  sendLocation(person: Person, chatId: number, place: { latitude: number; longitude: number }): ShownMessage {
    return this.#show(postAs(this.#state, person, this.#chat(chatId), { location: place }));
  }

  /** The person's own contact unless another is given. */
  sendContact(person: Person, chatId: number, contact: { phone?: string; name?: string } = {}): ShownMessage {
    const own = contact.name === undefined;
    const wire = {
      phone_number: contact.phone ?? `+8490${String(person.number).padStart(7, '0')}`,
      first_name: contact.name ?? person.name,
      ...(own ? { user_id: this.userId(person) } : {}),
    };
    return this.#show(postAs(this.#state, person, this.#chat(chatId), { contact: wire }));
  }

  /** Taps the button of that text or callback data: under the message, else on the chat's keyboard. */
  tap(person: Person, chatId: number, messageId: number, button: string): Tapped {
    const chat = this.#chat(chatId);
    const inline = tapInline(this.#state, person, chat, messageId, button);
    if (inline !== undefined) return inline;
    const key = findKeyboardButton(chat, button);
    if (key === undefined)
      throw new RangeError(`No button "${button}" on message ${messageId} of chat ${chatId}`);
    const sent =
      key.asks === 'contact' ? this.sendContact(person, chatId) : this.say(person, chatId, key.text);
    return { kind: 'sent', messageId: sent.messageId };
  }

  /** What the bot answered to a tap, once it does. */
  async callbackAnswer(queryId: string, options: WaitOptions = {}): Promise<CallbackAnswer> {
    const look = (): CallbackAnswer | undefined => this.#state.callbacks.get(queryId)?.answer;
    return this.#state.world.changes.waitFor(look, { what: 'The answer to the tap', ...options });
  }

  /** What the chat shows now, oldest first. */
  messages(chatId: number): readonly ShownMessage[] {
    return showAll(this.#state.world, this.#chat(chatId));
  }

  /** The newest message that the predicate accepts, as soon as there is one after `afterMessageId`. */
  async waitFor(
    chatId: number,
    predicate: (message: ShownMessage) => boolean,
    options: WaitOptions & { readonly afterMessageId?: number | undefined } = {},
  ): Promise<ShownMessage> {
    const after = options.afterMessageId ?? 0;
    const look = (): ShownMessage | undefined =>
      this.messages(chatId).findLast((message) => message.messageId > after && predicate(message));
    return this.#state.world.changes.waitFor(look, { what: `The message in chat ${chatId}`, ...options });
  }

  chats(): readonly {
    readonly id: number;
    readonly type: string;
    readonly title: string;
    readonly bot: string;
  }[] {
    return this.#state.world.chats().map(({ id, type, wire, botStatus }) => ({
      id,
      type,
      title: wire.title ?? wire.first_name ?? '',
      bot: botStatus,
    }));
  }

  /** The bytes that a file id stands for. */
  fileBytes(fileId: string): Buffer | undefined {
    return this.#state.files.find(fileId)?.data;
  }

  /** What setMyCommands set, by language and scope. */
  commands(): ReadonlyMap<string, readonly Command[]> {
    return this.#state.commands;
  }

  /** Updates that the bot has not confirmed yet. */
  pendingUpdates(): number {
    return this.#state.updates.count();
  }

  #chat(chatId: number): Chat {
    return this.#state.world.chatOrThrow(chatId);
  }

  #show(wire: WireMessage): ShownMessage {
    return show(this.#state.world, { wire });
  }
}

const textContent = (raw: string): MessageContent => {
  const formatted = formatText(raw, undefined, undefined);
  if (!formatted.ok || formatted.value.text === '')
    throw new RangeError('A person cannot send an empty text');
  const { text, entities } = formatted.value;
  return { text, ...(entities.length > 0 ? { entities } : {}) };
};
