import type { Person } from '../core/people.ts';
import { announce, changeBotStatus, postAs } from './deliver.ts';
import { placeOf } from './media.ts';
import { show, type ShownMessage } from './shown.ts';
import type { BotState } from './state.ts';
import type { WireMessage } from './wire.ts';
import type { Chat } from './world.ts';

/** Groups, who is in them, their topics, and their becoming supergroups. */
export class TelegramGroups {
  protected readonly state: BotState;

  constructor(state: BotState) {
    this.state = state;
  }

  /** `hasBot`: the bot has been in it for long, and is told nothing. */
  createGroup(
    title: string,
    options: {
      readonly kind: 'group' | 'supergroup';
      readonly forum?: boolean | undefined;
      readonly hasBot?: boolean | undefined;
    } = { kind: 'supergroup' },
  ): number {
    if (options.forum && options.kind === 'group') throw new RangeError('Only a supergroup can have topics');
    const group = this.state.world.addGroup(title, options.kind, options.forum);
    if (options.hasBot) group.botStatus = 'member';
    return group.id;
  }

  /** The bot gets my_chat_member and the service message. */
  addBot(chatId: number, by: Person, options: { readonly admin?: boolean | undefined } = {}): void {
    const chat = this.chat(chatId);
    changeBotStatus(this.state, chat, by, options.admin ? 'administrator' : 'member');
    postAs(this.state, by, chat, { new_chat_members: [this.state.world.me] });
  }

  setBotAdmin(chatId: number, by: Person, admin: boolean): void {
    changeBotStatus(this.state, this.chat(chatId), by, admin ? 'administrator' : 'member');
  }

  kickBot(chatId: number, by: Person): void {
    const chat = this.chat(chatId);
    changeBotStatus(this.state, chat, by, 'kicked');
    postAs(this.state, by, chat, { left_chat_member: this.state.world.me });
  }

  join(person: Person, chatId: number, options: { readonly admin?: boolean | undefined } = {}): void {
    const chat = this.chat(chatId);
    const { user } = this.state.world.accountOf(person);
    if (options.admin) chat.admins.add(user.id);
    if (!chat.members.has(user.id)) postAs(this.state, person, chat, { new_chat_members: [user] });
  }

  leave(person: Person, chatId: number): void {
    const chat = this.chat(chatId);
    const { user } = this.state.world.accountOf(person);
    postAs(this.state, person, chat, { left_chat_member: user });
    chat.members.delete(user.id);
    chat.admins.delete(user.id);
  }

  /** Turns a group into a supergroup; returns the new chat id. Message ids begin anew there. */
  migrate(chatId: number): number {
    const { world } = this.state;
    const old = this.chat(chatId);
    if (old.type !== 'group' || old.migratedTo !== undefined)
      throw new RangeError(`Chat ${chatId} cannot migrate`);
    const next = world.addGroup(old.wire.title ?? '', 'supergroup');
    for (const member of old.members) next.members.add(member);
    for (const admin of old.admins) next.admins.add(admin);
    next.botStatus = old.botStatus;
    const from = world.accountById([...old.members][0] ?? 0)?.user ?? world.me;
    announce(this.state, old, 'message', world.post(old, from, { migrate_to_chat_id: next.id }), true);
    announce(this.state, next, 'message', world.post(next, from, { migrate_from_chat_id: old.id }), true);
    old.migratedTo = next.id;
    old.botStatus = 'left';
    return next.id;
  }

  /** Opens a topic in a forum; returns its thread id. */
  createTopic(chatId: number, by: Person, name: string): number {
    const chat = this.chat(chatId);
    if (chat.wire.is_forum !== true) throw new RangeError(`Chat ${chatId} has no topics`);
    const threadId = chat.lastMessageId + 1;
    chat.topics.set(threadId, { name, closed: false });
    const topic = { name, icon_color: 7_322_096 };
    postAs(this.state, by, chat, { ...placeOf(chat, { threadId }), forum_topic_created: topic });
    return threadId;
  }

  closeTopic(chatId: number, threadId: number): void {
    const topic = this.chat(chatId).topics.get(threadId);
    if (topic === undefined) throw new RangeError(`No topic ${threadId}`);
    topic.closed = true;
  }

  deleteTopic(chatId: number, threadId: number): void {
    this.chat(chatId).topics.delete(threadId);
  }

  protected chat(chatId: number): Chat {
    return this.state.world.chatOrThrow(chatId);
  }

  protected show(wire: WireMessage): ShownMessage {
    return show(this.state.world, { wire });
  }
}
