import type { Bubble, ChatSummary, ChatView, Contact, MediaView } from '../view/types.ts';
import type { Person } from '../core/people.ts';
import { show, type ShownMessage } from './shown.ts';
import type { BotState } from './state.ts';
import type { WireMessage } from './wire.ts';
import type { BotStatus, Chat } from './world.ts';

const BOT: Readonly<Record<BotStatus, ChatSummary['bot']>> = {
  none: 'out',
  member: 'member',
  administrator: 'admin',
  kicked: 'out',
  left: 'out',
};

/** Asks without making a chat: who has never written has none. */
export const contactOf = (
  { world }: BotState,
  person: Person,
): { readonly chatId: string; readonly contact: Contact } => {
  const id = world.userIdOf(person);
  const status = world.chat(id)?.botStatus ?? 'none';
  return {
    chatId: String(id),
    contact: status === 'kicked' ? 'blocked' : status === 'none' ? 'none' : 'open',
  };
};

export const summaryOf = (state: BotState, chat: Chat): ChatSummary => {
  const newest = [...chat.messages.keys()].at(-1);
  const stored = newest === undefined ? undefined : chat.messages.get(newest);
  const last = stored === undefined ? null : bubbleOf(state, show(state.world, stored));
  return {
    platform: 'telegram',
    id: String(chat.id),
    kind: chat.type,
    title: chat.wire.title ?? chat.wire.first_name ?? '',
    members: [...chat.members].flatMap((userId) => state.world.accountById(userId)?.person.id ?? []),
    bot: BOT[chat.botStatus],
    movedTo: chat.migratedTo === undefined ? null : String(chat.migratedTo),
    messages: chat.lastMessageId,
    last: last && { author: last.author, text: last.text, kind: last.kind, atMs: last.atMs },
  };
};

export const chatViewOf = (state: BotState, chat: Chat, limit: number): ChatView => {
  const all = [...chat.messages.values()];
  const shown = all.slice(-limit);
  return {
    bubbles: shown.map((message) => bubbleOf(state, show(state.world, message))),
    hidden: all.length - shown.length,
    keyboard: (chat.keyboard ?? []).map((row) => row.map((button) => button.text)),
  };
};

const bubbleOf = ({ world }: BotState, message: ShownMessage): Bubble => {
  const { wire } = message;
  const { reply_to_message: quoted, forward_origin: origin, contact } = wire;
  return {
    id: String(message.messageId),
    personId: message.personId ?? null,
    author: wire.from.first_name,
    fromBot: message.fromBot,
    atMs: message.dateMs,
    kind: message.kind === 'document' ? 'file' : message.kind,
    service: message.kind === 'service' ? serviceOf(wire) : null,
    text: message.kind === 'service' ? subjectOf(wire) : message.text,
    marks: message.entities,
    media: mediaOf(message),
    location: wire.location ?? null,
    contact: contact === undefined ? null : { name: contact.first_name, phone: contact.phone_number },
    buttons: message.buttons.map((row) =>
      row.map(({ text, url }) => ({ label: text, kind: url === undefined ? 'tap' : 'link', to: url ?? '' })),
    ),
    forwardedFrom: origin?.sender_user.first_name ?? null,
    quoted:
      quoted === undefined
        ? null
        : { author: quoted.from.first_name, text: show(world, { wire: quoted }).text },
    edited: message.edited,
    asksInfo: false,
  };
};

const mediaOf = ({ kind, file, wire }: ShownMessage): MediaView | null => {
  const found = file ?? (wire.sticker as ShownMessage['file']);
  if (found === undefined) return null;
  return {
    kind: kind === 'photo' || kind === 'voice' || kind === 'video' || kind === 'sticker' ? kind : 'file',
    url: `/page/files/telegram/${found.file_id}`,
    name: found.file_name ?? '',
    sizeBytes: found.file_size,
  };
};

const serviceOf = (wire: WireMessage): string => {
  if (wire.new_chat_members !== undefined) return 'joined';
  if (wire.left_chat_member !== undefined) return 'left';
  return wire.forum_topic_created === undefined ? 'moved' : 'topic';
};

/** Who joined or left, or what the topic is called. */
const subjectOf = (wire: WireMessage): string =>
  wire.new_chat_members?.map((user) => user.first_name).join(', ') ??
  wire.left_chat_member?.first_name ??
  wire.forum_topic_created?.name ??
  '';
