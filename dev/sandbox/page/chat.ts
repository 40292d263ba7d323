import type { Bubble, ChatSummary } from '../view/types.ts';
import { actsIn } from './acts.ts';
import { bubbleNode } from './bubble.ts';
import { composerKey, composerNode } from './composer.ts';
import { button, byId, dayOf, h } from './dom.ts';
import { L } from './labels.ts';
import { findChat, go, meView, state } from './state.ts';
import { titleOf } from './side.ts';
import { markSeen } from './unread.ts';

/** What stays from one drawing to the next: messages that did not change, and the composer with what is typed in it. */
let kept: {
  readonly key: string;
  readonly nodes: Map<string, { readonly as: string; readonly node: HTMLElement }>;
  readonly list: HTMLElement;
  readonly header: HTMLElement;
  readonly reply: HTMLElement;
} | null = null;
/** How near to the end counts as being at the end, in pixels. */
const NEAR_PX = 80;

/** The middle: the open chat as this person's phone shows it. */
export function drawChat(): void {
  const main = byId('chat');
  const found = state.open && findChat(state.open);
  // Nobody reads another's phone.
  const chat = found?.kind === 'private' && !found.members.includes(state.me ?? '') ? null : found;
  document.body.classList.toggle('reading', chat !== null);
  if (!chat) {
    kept = null;
    main.replaceChildren(h('p', { class: 'nothing' }, L.pickChat));
    return;
  }
  const key = composerKey(chat);
  const isNew = kept?.key !== key;
  if (!kept || isNew) {
    const list = h('ol', { class: 'bubbles' });
    kept = { key, nodes: new Map(), list, header: h('header'), reply: h('div', { class: 'replying' }) };
    main.className = chat.platform;
    main.replaceChildren(kept.header, list, kept.reply, composerNode(chat));
    if (matchMedia('(min-width: 800px)').matches) main.querySelector('textarea')?.focus();
  }
  const { list } = kept;
  const isAtEnd = isNew || list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_PX;
  drawHeader(kept.header, chat);
  drawBubbles(list, kept.nodes, chat);
  drawReply(kept.reply);
  if (isAtEnd) list.scrollTop = list.scrollHeight;
  const me = meView();
  if (me && document.visibilityState === 'visible') markSeen(me, chat);
}

function drawHeader(header: HTMLElement, chat: ChatSummary): void {
  const bot = { member: L.botIn, admin: L.botAdmin, out: L.botOut }[chat.bot];
  const about =
    chat.kind === 'private' ? (meView()?.name ?? '') : `${L.members(chat.members.length)} · ${bot}`;
  const wasOpen = header.querySelector('details')?.open ?? false;
  header.replaceChildren(
    button('‹', () => go(state.me, null), { class: 'icon back', 'aria-label': L.back }),
    h(
      'div',
      { class: 'grow cut' },
      h('strong', { class: 'cut' }, titleOf(chat)),
      h('small', { class: 'cut' }, about),
    ),
    ...menuNode(chat, wasOpen),
  );
}

function menuNode(chat: ChatSummary, isOpen: boolean): readonly HTMLElement[] {
  const acts = actsIn(chat);
  if (acts.length === 0) return [];
  const menu: HTMLDetailsElement = h(
    'details',
    { class: 'menu', open: isOpen },
    h('summary', { 'aria-label': L.menu }, '⋮'),
    h(
      'div',
      {},
      ...acts.map(({ label, run }) =>
        button(label, () => {
          menu.open = false;
          return run();
        }),
      ),
    ),
  );
  return [menu];
}

function drawBubbles(list: HTMLElement, nodes: NonNullable<typeof kept>['nodes'], chat: ChatSummary): void {
  const { bubbles = [], hidden = 0 } = state.chat ?? {};
  const shown: HTMLElement[] = [];
  let day = '';
  for (const bubble of bubbles) {
    const itsDay = dayOf(bubble.atMs);
    if (itsDay !== day) shown.push(h('li', { class: 'service' }, (day = itsDay)));
    shown.push(keptNode(nodes, chat, bubble));
  }
  if (hidden > 0) shown.unshift(h('li', { class: 'service' }, L.hidden(hidden)));
  if (shown.length === 0) shown.push(h('li', { class: 'service' }, L.empty));
  list.replaceChildren(...shown);
}

function keptNode(nodes: NonNullable<typeof kept>['nodes'], chat: ChatSummary, bubble: Bubble): HTMLElement {
  const as = JSON.stringify(bubble);
  const known = nodes.get(bubble.id);
  if (known?.as === as) return known.node;
  const onReply = (): void => {
    state.replyTo = { id: bubble.id, text: bubble.text === '' ? L.kinds[bubble.kind] : bubble.text };
    drawChat();
    byId('chat').querySelector('textarea')?.focus();
  };
  const node = bubbleNode(chat, bubble, onReply);
  nodes.set(bubble.id, { as, node });
  return node;
}

function drawReply(place: HTMLElement): void {
  const { replyTo } = state;
  place.hidden = replyTo === null;
  if (!replyTo) return;
  const drop = (): void => {
    state.replyTo = null;
    drawChat();
  };
  place.replaceChildren(
    h('span', { class: 'grow cut' }, `${L.reply}: ${replyTo.text}`),
    button('✕', drop, { 'aria-label': L.cancel }),
  );
}
