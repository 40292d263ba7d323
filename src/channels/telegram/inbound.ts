import { z } from 'zod';
import {
  type Inbound,
  type InboundContent,
  type InboundEvent,
  type QuotedMessage,
  type Sender,
  storableEvent,
} from '#src/domain/inbound.ts';
import { entitiesSchema, fileContentOf, markedBy, mediaSchema } from './inbound-media.ts';

const personSchema = z.object({
  id: z.int(),
  is_bot: z.boolean().optional(),
  first_name: z.string().optional(),
  last_name: z.string().optional(),
});

const chatSchema = z.object({
  id: z.int(),
  type: z.enum(['private', 'group', 'supergroup', 'channel']),
  title: z.string().optional(),
  is_forum: z.boolean().optional(),
});

const quotedSchema = z.object({
  message_id: z.int(),
  from: personSchema.optional(),
  text: z.string().optional(),
  caption: z.string().optional(),
  forum_topic_created: z.unknown().optional(),
});

const messageSchema = mediaSchema.extend({
  message_id: z.int(),
  date: z.int().nonnegative(),
  chat: chatSchema,
  from: personSchema.optional(),
  sender_chat: z.object({ id: z.int() }).optional(),
  text: z.string().min(1).optional(),
  entities: entitiesSchema,
  location: z
    .object({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) })
    .optional(),
  contact: z
    .object({
      phone_number: z.string().min(1),
      first_name: z.string().optional(),
      last_name: z.string().optional(),
    })
    .optional(),
  sticker: z.object({}).optional(),
  reply_to_message: quotedSchema.optional(),
  message_thread_id: z.int().nonnegative().optional().catch(undefined),
  is_topic_message: z.boolean().optional(),
  migrate_to_chat_id: z.int().optional(),
  migrate_from_chat_id: z.int().optional(),
});

const callbackSchema = z.object({
  id: z.string().min(1),
  from: personSchema,
  data: z.string().optional(),
  message: z
    .object({ message_id: z.int(), chat: chatSchema, date: z.int().nonnegative().optional() })
    .optional(),
});

const membershipSchema = z.object({
  chat: chatSchema,
  from: personSchema.optional(),
  date: z.int().nonnegative(),
  old_chat_member: z.object({ status: z.string(), is_member: z.boolean().optional() }),
  new_chat_member: z.object({ status: z.string(), is_member: z.boolean().optional() }),
});

const updateSchema = z.object({
  update_id: z.int().nonnegative(),
  message: z.unknown().optional(),
  callback_query: z.unknown().optional(),
  my_chat_member: z.unknown().optional(),
  edited_message: z.unknown().optional(),
  channel_post: z.unknown().optional(),
  edited_channel_post: z.unknown().optional(),
});

type Person = z.infer<typeof personSchema>;
type Chat = z.infer<typeof chatSchema>;
type Message = z.infer<typeof messageSchema>;

/** Update ids are at most 16 digits, so that padded ones sort as text in the order of the platform. */
const ORDER_DIGITS = 16;

const ignored = (reason: string): Inbound => ({ kind: 'ignored', reason });

const nameOf = (person: {
  readonly first_name?: string | undefined;
  readonly last_name?: string | undefined;
}) => [person.first_name, person.last_name].filter((part) => part !== undefined && part !== '').join(' ');

const senderOf = (person: Person): Sender => ({ id: String(person.id), name: nameOf(person) });

function chatOf(chat: Chat): InboundEvent['chat'] | null {
  if (chat.type === 'channel') return null;
  if (chat.type === 'private') return { id: String(chat.id), kind: 'private' };
  return { id: String(chat.id), kind: 'group', ...(chat.title === undefined ? {} : { title: chat.title }) };
}

interface EventParts {
  readonly updateId: number;
  readonly chat: Chat;
  readonly sender: Sender | null;
  readonly sentAtMs: number;
  readonly content: InboundContent;
  readonly quoted?: QuotedMessage | undefined;
  readonly threadId?: string | undefined;
}

function eventOf(parts: EventParts): Inbound {
  const chat = chatOf(parts.chat);
  if (chat === null) return ignored('channel-post');
  const event: InboundEvent = {
    platform: 'telegram',
    eventId: String(parts.updateId),
    order: String(parts.updateId).padStart(ORDER_DIGITS, '0'),
    chat,
    sender: parts.sender,
    sentAtMs: parts.sentAtMs,
    content: parts.content,
    ...(parts.quoted === undefined ? {} : { quoted: parts.quoted }),
    ...(parts.threadId === undefined ? {} : { threadId: parts.threadId }),
  };
  return { kind: 'event', event: storableEvent(event) };
}

function contentOf(message: Message): InboundContent | null {
  if (message.text !== undefined) {
    const marked = markedBy(message.text, message.entities);
    return { kind: 'text', text: message.text, ...(marked === undefined ? {} : { marked }) };
  }
  const file = fileContentOf(message);
  if (file !== null) return file;
  // A venue carries its location in `location` too.
  if (message.location !== undefined) return { kind: 'location', ...message.location };
  if (message.contact !== undefined) {
    const name = nameOf(message.contact);
    return { kind: 'contact', phone: message.contact.phone_number, ...(name === '' ? {} : { name }) };
  }
  return message.sticker === undefined ? null : { kind: 'sticker' };
}

function quotedOf(message: Message): QuotedMessage | undefined {
  const quoted = message.reply_to_message;
  // In a forum every first-level message "replies" to the service message that opened its topic.
  if (quoted === undefined || quoted.forum_topic_created !== undefined) return undefined;
  const text = quoted.text ?? quoted.caption;
  const senderName = quoted.from === undefined ? '' : nameOf(quoted.from);
  return {
    messageId: String(quoted.message_id),
    ...(text === undefined ? {} : { text }),
    ...(senderName === '' ? {} : { senderName }),
  };
}

/** A reply outside forums has a thread of its own, which is no topic. */
function threadOf({ message_thread_id: threadId, is_topic_message: isTopic }: Message): string | undefined {
  return isTopic === true && threadId !== undefined ? String(threadId) : undefined;
}

function messageEvent(updateId: number, raw: unknown): Inbound {
  const parsed = messageSchema.safeParse(raw);
  if (!parsed.success) return ignored('unreadable-message');
  const message = parsed.data;
  const base = { updateId, chat: message.chat, sentAtMs: message.date * 1_000 };
  if (message.migrate_to_chat_id !== undefined) {
    const content = { kind: 'migrated', toChatId: String(message.migrate_to_chat_id) } as const;
    return eventOf({ ...base, sender: null, content });
  }
  // The same migration, told by the new chat: the old chat's message has already moved everything.
  if (message.migrate_from_chat_id !== undefined) return ignored('migrated-from');
  // An anonymous admin writes as the chat, through a bot account: nobody we could name.
  const isAnonymous = message.sender_chat !== undefined || message.from === undefined;
  if (!isAnonymous && message.from?.is_bot === true) return ignored('from-bot');
  const content = contentOf(message);
  if (content === null) return ignored('unsupported-message');
  const sender = isAnonymous || message.from === undefined ? null : senderOf(message.from);
  return eventOf({ ...base, sender, content, quoted: quotedOf(message), threadId: threadOf(message) });
}

function tapEvent(updateId: number, raw: unknown, receivedAtMs: number | undefined): Inbound {
  const parsed = callbackSchema.safeParse(raw);
  if (!parsed.success) return ignored('unreadable-callback');
  const { id, from, data, message } = parsed.data;
  if (message === undefined || data === undefined) return ignored('callback-without-message-or-data');
  return eventOf({
    updateId,
    chat: message.chat,
    sender: senderOf(from),
    // Telegram does not say when a button was tapped, only when its message was sent.
    sentAtMs: receivedAtMs ?? (message.date ?? 0) * 1_000,
    content: { kind: 'tap', payload: data, messageId: String(message.message_id), callbackId: id },
  });
}

const isMember = (member: { readonly status: string; readonly is_member?: boolean | undefined }): boolean =>
  ['member', 'administrator', 'creator'].includes(member.status) ||
  (member.status === 'restricted' && member.is_member === true);

function membershipEvent(updateId: number, raw: unknown): Inbound {
  const parsed = membershipSchema.safeParse(raw);
  if (!parsed.success) return ignored('unreadable-membership');
  const { chat, from, date, old_chat_member: before, new_chat_member: after } = parsed.data;
  if (isMember(before) === isMember(after)) return ignored('membership-unchanged');
  const base = { updateId, chat, sender: from === undefined ? null : senderOf(from), sentAtMs: date * 1_000 };
  if (chat.type === 'private') {
    // Whoever unblocks the bot presses Start, and that arrives as a message of its own.
    return isMember(after) ? ignored('unblocked') : eventOf({ ...base, content: { kind: 'unfollowed' } });
  }
  if (!isMember(after)) return eventOf({ ...base, content: { kind: 'bot-removed' } });
  const topics = chat.is_forum === true ? { hasTopics: true as const } : {};
  return eventOf({ ...base, content: { kind: 'bot-added', title: chat.title ?? '', ...topics } });
}

/**
 * One Telegram update as an event of ours. Never throws: what is not understood is `ignored` with a reason that holds no
 * words of people. In private chats a block is `unfollowed`; in groups the bot's own membership is `bot-added`/`bot-removed`.
 * @param update parsed JSON of one `Update`
 * @param receivedAtMs when it came in; becomes `sentAtMs` of a tap, for which Telegram gives no time
 */
export function telegramInbound(update: unknown, receivedAtMs?: number): Inbound {
  const parsed = updateSchema.safeParse(update);
  if (!parsed.success) return ignored('unreadable-update');
  const { update_id: updateId, message, callback_query: callback, my_chat_member: membership } = parsed.data;
  if (message !== undefined) return messageEvent(updateId, message);
  if (callback !== undefined) return tapEvent(updateId, callback, receivedAtMs);
  if (membership !== undefined) return membershipEvent(updateId, membership);
  if (parsed.data.edited_message !== undefined) return ignored('edited-message');
  if (parsed.data.channel_post !== undefined || parsed.data.edited_channel_post !== undefined) {
    return ignored('channel-post');
  }
  return ignored('unsupported-update');
}
