import type { ChatSummary } from '../view/types.ts';
import {
  actsIn,
  membership,
  say,
  sendContact,
  sendFile,
  sendLocation,
  sendPhoto,
  sendStandIn,
  tap,
} from './acts.ts';
import { ask } from './dialogs.ts';
import { button, h } from './dom.ts';
import { L } from './labels.ts';
import { go, meView, state } from './state.ts';

/** What was typed and not sent, by person and chat. */
const drafts = new Map<string, string>();

/** The lower edge of a chat: a field to write into, or what has to be done first. */
export function composerNode(chat: ChatSummary): HTMLElement {
  const gate = gateOf(chat);
  if (gate) return h('footer', { class: 'gate' }, gate);
  return h('footer', {}, writingNode(chat));
}

/** Changes when the composer must be made anew; while it stays, what is typed stays too. */
export function composerKey(chat: ChatSummary): string {
  const contact = meView()?.telegram.contact ?? '';
  const isMember = chat.members.includes(state.me ?? '');
  return [
    state.me,
    chat.platform,
    chat.id,
    contact,
    isMember,
    chat.movedTo,
    state.chat?.keyboard.join('|'),
  ].join(' ');
}

function gateOf(chat: ChatSummary): HTMLElement | null {
  if (chat.movedTo !== null) {
    const next = { platform: chat.platform, id: chat.movedTo };
    return h(
      'div',
      {},
      h('p', {}, L.moved),
      button(L.openMoved, () => go(state.me, next), { class: 'primary' }),
    );
  }
  if (chat.kind !== 'private') {
    if (chat.members.includes(state.me ?? '')) return null;
    const { label, run } = membership(chat);
    return button(label, run, { class: 'primary' });
  }
  if (chat.platform === 'zalo' || meView()?.telegram.contact === 'open') return null;
  const [first] = actsIn(chat);
  return first ? button(first.label, first.run, { class: 'primary' }) : null;
}

function writingNode(chat: ChatSummary): HTMLElement {
  const key = `${state.me ?? ''} ${chat.platform} ${chat.id}`;
  const input = h('textarea', { rows: '1', placeholder: L.write, 'aria-label': L.write });
  input.value = drafts.get(key) ?? '';
  const grow = (): void => {
    input.style.height = 'auto';
    input.style.height = `${String(Math.min(input.scrollHeight, 160))}px`;
  };
  /** What was typed, which is then no draft any more. */
  const take = (): string => {
    const text = input.value.trim();
    input.value = '';
    drafts.delete(key);
    grow();
    return text;
  };
  const send = async (): Promise<void> => {
    const text = take();
    if (text !== '') await say(chat, text);
  };
  input.addEventListener('input', () => {
    drafts.set(key, input.value);
    grow();
  });
  input.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    void send();
  });
  const attach = attachNode(chat, take);
  const toggle = (): boolean => (attach.hidden = !attach.hidden);
  return h(
    'div',
    { class: 'writing' },
    keyboardNode(chat),
    attach,
    h(
      'div',
      { class: 'row' },
      button('+', toggle, { class: 'icon', title: L.attach, 'aria-label': L.attach }),
      input,
      button('➤', send, { class: 'icon primary', title: L.send, 'aria-label': L.send }),
    ),
  );
}

function keyboardNode(chat: ChatSummary): HTMLElement | null {
  const rows = chat.platform === 'telegram' ? (state.chat?.keyboard ?? []) : [];
  const newest = state.chat?.bubbles.at(-1)?.id ?? '';
  if (rows.length === 0) return null;
  return h(
    'div',
    { class: 'keyboard' },
    ...rows.map((row) =>
      h('div', { class: 'row' }, ...row.map((label) => button(label, () => tap(chat, newest, label)))),
    ),
  );
}

function attachNode(chat: ChatSummary, take: () => string): HTMLElement {
  const isTelegram = chat.platform === 'telegram';
  const photo = picker('image/*', (file) => sendPhoto(chat, file, take()));
  const file = picker('', (each) => sendFile(chat, each, take()));
  const node: HTMLElement = h(
    'div',
    { class: 'attach', hidden: true },
    photo,
    file,
    ...[
      button(`🖼 ${L.attachPhoto}`, () => photo.click()),
      button(`🌄 ${L.samplePhoto}`, async () => sendPhoto(chat, await samplePhoto(), take())),
      button(`📄 ${L.attachFile}`, () => file.click()),
      button(`🎤 ${L.voice}`, () => sendStandIn(chat, 'voice')),
      ...(isTelegram || chat.kind === 'private' ? [button(`📍 ${L.location}`, () => askLocation(chat))] : []),
      ...(isTelegram ? [button(`👤 ${L.contact}`, () => sendContact(chat))] : []),
      button(`👍 ${L.sticker}`, () => sendStandIn(chat, 'sticker')),
    ],
  );
  node.addEventListener('click', (event) => {
    if (event.target instanceof HTMLButtonElement) node.hidden = true;
  });
  return node;
}

function picker(accept: string, use: (file: File) => Promise<void>): HTMLInputElement {
  const input = h('input', { type: 'file', accept, hidden: true });
  input.addEventListener('change', () => {
    const [file] = input.files ?? [];
    input.value = '';
    if (file) void use(file);
  });
  return input;
}

/** A picture to send when none is at hand: a street lamp at dusk. */
async function samplePhoto(): Promise<Blob> {
  const canvas = h('canvas', { width: '960', height: '720' });
  const pen = canvas.getContext('2d');
  if (!pen) throw new Error('no canvas');
  const sky = pen.createLinearGradient(0, 0, 0, 720);
  sky.addColorStop(0, '#1d3557');
  sky.addColorStop(1, '#e07a5f');
  const boxes = [
    [sky, 0, 0, 960, 720],
    ['#2b2d42', 0, 600, 960, 120],
    ['#111', 470, 150, 16, 460],
    ['#111', 470, 150, 150, 12],
    ['#f4d35e', 590, 160, 40, 22],
  ] as const;
  for (const [colour, x, y, width, height] of boxes) {
    pen.fillStyle = colour;
    pen.fillRect(x, y, width, height);
  }
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/jpeg', 0.85);
  });
}

async function askLocation(chat: ChatSummary): Promise<void> {
  const answer = await ask(L.location, [
    { name: 'latitude', label: L.latitude, value: '20.95700' },
    { name: 'longitude', label: L.longitude, value: '107.04500' },
  ]);
  if (answer) await sendLocation(chat, answer['latitude'] ?? '', answer['longitude'] ?? '');
}
