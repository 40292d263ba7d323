import type { Person } from '../core/people.ts';
import type { BotState } from './state.ts';
import type { MessageContent, UpdateKind, WireMessage } from './wire.ts';
import type { BotStatus, Chat } from './world.ts';

/**
 * Whether the bot gets to see a message: in private always; in a group with privacy mode only commands, mentions,
 * replies to it and service messages, unless it is an administrator.
 */
const botSees = (state: BotState, chat: Chat, message: WireMessage): boolean => {
  if (chat.botStatus !== 'member' && chat.botStatus !== 'administrator') return false;
  if (chat.type === 'private' || chat.botStatus === 'administrator' || !state.rules.privacyMode) return true;
  const me = `@${state.world.me.username ?? ''}`.toLowerCase();
  const text = message.text ?? message.caption;
  const service = message.new_chat_members ?? message.left_chat_member ?? message.forum_topic_created;
  if (service !== undefined || message.reply_to_message?.from.id === state.world.me.id) return true;
  if (text === undefined) return false;
  const addressee = /^\/[a-z0-9_]+(@[a-z0-9_]+)?/i.exec(text);
  if (addressee !== null) return addressee[1] === undefined || addressee[1].toLowerCase() === me;
  const words = text.toLowerCase();
  return (message.entities ?? message.caption_entities ?? []).some(
    ({ type, offset, length }) => type === 'mention' && words.slice(offset, offset + length) === me,
  );
};

/** Tells the bot of a message, if it may see it. */
export const announce = (
  state: BotState,
  chat: Chat,
  kind: UpdateKind,
  message: WireMessage,
  always = false,
): void => {
  if (!always && !botSees(state, chat, message)) return;
  state.updates.push(kind, message, {
    chatId: chat.id,
    messageId: message.message_id,
    personId: state.world.accountById(message.from.id)?.person.id,
    text: message.text ?? message.caption,
  });
};

/**
 * Posts what a person sends. Whoever acts in a group is a member from then on.
 * @throws RangeError when a person could not do this: a blocked or unopened private chat, a chat that moved,
 * someone else's private chat, an account that is gone.
 */
export const postAs = (state: BotState, person: Person, chat: Chat, content: MessageContent): WireMessage => {
  const account = state.world.accountOf(person);
  if (account.deactivated) throw new RangeError(`${person.id} has no account any more`);
  if (chat.migratedTo !== undefined) throw new RangeError(`Chat ${chat.id} became ${chat.migratedTo}`);
  if (chat.type === 'private') {
    if (chat.id !== account.user.id) throw new RangeError(`Chat ${chat.id} is not with ${person.id}`);
    if (chat.botStatus !== 'member') throw new RangeError(`${person.id} must open or unblock the chat first`);
  } else chat.members.add(account.user.id);
  const message = state.world.post(chat, account.user, content);
  announce(state, chat, 'message', message);
  return message;
};

const statusOf = (status: BotStatus): string => (status === 'none' ? 'left' : status);

/** Changes what the bot is in a chat and tells it so. */
export const changeBotStatus = (state: BotState, chat: Chat, by: Person, status: BotStatus): void => {
  const user = state.world.me;
  const { user: from } = state.world.accountOf(by);
  const old_chat_member = { user, status: statusOf(chat.botStatus) };
  chat.botStatus = status;
  const new_chat_member = { user, status, ...(status === 'kicked' ? { until_date: 0 } : {}) };
  const payload = { chat: chat.wire, from, date: state.world.nowS(), old_chat_member, new_chat_member };
  state.updates.push('my_chat_member', payload, { chatId: chat.id, personId: by.id, text: status });
  state.world.changes.notify();
};
