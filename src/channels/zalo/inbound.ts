import { z } from 'zod';
import {
  type Inbound,
  type InboundContent,
  type InboundEvent,
  type QuotedMessage,
  storableEvent,
} from '#src/domain/inbound.ts';
import { groupChatId, idSchema } from './ids.ts';
import { contentOfMessage, messageSchema, type ZaloMessage } from './inbound-content.ts';

const partySchema = z.object({
  id: idSchema.optional().catch(undefined),
  group_id: idSchema.optional().catch(undefined),
});

const eventSchema = z.object({
  event_name: z.string().min(1),
  timestamp: idSchema.pipe(z.string().regex(/^\d{1,15}$/)),
  sender: partySchema.optional().catch(undefined),
  recipient: partySchema.optional().catch(undefined),
  follower: partySchema.optional().catch(undefined),
  conversation: partySchema.optional().catch(undefined),
  group_id: idSchema.optional().catch(undefined),
  group_name: z.string().optional().catch(undefined),
  message: messageSchema.optional().catch(undefined),
  info: z
    .object({ phone: idSchema.optional().catch(undefined), name: z.string().optional().catch(undefined) })
    .optional()
    .catch(undefined),
});

type ZaloEvent = z.infer<typeof eventSchema>;

/** Times have 13 digits; padded so that they sort as text. */
const ORDER_DIGITS = 16;

/** Both spellings stand in the sources; nobody has shown an official list. */
const GROUP_CREATED = ['create_group'];
const GROUP_GONE = ['disperse_group', 'delete_group'];

/** Known, and nothing for us to do. */
const UNUSED =
  /^(user_(received|seen|reacted)_message|oa_reacted_message|add_user_to_tag|user_click_chatnow|user_feedback|user_reply_consent|oa_call_user|user_call_oa|permission_revoked|change_template_status|change_oa_daily_quota|shop_has_order|anonymous_send_\w+|user_(join|out|leave)_group|user_request_join_group|re(act|ject)_request_join_group(_accept|_reject)?|(add|remove)_group_admin|update_group_info)$/;

const ignored = (reason: string): Inbound => ({ kind: 'ignored', reason });

/** Names go to the log only when they look like names: they come from outside. */
const withName = (reason: string, name: string): string =>
  /^[a-z_]{1,60}$/.test(name) ? `${reason}:${name}` : reason;

function groupIdIn(event: ZaloEvent): string | undefined {
  return (
    event.recipient?.id ??
    event.recipient?.group_id ??
    event.message?.conversation_id ??
    event.conversation?.id ??
    event.group_id
  );
}

interface EventParts {
  readonly chat: InboundEvent['chat'];
  readonly senderId: string | null;
  readonly content: InboundContent;
  readonly messageId?: string | undefined;
  readonly quoted?: QuotedMessage | undefined;
}

function eventOf(event: ZaloEvent, parts: EventParts): Inbound {
  const subject = parts.senderId ?? parts.chat.id;
  const eventId = parts.messageId ?? `${event.event_name}:${event.timestamp}:${subject}`;
  const result: InboundEvent = {
    platform: 'zalo',
    eventId,
    order: `${event.timestamp.padStart(ORDER_DIGITS, '0')}-${eventId}`,
    chat: parts.chat,
    // Zalo's events name nobody; names come with `user_submit_info` only.
    sender: parts.senderId === null ? null : { id: parts.senderId, name: '' },
    sentAtMs: Number(event.timestamp),
    content: parts.content,
    ...(parts.quoted === undefined ? {} : { quoted: parts.quoted }),
  };
  return { kind: 'event', event: storableEvent(result) };
}

function quotedOf(message: ZaloMessage): QuotedMessage | undefined {
  const quote = message.quote_msg;
  const messageId = quote?.msg_id ?? quote?.message_id ?? message.quote_msg_id;
  if (messageId === undefined) return undefined;
  return { messageId, ...(quote?.text === undefined ? {} : { text: quote.text }) };
}

function messageEvent(event: ZaloEvent, kind: string, isGroup: boolean): Inbound {
  const { message, sender } = event;
  if (message === undefined) return ignored(withName('unreadable-message', event.event_name));
  const content = contentOfMessage(kind, message);
  if (content === null) return ignored(withName('unsupported-message', event.event_name));
  const senderId = sender?.id;
  const chatId = isGroup ? groupIdIn(event) : senderId;
  if (senderId === undefined || chatId === undefined) return ignored('message-without-chat');
  return eventOf(event, {
    chat: isGroup ? { id: groupChatId(chatId), kind: 'group' } : { id: chatId, kind: 'private' },
    senderId,
    content,
    messageId: message.msg_id ?? message.message_id,
    quoted: quotedOf(message),
  });
}

function followEvent(event: ZaloEvent, kind: 'followed' | 'unfollowed'): Inbound {
  const id = event.follower?.id ?? event.sender?.id;
  if (id === undefined) return ignored('follow-without-follower');
  return eventOf(event, { chat: { id, kind: 'private' }, senderId: id, content: { kind } });
}

function submitInfoEvent(event: ZaloEvent): Inbound {
  const id = event.sender?.id;
  const { phone, name } = event.info ?? {};
  if (id === undefined || phone === undefined) return ignored('info-without-phone');
  const content = { kind: 'contact', phone, ...(name === undefined || name === '' ? {} : { name }) } as const;
  return eventOf(event, { chat: { id, kind: 'private' }, senderId: id, content });
}

function groupLifeEvent(event: ZaloEvent, isCreated: boolean): Inbound {
  const id = event.group_id ?? groupIdIn(event);
  if (id === undefined) return ignored('group-event-without-group');
  const content: InboundContent = isCreated
    ? { kind: 'bot-added', title: event.group_name ?? '' }
    : { kind: 'bot-removed' };
  return eventOf(event, { chat: { id: groupChatId(id), kind: 'group' }, senderId: null, content });
}

/**
 * One webhook body of a Zalo Official Account as an event of ours. Never throws: what is not understood is `ignored` with a
 * reason that holds no words of people. A tapped button arrives as text. Sources: several clients of the platform; the group
 * lifecycle names differ between them and both spellings are taken.
 * @param body from `parseZaloJson`, which keeps long ids whole; `undefined` for the platform's empty probe
 */
export function zaloInbound(body: unknown): Inbound {
  if (body === undefined) return ignored('no-json');
  const parsed = eventSchema.safeParse(body);
  if (!parsed.success) return ignored('unreadable-event');
  const event = parsed.data;
  const name = event.event_name;
  if (name.startsWith('oa_send_')) return ignored('echo');
  const sent = /^user_send_(group_)?([a-z_]+)$/.exec(name);
  if (sent !== null) return messageEvent(event, sent[2] ?? '', sent[1] !== undefined);
  if (name === 'follow') return followEvent(event, 'followed');
  if (name === 'unfollow') return followEvent(event, 'unfollowed');
  if (name === 'user_submit_info') return submitInfoEvent(event);
  if (GROUP_CREATED.includes(name)) return groupLifeEvent(event, true);
  if (GROUP_GONE.includes(name)) return groupLifeEvent(event, false);
  return ignored(withName(UNUSED.test(name) ? 'unused-event' : 'unknown-event', name));
}
