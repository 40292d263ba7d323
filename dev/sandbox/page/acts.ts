import type { Bubble, ButtonView, ChatSummary } from '../view/types.ts';
import { act, attempt, base64Of } from './api.ts';
import { notify } from './dom.ts';
import { L } from './labels.ts';
import { refresh } from './refresh.ts';
import { go, meView, state } from './state.ts';

/** What a person does in a chat, on either platform. Each shows a refusal and reads everything anew. */

async function doing(work: () => Promise<unknown>): Promise<void> {
  await attempt(work);
  await refresh();
}

/** The person and the place, as each platform's acts name them. */
function whereIs(chat: ChatSummary): Record<string, unknown> {
  const person = state.me ?? '';
  if (chat.platform === 'telegram') return { person, chat: chat.id };
  return chat.kind === 'private' ? { person } : { person, group: chat.id };
}

function answering(chat: ChatSummary): Record<string, unknown> {
  const id = state.replyTo?.id;
  state.replyTo = null;
  if (id === undefined) return {};
  return chat.platform === 'telegram' ? { replyTo: id } : { quote: id };
}

export const say = (chat: ChatSummary, text: string): Promise<void> =>
  doing(() => act(`${chat.platform}/say`, { ...whereIs(chat), ...answering(chat), text }));

const named = (words: string, key: 'caption' | 'text'): Record<string, string> =>
  words === '' ? {} : { [key]: words };

export const sendPhoto = (chat: ChatSummary, photo: Blob, words: string): Promise<void> =>
  doing(async () => {
    const data = await base64Of(photo);
    return chat.platform === 'telegram'
      ? act('telegram/send-photo', { ...whereIs(chat), data, ...named(words, 'caption') })
      : act('zalo/send-image', { ...whereIs(chat), data, ...named(words, 'text') });
  });

export const sendFile = (chat: ChatSummary, file: File, words: string): Promise<void> =>
  doing(async () => {
    const data = await base64Of(file);
    const mimeType = file.type === '' ? 'application/octet-stream' : file.type;
    return chat.platform === 'telegram'
      ? act('telegram/send-document', {
          ...whereIs(chat),
          data,
          fileName: file.name,
          mimeType,
          ...named(words, 'caption'),
        })
      : act('zalo/send-file', { ...whereIs(chat), data, name: file.name, ...named(words, 'text') });
  });

/** Without bytes of its own: the sandbox puts a small stand-in in their place. */
export const sendStandIn = (chat: ChatSummary, what: 'voice' | 'sticker'): Promise<void> =>
  doing(() => {
    const name = chat.platform === 'zalo' && what === 'voice' ? 'audio' : what;
    return act(`${chat.platform}/send-${name}`, whereIs(chat));
  });

export const sendLocation = (chat: ChatSummary, latitude: string, longitude: string): Promise<void> =>
  doing(() => act(`${chat.platform}/send-location`, { ...whereIs(chat), latitude, longitude }));

export const sendContact = (chat: ChatSummary): Promise<void> =>
  doing(() => act('telegram/send-contact', whereIs(chat)));

export const submitInfo = (info: Readonly<Record<string, string>>): Promise<void> =>
  doing(() => act('zalo/submit-info', { person: state.me, ...info }));

export const forward = (from: ChatSummary, bubble: Bubble, to: ChatSummary): Promise<void> =>
  doing(() =>
    to.platform === 'telegram'
      ? act('telegram/forward', { ...whereIs(to), from: { chatId: from.id, messageId: bubble.id } })
      : act('zalo/forward', { ...whereIs(to), messageId: bubble.id }),
  );

interface Tapped {
  readonly kind: 'callback' | 'link' | 'sent' | 'opened' | 'dialled';
  readonly queryId?: string;
}

/** Telegram's answer to a tap comes later, as a line over the chat. */
export async function tap(chat: ChatSummary, messageId: string, label: string): Promise<void> {
  const tapped = await attempt(() =>
    act<Tapped>(`${chat.platform}/tap`, { ...whereIs(chat), messageId, button: label }),
  );
  await refresh();
  if (tapped?.kind !== 'callback') return;
  const answer = await act<{ text?: string }>('telegram/callback-answer', tapped).catch(() => null);
  if (answer?.text) notify(answer.text);
}

export function press(chat: ChatSummary, messageId: string, button: ButtonView): void {
  if (button.kind === 'link') followLink(button.to);
  else if (button.kind === 'phone') notify(L.willDial(button.to));
  else void tap(chat, messageId, button.label);
}

/** A link to the bot's own chat opens it here, as the app would; any other opens a new tab. */
export function followLink(address: string): void {
  const me = meView();
  const { bot } = state.overview ?? {};
  if (!URL.canParse(address) || !me || !bot) return;
  const url = new URL(address);
  if (url.host === 't.me' && url.pathname === `/${bot.username}`) {
    void openTelegram(url.searchParams.get('start') ?? '');
  } else if (url.host === 'zalo.me' && url.pathname === `/${bot.oaId}`) {
    go(me.id, { platform: 'zalo', id: me.zalo.chatId });
  } else window.open(url, '_blank', 'noopener');
}

async function openTelegram(payload = ''): Promise<void> {
  const me = meView();
  if (!me) return;
  await doing(() => act('telegram/open-private', { person: me.id, payload }));
  go(me.id, { platform: 'telegram', id: me.telegram.chatId });
}

export interface ChatAct {
  readonly label: string;
  readonly run: () => Promise<void>;
}

const person =
  (name: string): (() => Promise<void>) =>
  () =>
    doing(() => act(name, { person: state.me }));

/** What else this person can do here, besides writing. */
export function actsIn(chat: ChatSummary): readonly ChatAct[] {
  const me = meView();
  if (!me) return [];
  if (chat.kind === 'private') return chat.platform === 'telegram' ? telegramPrivate() : zaloPrivate();
  return chat.platform === 'telegram' ? telegramGroup(chat) : zaloGroup(chat);
}

function telegramPrivate(): readonly ChatAct[] {
  switch (meView()?.telegram.contact) {
    case 'open':
      return [{ label: L.block, run: person('telegram/block') }];
    case 'blocked':
      return [{ label: L.unblock, run: person('telegram/unblock') }];
    default:
      return [{ label: L.start, run: () => openTelegram() }];
  }
}

function zaloPrivate(): readonly ChatAct[] {
  const me = meView();
  return [
    me?.zalo.follows
      ? { label: L.unfollow, run: person('zalo/unfollow') }
      : { label: L.follow, run: person('zalo/follow') },
    me?.zalo.contact === 'blocked'
      ? { label: L.unblock, run: person('zalo/unblock') }
      : { label: L.block, run: person('zalo/block') },
  ];
}

export function membership(chat: ChatSummary): ChatAct {
  const isMember = chat.members.includes(state.me ?? '');
  const name = `${isMember ? 'leave' : 'join'}${chat.platform === 'zalo' ? '-group' : ''}`;
  return {
    label: isMember ? L.leave : L.join,
    run: () => doing(() => act(`${chat.platform}/${name}`, whereIs(chat))),
  };
}

function telegramGroup(chat: ChatSummary): readonly ChatAct[] {
  if (chat.movedTo !== null) return [];
  const by = { chat: chat.id, by: state.me };
  const run =
    (name: string, more: object = {}) =>
    () =>
      doing(() => act(`telegram/${name}`, { ...by, ...more }));
  const isAdmin = chat.bot === 'admin';
  return [
    membership(chat),
    ...(chat.bot === 'out'
      ? [{ label: L.addBot, run: run('add-bot') }]
      : [
          { label: isAdmin ? L.dropAdmin : L.makeAdmin, run: run('set-bot-admin', { admin: !isAdmin }) },
          { label: L.kickBot, run: run('kick-bot') },
        ]),
    ...(chat.kind === 'group' ? [{ label: L.migrate, run: () => migrate(chat) }] : []),
  ];
}

async function migrate(chat: ChatSummary): Promise<void> {
  const moved = await attempt(() => act<{ chat: number }>('telegram/migrate', { chat: chat.id }));
  await refresh();
  if (moved) go(state.me, { platform: 'telegram', id: String(moved.chat) });
}

function zaloGroup(chat: ChatSummary): readonly ChatAct[] {
  const removal = { label: L.kickBot, run: () => doing(() => act('zalo/remove-oa', { group: chat.id })) };
  return [membership(chat), ...(chat.bot === 'out' ? [] : [removal])];
}
