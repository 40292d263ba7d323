import { randomUUID } from 'node:crypto';
import type { Person } from '../core/people.ts';
import type { KeyboardButton } from './markup.ts';
import type { BotState } from './state.ts';
import type { WireButton, WireMessage } from './wire.ts';
import type { Chat } from './world.ts';

export type Tapped =
  /** The bot has a callback query to answer. */
  | { readonly kind: 'callback'; readonly queryId: string }
  /** A link: the person left the chat for it. */
  | { readonly kind: 'link'; readonly url: string }
  /** A button of the keyboard: the person sent a message. */
  | { readonly kind: 'sent'; readonly messageId: number };

const isCalled = (button: WireButton, name: string): boolean =>
  button.callback_data === name || button.text === name;

const query = (state: BotState, person: Person, chat: Chat, message: WireMessage, data: string): Tapped => {
  const queryId = String(BigInt(`0x${randomUUID().replaceAll('-', '').slice(0, 15)}`));
  state.callbacks.set(queryId, {
    personId: person.id,
    chatId: chat.id,
    atMs: state.core.clock.nowMs(),
    answer: undefined,
  });
  const { user: from } = state.world.accountOf(person);
  const payload = { id: queryId, from, message, chat_instance: `instance${chat.id}`, data };
  state.updates.push('callback_query', payload, {
    chatId: chat.id,
    messageId: message.message_id,
    personId: person.id,
    text: data,
  });
  return { kind: 'callback', queryId };
};

/** The button of the message that has this text or data. @throws RangeError when the chat shows none such. */
export const tapInline = (
  state: BotState,
  person: Person,
  chat: Chat,
  messageId: number,
  name: string,
): Tapped | undefined => {
  const message = chat.messages.get(messageId)?.wire;
  if (message === undefined) throw new RangeError(`No message ${messageId} in chat ${chat.id}`);
  const button = message.reply_markup?.inline_keyboard.flat().find((each) => isCalled(each, name));
  if (button === undefined) return undefined;
  if (button.callback_data !== undefined) return query(state, person, chat, message, button.callback_data);
  return { kind: 'link', url: button.url ?? '' };
};

export const findKeyboardButton = (chat: Chat, name: string): KeyboardButton | undefined =>
  chat.keyboard?.flat().find((button) => button.text === name);
