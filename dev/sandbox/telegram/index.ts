import type { WaitOptions } from '../core/changes.ts';
import type { Router } from '../core/http.ts';
import type { SandboxCore } from '../core/index.ts';
import type { Person } from '../core/people.ts';
import { TelegramActors } from './actors.ts';
import { changeBotStatus } from './deliver.ts';
import { FileStore } from './files.ts';
import { Params } from './params.ts';
import { Admission, defaultRules, type TelegramRules } from './rules.ts';
import { registerTelegram, runMethod } from './server.ts';
import type { ChatSummary, ChatView } from '../view/types.ts';
import { chatViewOf, contactOf, summaryOf } from './overview.ts';
import { showAll, type ShownMessage } from './shown.ts';
import type { BotState, CallbackAnswer, Command } from './state.ts';
import { UpdateQueue } from './updates.ts';
import { WebhookSender } from './webhook.ts';
import { World } from './world.ts';

export interface TelegramOptions {
  /** `<bot id>:<secret>`. */
  readonly token?: string | undefined;
  readonly username?: string | undefined;
  readonly rules?: Partial<TelegramRules> | undefined;
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
export class TelegramSandbox extends TelegramActors {
  readonly token: string;
  readonly #core: SandboxCore;

  constructor(core: SandboxCore, options: TelegramOptions = {}) {
    const token = options.token ?? defaultToken;
    super(makeState(core, options, token));
    this.#core = core;
    this.token = token;
  }

  register(router: Router): void {
    registerTelegram(router, this.token, this.state);
  }

  /** What a client takes as its API root. */
  get apiRoot(): string {
    return this.#core.rootUrl();
  }

  get bot(): { readonly id: number; readonly username: string } {
    const { id, username } = this.state.world.me;
    return { id, username: username ?? '' };
  }

  /** Ends what goes on by itself: the deliveries to the webhook. */
  stop(): void {
    this.state.webhook.clear();
  }

  createPerson(name: string): Person {
    return this.#core.people.create(name);
  }

  /** The person presses Start (with the payload of a deep link, if any); unblocks if need be. Returns the chat id. */
  openPrivate(person: Person, payload = ''): number {
    const chat = this.state.world.privateChatOf(person);
    if (chat.botStatus === 'kicked') this.unblock(person);
    chat.botStatus = 'member';
    this.say(person, chat.id, payload === '' ? '/start' : `/start ${payload}`);
    return chat.id;
  }

  block(person: Person): void {
    changeBotStatus(this.state, this.state.world.privateChatOf(person), person, 'kicked');
  }

  unblock(person: Person): void {
    changeBotStatus(this.state, this.state.world.privateChatOf(person), person, 'member');
  }

  deactivate(person: Person): void {
    this.state.world.accountOf(person).deactivated = true;
  }

  /** What the bot answered to a tap, once it does. */
  async callbackAnswer(queryId: string, options: WaitOptions = {}): Promise<CallbackAnswer> {
    const look = (): CallbackAnswer | undefined => this.state.callbacks.get(queryId)?.answer;
    return this.state.world.changes.waitFor(look, { what: 'The answer to the tap', ...options });
  }

  /** What the chat shows now, oldest first. */
  messages(chatId: number): readonly ShownMessage[] {
    return showAll(this.state.world, this.chat(chatId));
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
    return this.state.world.changes.waitFor(look, { what: `The message in chat ${chatId}`, ...options });
  }

  chats(): readonly {
    readonly id: number;
    readonly type: string;
    readonly title: string;
    readonly bot: string;
  }[] {
    return this.state.world.chats().map(({ id, type, wire, botStatus }) => ({
      id,
      type,
      title: wire.title ?? wire.first_name ?? '',
      bot: botStatus,
    }));
  }

  /** The bytes that a file id stands for. */
  fileBytes(fileId: string): Buffer | undefined {
    return this.state.files.find(fileId)?.data;
  }

  fileType(fileId: string): string {
    const file = this.state.files.find(fileId);
    if (file?.kind === 'photo' || file?.kind === 'sticker')
      return file.kind === 'photo' ? 'image/jpeg' : 'image/webp';
    return file?.wire.mime_type ?? 'application/octet-stream';
  }

  /** How the person stands with the bot, without opening anything. */
  contactOf(person: Person): ReturnType<typeof contactOf> {
    return contactOf(this.state, person);
  }

  /** Every chat in a line, for a list of chats. */
  summaries(): readonly ChatSummary[] {
    return this.state.world.chats().map((chat) => summaryOf(this.state, chat));
  }

  /** The newest messages of a chat, as a phone would show them; none where there is no such chat yet. */
  chatView(chatId: number, limit: number): ChatView {
    const chat = this.state.world.chat(chatId);
    return chat === undefined
      ? { bubbles: [], hidden: 0, keyboard: [] }
      : chatViewOf(this.state, chat, limit);
  }

  /** What setMyCommands set, by language and scope. */
  commands(): ReadonlyMap<string, readonly Command[]> {
    return this.state.commands;
  }

  /** Updates that the bot has not confirmed yet. */
  pendingUpdates(): number {
    return this.state.updates.count();
  }
}
