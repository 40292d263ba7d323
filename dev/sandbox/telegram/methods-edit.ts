import { isDeepStrictEqual } from 'node:util';
import { readMarkup } from './markup.ts';
import { type Params, readCaption, readText } from './params.ts';
import { type ApiResult, badRequest, type Checked, done, value } from './results.ts';
import type { BotState, Method } from './state.ts';
import type { WireMessage } from './wire.ts';
import type { Chat } from './world.ts';

const notModified = badRequest(
  'message is not modified: specified new message content and reply markup are exactly the same as a current content ' +
    'and reply markup of the message',
);

const deletableMs = 48 * 60 * 60 * 1_000;

const editable = (
  state: BotState,
  params: Params,
): Checked<{ readonly chat: Chat; readonly message: WireMessage }> => {
  const writable = state.world.writable(params.int('chat_id'));
  if (!writable.ok) return writable;
  const message = writable.value.messages.get(params.int('message_id') ?? 0)?.wire;
  if (message === undefined) return badRequest('message to edit not found');
  if (message.from.id !== state.world.me.id) return badRequest("message can't be edited");
  return value({ chat: writable.value, message });
};

/** Puts the changed message in the old one's place, unless nothing would change or the budget is spent. */
const commit = (state: BotState, chat: Chat, before: WireMessage, after: WireMessage): ApiResult => {
  const bare = (message: WireMessage): unknown =>
    JSON.parse(JSON.stringify({ ...message, edit_date: undefined }));
  if (isDeepStrictEqual(bare(before), bare(after))) return notModified;
  const refusal = state.admission.admit(chat);
  if (refusal !== undefined) return refusal;
  return done(state.world.replace(chat, { ...after, edit_date: state.world.nowS() }));
};

const editMessageText: Method = (state, params) => {
  const formatted = readText(params);
  if (!formatted.ok) return formatted;
  const target = editable(state, params);
  if (!target.ok) return target;
  const markup = readMarkup(params);
  if (!markup.ok) return markup;
  const { chat, message } = target.value;
  if (message.text === undefined) return badRequest('there is no text in the message to edit');
  const { text, entities } = formatted.value;
  const after = { ...message, text, entities: entities.length > 0 ? entities : undefined };
  return commit(state, chat, message, { ...after, reply_markup: markup.value.inline });
};

const editMessageCaption: Method = (state, params) => {
  const formatted = readCaption(params);
  if (!formatted.ok) return formatted;
  const target = editable(state, params);
  if (!target.ok) return target;
  const markup = readMarkup(params);
  if (!markup.ok) return markup;
  const { chat, message } = target.value;
  if (message.text !== undefined) return badRequest('there is no caption in the message to edit');
  const entities = formatted.value?.entities ?? [];
  const caption = {
    caption: formatted.value?.text,
    caption_entities: entities.length > 0 ? entities : undefined,
  };
  return commit(state, chat, message, { ...message, ...caption, reply_markup: markup.value.inline });
};

const editMessageReplyMarkup: Method = (state, params) => {
  const target = editable(state, params);
  if (!target.ok) return target;
  const markup = readMarkup(params);
  if (!markup.ok) return markup;
  const { chat, message } = target.value;
  return commit(state, chat, message, { ...message, reply_markup: markup.value.inline });
};

const deleteMessage: Method = (state, params) => {
  const writable = state.world.writable(params.int('chat_id'));
  if (!writable.ok) return writable;
  const chat = writable.value;
  const message = chat.messages.get(params.int('message_id') ?? 0)?.wire;
  if (message === undefined) return badRequest('message to delete not found');
  const own = message.from.id === state.world.me.id;
  if (!own && chat.type !== 'private' && chat.botStatus !== 'administrator') {
    return badRequest("message can't be deleted");
  }
  const ageMs = state.core.clock.nowMs() - message.date * 1_000;
  if (ageMs > deletableMs && chat.botStatus !== 'administrator') {
    return badRequest("message can't be deleted for everyone");
  }
  state.world.remove(chat, message.message_id);
  return done(true);
};

const answerCallbackQuery: Method = (state, params) => {
  const callback = state.callbacks.get(params.text('callback_query_id') ?? '');
  const nowMs = state.core.clock.nowMs();
  if (callback === undefined || nowMs - callback.atMs > state.rules.callbackLifeMs) {
    return badRequest('query is too old and response timeout expired or query ID is invalid');
  }
  const text = params.text('text');
  if ((text ?? '').length > 200) return badRequest('MESSAGE_TOO_LONG');
  callback.answer ??= { text, showAlert: params.flag('show_alert'), url: params.text('url') };
  state.world.changes.notify();
  return done(true);
};

export const editMethods: Readonly<Record<string, Method>> = {
  editMessageText,
  editMessageCaption,
  editMessageReplyMarkup,
  deleteMessage,
  answerCallbackQuery,
};
