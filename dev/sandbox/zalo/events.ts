import type { SharedInfo, ZaloPerson } from './person-store.ts';

/** What every event says of where and when. */
export interface EventBase {
  readonly appId: string;
  readonly oaId: string;
  /** Epoch milliseconds; sent as text. */
  readonly atMs: number;
}

/** A webhook event before it becomes bytes. `chatId` is the private chat's person or the group. */
export interface ZaloEvent {
  readonly name: string;
  readonly chatId: string;
  readonly messageId: string | undefined;
  readonly personId: string | undefined;
  readonly timestamp: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** One `attachments` element, as persons send it. */
export type EventAttachment =
  | { readonly type: 'image'; readonly payload: { readonly url: string; readonly thumbnail: string } }
  | { readonly type: 'audio'; readonly payload: { readonly url: string } }
  | {
      readonly type: 'video';
      readonly payload: { readonly url: string; readonly thumbnail: string; readonly description: string };
    }
  | { readonly type: 'sticker'; readonly payload: { readonly id: string; readonly url: string } }
  | {
      readonly type: 'location';
      readonly payload: { readonly coordinates: { readonly latitude: string; readonly longitude: string } };
    }
  | {
      readonly type: 'file';
      readonly payload: {
        readonly url: string;
        readonly name: string;
        readonly size: string;
        readonly type: string;
      };
    }
  | {
      readonly type: 'link';
      readonly payload: {
        readonly url: string;
        readonly title: string;
        readonly description: string;
        readonly thumbnail: string;
      };
    };

/** What a person says. */
export interface SaidContent {
  readonly text?: string | undefined;
  readonly attachments?: readonly EventAttachment[] | undefined;
  readonly quote?:
    { readonly messageId: string; readonly text: string; readonly senderId: string } | undefined;
}

const kindOf = (content: SaidContent): string => content.attachments?.[0]?.type ?? 'text';

function messageBody(messageId: string, content: SaidContent): Record<string, unknown> {
  const { text, attachments, quote } = content;
  return {
    ...(text === undefined ? {} : { text }),
    msg_id: messageId,
    ...(attachments === undefined ? {} : { attachments }),
    ...(quote === undefined
      ? {}
      : { quote_msg: { msg_id: quote.messageId, text: quote.text, sender: { id: quote.senderId } } }),
  };
}

/** `user_send_*`: a person writes to the OA in private. */
export function privateMessageEvent(
  base: EventBase,
  person: ZaloPerson,
  messageId: string,
  content: SaidContent,
): ZaloEvent {
  const name = `user_send_${kindOf(content)}`;
  const timestamp = String(base.atMs);
  const body = {
    event_name: name,
    app_id: base.appId,
    sender: { id: person.userId },
    recipient: { id: base.oaId },
    message: messageBody(messageId, content),
    timestamp,
    user_id_by_app: person.userIdByApp,
  };
  return { name, chatId: person.userId, messageId, personId: person.personId, timestamp, body };
}

/** `user_send_group_*`: a member writes in a group; `recipient.id` is the group. */
export function groupMessageEvent(
  base: EventBase,
  person: ZaloPerson,
  groupId: string,
  messageId: string,
  content: SaidContent,
): ZaloEvent {
  const name = `user_send_group_${kindOf(content)}`;
  const timestamp = String(base.atMs);
  const body = {
    event_name: name,
    app_id: base.appId,
    oa_id: base.oaId,
    sender: { id: person.userId },
    recipient: { id: groupId },
    user_id_by_app: person.userIdByApp,
    message: messageBody(messageId, content),
    timestamp,
  };
  return { name, chatId: groupId, messageId, personId: person.personId, timestamp, body };
}

/** `follow` and `unfollow`: `follower` stands where other events have `sender`. */
export function followEvent(base: EventBase, person: ZaloPerson, name: 'follow' | 'unfollow'): ZaloEvent {
  const timestamp = String(base.atMs);
  const body = {
    oa_id: base.oaId,
    follower: { id: person.userId },
    user_id_by_app: person.userIdByApp,
    event_name: name,
    source: 'oa_profile',
    app_id: base.appId,
    timestamp,
  };
  return { name, chatId: person.userId, messageId: undefined, personId: person.personId, timestamp, body };
}

/** `user_submit_info`. `old` is the flat shape that earlier clients read; the platform may send either. */
export function submitInfoEvent(
  base: EventBase,
  person: ZaloPerson,
  info: SharedInfo,
  shape: 'current' | 'old',
): ZaloEvent {
  const name = 'user_submit_info';
  const timestamp = String(base.atMs);
  const current = {
    name: info.name,
    phone: info.phone,
    ...(info.birthDay === undefined ? {} : { user_dob: info.birthDay }),
    ...(info.gender === undefined ? {} : { gender: info.gender }),
    full_address: { user_city: info.city, user_ward: info.ward, user_address: info.address },
  };
  // The old shape also had the phone as a number.
  const old = {
    name: info.name,
    phone: Number(info.phone),
    address: info.address,
    city: info.city,
    district: '',
    ward: info.ward,
  };
  const body = {
    sender: { id: person.userId },
    recipient: { id: base.oaId },
    event_name: name,
    app_id: base.appId,
    timestamp,
    info: shape === 'current' ? current : old,
  };
  return { name, chatId: person.userId, messageId: undefined, personId: person.personId, timestamp, body };
}

/** `user_join_group` and `user_out_group`. The full official body is not known; this follows the group messages. */
export function membershipEvent(
  base: EventBase,
  person: ZaloPerson,
  groupId: string,
  name: 'user_join_group' | 'user_out_group',
): ZaloEvent {
  const timestamp = String(base.atMs);
  const body = {
    event_name: name,
    app_id: base.appId,
    oa_id: base.oaId,
    sender: { id: person.userId },
    recipient: { id: groupId },
    user_id_by_app: person.userIdByApp,
    timestamp,
  };
  return { name, chatId: groupId, messageId: undefined, personId: person.personId, timestamp, body };
}

/** `user_received_message` and `user_seen_message`: here the OA is the sender and the person the recipient. */
export function receiptEvent(
  base: EventBase,
  person: ZaloPerson,
  name: 'user_received_message' | 'user_seen_message',
  messageIds: readonly string[],
): ZaloEvent {
  const timestamp = String(base.atMs);
  const body = {
    app_id: base.appId,
    user_id_by_app: person.userIdByApp,
    event_name: name,
    sender: { id: base.oaId },
    recipient: { id: person.userId },
    message: name === 'user_seen_message' ? { msg_ids: messageIds } : { msg_id: messageIds[0] },
    timestamp,
  };
  return {
    name,
    chatId: person.userId,
    messageId: messageIds[0],
    personId: person.personId,
    timestamp,
    body,
  };
}

/** `oa_send_*`: the echo of a message of the OA, by the API or, with `adminId`, typed by a member of staff. */
export function echoEvent(
  base: EventBase,
  to: { readonly person: ZaloPerson } | { readonly groupId: string },
  messageId: string,
  echo: {
    readonly kind: 'text' | 'image' | 'gif' | 'sticker' | 'file' | 'template';
    readonly text?: string | undefined;
    readonly adminId?: string | undefined;
  },
): ZaloEvent {
  const isPerson = 'person' in to;
  const name = isPerson ? `oa_send_${echo.kind}` : `oa_send_group_${echo.kind}`;
  const chatId = isPerson ? to.person.userId : to.groupId;
  const timestamp = String(base.atMs);
  const body = {
    event_name: name,
    app_id: base.appId,
    ...(isPerson ? {} : { oa_id: base.oaId }),
    sender: { id: base.oaId, ...(echo.adminId === undefined ? {} : { admin_id: echo.adminId }) },
    recipient: { id: chatId },
    message: { ...(echo.text === undefined ? {} : { text: echo.text }), msg_id: messageId },
    timestamp,
    ...(isPerson ? { user_id_by_app: to.person.userIdByApp } : {}),
  };
  return { name, chatId, messageId, personId: undefined, timestamp, body };
}
