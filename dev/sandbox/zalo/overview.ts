import type { Bubble, ButtonView, ChatSummary, ChatView, Contact, MediaView } from '../view/types.ts';
import type { Person } from '../core/people.ts';
import type { EventAttachment } from './events.ts';
import type { ZaloGroup } from './group-store.ts';
import { userIdOf } from './ids.ts';
import type { ZaloButton } from './message.ts';
import type { ZaloMessage } from './transcript.ts';
import type { ZaloWorld } from './world.ts';

/** Asks without giving the person an account. */
export function contactOf(
  world: ZaloWorld,
  person: Person,
): { readonly chatId: string; readonly contact: Contact; readonly follows: boolean } {
  const chatId = userIdOf(person.number);
  const account = world.people.find(chatId);
  const contact = account?.lastInteractionMs === undefined ? 'none' : 'open';
  return {
    chatId,
    contact: account?.blockedAs === undefined ? contact : 'blocked',
    follows: account?.follows ?? false,
  };
}

export function privateSummary(world: ZaloWorld, person: Person): ChatSummary {
  return {
    platform: 'zalo',
    id: userIdOf(person.number),
    kind: 'private',
    title: person.name,
    members: [person.id],
    bot: 'member',
    movedTo: null,
    ...tailOf(world, userIdOf(person.number)),
  };
}

export function groupSummary(world: ZaloWorld, group: ZaloGroup): ChatSummary {
  return {
    platform: 'zalo',
    id: group.groupId,
    kind: 'group',
    title: group.name,
    members: [...group.members].flatMap((userId) => world.people.find(userId)?.personId ?? []),
    bot: group.oaInside ? 'member' : 'out',
    movedTo: null,
    ...tailOf(world, group.groupId),
  };
}

function tailOf(world: ZaloWorld, chatId: string): Pick<ChatSummary, 'messages' | 'last'> {
  const messages = world.transcript.inChat(chatId);
  const newest = messages.at(-1);
  if (newest === undefined) return { messages: 0, last: null };
  const { author, text, kind, atMs } = bubbleOf(world, newest);
  return { messages: messages.length, last: { author, text, kind, atMs } };
}

export function chatViewOf(world: ZaloWorld, chatId: string, limit: number): ChatView {
  const all = world.transcript.inChat(chatId);
  const shown = all.slice(-limit);
  return {
    bubbles: shown.map((message) => bubbleOf(world, message)),
    hidden: all.length - shown.length,
    keyboard: [],
  };
}

function authorOf(world: ZaloWorld, message: ZaloMessage): string {
  if (message.from === 'oa') return world.settings.oaName;
  return world.people.find(message.senderId)?.name ?? message.senderId;
}

function bubbleOf(world: ZaloWorld, message: ZaloMessage): Bubble {
  const quoted =
    message.quoteMessageId === undefined ? undefined : world.transcript.find(message.quoteMessageId);
  const media = mediaOf(message);
  const place = message.said?.type === 'location' ? message.said.payload.coordinates : null;
  const asked = message.attachment.kind === 'request_user_info' ? message.attachment : null;
  return {
    id: message.messageId,
    personId: message.from === 'oa' ? null : (world.people.find(message.senderId)?.personId ?? null),
    author: authorOf(world, message),
    fromBot: message.from === 'oa',
    atMs: message.atMs,
    kind: place ? 'location' : (media?.kind ?? 'text'),
    service: null,
    text: message.text ?? (asked ? `${asked.title}\n${asked.subtitle}` : linkOf(message.said)),
    marks: [],
    media,
    location: place && { latitude: Number(place.latitude), longitude: Number(place.longitude) },
    contact: null,
    buttons: message.buttons.map((button) => [buttonView(button)]),
    forwardedFrom: null,
    quoted: quoted === undefined ? null : { author: authorOf(world, quoted), text: quoted.text ?? '' },
    edited: false,
    asksInfo: asked !== null,
  };
}

const linkOf = (said: EventAttachment | undefined): string => (said?.type === 'link' ? said.payload.url : '');

function buttonView(button: ZaloButton): ButtonView {
  switch (button.type) {
    case 'oa.query.show':
    case 'oa.query.hide':
      return { label: button.title, kind: 'tap', to: '' };
    case 'oa.open.url':
      return { label: button.title, kind: 'link', to: button.url };
    case 'oa.open.phone':
    case 'oa.open.sms':
      return { label: button.title, kind: 'phone', to: button.phoneCode };
  }
}

const SAID_KINDS = {
  image: 'photo',
  audio: 'voice',
  video: 'video',
  sticker: 'sticker',
  file: 'file',
} as const;

function mediaOf({ messageId, said, upload, attachment }: ZaloMessage): MediaView | null {
  if (said !== undefined && said.type !== 'location' && said.type !== 'link') {
    const { pathname } = new URL(said.payload.url);
    const file = said.type === 'file' ? said.payload : { name: '', size: '0' };
    return { kind: SAID_KINDS[said.type], url: pathname, name: file.name, sizeBytes: Number(file.size) };
  }
  if (upload !== undefined) {
    const kind = upload.kind === 'file' ? 'file' : 'photo';
    const url = `/page/files/zalo/${messageId}`;
    return { kind, url, name: upload.name, sizeBytes: upload.bytes.byteLength };
  }
  if (attachment.kind !== 'media' || !('url' in attachment.source)) return null;
  return { kind: 'photo', url: attachment.source.url, name: '', sizeBytes: 0 };
}
