import type { Bubble, ChatSummary, MediaView } from '../view/types.ts';
import { forward, followLink, press, submitInfo } from './acts.ts';
import { ask, choose } from './dialogs.ts';
import { button, h, timeOf } from './dom.ts';
import { L } from './labels.ts';
import { richText } from './rich-text.ts';
import { chatsOf, meView, state } from './state.ts';
import { titleOf } from './side.ts';

/** One message as a phone shows it. */
export function bubbleNode(chat: ChatSummary, bubble: Bubble, onReply: () => void): HTMLElement {
  if (bubble.service !== null) {
    return h('li', { class: 'service' }, L.service[bubble.service]?.(bubble.text) ?? bubble.text);
  }
  const isMine = bubble.personId !== null && bubble.personId === state.me;
  const showsAuthor = chat.kind !== 'private' && !isMine;
  return h(
    'li',
    { class: isMine ? 'mine' : 'theirs', 'data-message': bubble.id },
    h(
      'div',
      { class: `bubble ${bubble.kind}` },
      showsAuthor ? h('div', { class: 'author' }, bubble.author) : null,
      bubble.forwardedFrom === null
        ? null
        : h('div', { class: 'forwarded' }, L.forwardedFrom(bubble.forwardedFrom)),
      bubble.quoted
        ? h(
            'div',
            { class: 'quoted' },
            h('b', {}, bubble.quoted.author),
            ` ${bubble.quoted.text.slice(0, 120)}`,
          )
        : null,
      bubble.media ? mediaNode(bubble.media) : null,
      bubble.location ? locationNode(bubble.location) : null,
      bubble.contact
        ? h('div', { class: 'card' }, `👤 ${bubble.contact.name}`, h('br'), bubble.contact.phone)
        : null,
      bubble.text === ''
        ? null
        : h('div', { class: 'text' }, ...richText(bubble.text, bubble.marks, followLink)),
      h('div', { class: 'meta' }, bubble.edited ? `${L.edited} ` : '', timeOf(bubble.atMs)),
    ),
    h(
      'div',
      { class: 'tools' },
      button('↩', onReply, { title: L.reply, 'aria-label': L.reply }),
      button('⤳', () => forwardTo(chat, bubble), { title: L.forward, 'aria-label': L.forward }),
    ),
    buttonRows(chat, bubble),
  );
}

function buttonRows(chat: ChatSummary, bubble: Bubble): HTMLElement | null {
  const rows = bubble.buttons.map((row) =>
    h(
      'div',
      { class: 'row' },
      ...row.map((each) =>
        button(each.label, () => press(chat, bubble.id, each), { class: `tap ${each.kind}` }),
      ),
    ),
  );
  if (bubble.asksInfo) rows.push(h('div', { class: 'row' }, button(L.giveInfo, giveInfo, { class: 'tap' })));
  return rows.length === 0 ? null : h('div', { class: 'buttons' }, ...rows);
}

function mediaNode(media: MediaView): HTMLElement {
  const { kind, url, name, sizeBytes } = media;
  if (kind === 'photo' || kind === 'sticker') {
    const image = h('img', { src: url, alt: L.kinds[kind], class: kind });
    image.addEventListener('error', () =>
      image.replaceWith(h('div', { class: 'card' }, `🖼 ${L.kinds[kind]}`)),
    );
    return kind === 'photo' ? h('a', { href: url, target: '_blank', rel: 'noopener' }, image) : image;
  }
  const icon = { voice: '🎤', video: '🎬', file: '📄' }[kind];
  const size = sizeBytes === 0 ? '' : `${String(Math.ceil(sizeBytes / 1_024))} KB`;
  return h(
    'a',
    { class: 'card', href: url, download: name === '' ? kind : name },
    `${icon} ${name === '' ? L.kinds[kind] : name} `,
    h('small', {}, size),
  );
}

function locationNode({ latitude, longitude }: { latitude: number; longitude: number }): HTMLElement {
  return h('div', { class: 'card' }, '📍 ', `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`);
}

async function forwardTo(from: ChatSummary, bubble: Bubble): Promise<void> {
  const me = meView();
  if (!me) return;
  const targets = chatsOf(me).filter((chat) => chat.platform === from.platform && chat.movedTo === null);
  const picked = await choose(
    L.forwardTo,
    targets.map((chat) => [chat.id, titleOf(chat)] as const),
  );
  const target = targets.find(({ id }) => id === picked);
  if (target) await forward(from, bubble, target);
}

async function giveInfo(): Promise<void> {
  const answer = await ask(L.giveInfo, [
    { name: 'name', label: L.name, value: meView()?.name ?? '' },
    { name: 'phone', label: L.phone, value: '84912345678' },
    { name: 'address', label: L.address, value: 'Tổ 5, Khu 3' },
    { name: 'ward', label: L.ward, value: 'Bãi Cháy' },
    { name: 'city', label: L.city, value: 'Quảng Ninh' },
  ]);
  if (answer) await submitInfo(answer);
}
