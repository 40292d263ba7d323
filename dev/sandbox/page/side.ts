import type { ChatSummary, PersonView } from '../view/types.ts';
import { act, attempt } from './api.ts';
import { ask } from './dialogs.ts';
import { button, byId, dayOf, h, timeOf } from './dom.ts';
import { L } from './labels.ts';
import { refresh } from './refresh.ts';
import { chatsOf, go, groupsWithout, isOpen, meView, people, state } from './state.ts';
import { unread, unreadOf } from './unread.ts';

/** The left column: who I am, who else is there, and what stands on my phone. */
export function drawSide(togglePanel: () => void): void {
  const me = meView();
  const { nowMs } = state.overview ?? {};
  const lists = [
    h('h2', {}, L.people, h('span', { class: 'grow' }), button(L.newPerson, newPerson, { class: 'small' })),
    people().length === 0 ? h('p', { class: 'faint' }, L.noPeople) : null,
    h('ul', { class: 'people' }, ...people().map(personRow)),
    ...(me ? chatLists(me) : []),
  ];
  replaceSide([
    h(
      'header',
      {},
      h(
        'div',
        { class: 'grow' },
        h('strong', {}, `${L.me} ${me?.name ?? '…'}`),
        h('small', {}, nowMs === undefined ? '' : `${dayOf(nowMs)}, ${timeOf(nowMs)}`),
      ),
      button('⚙', togglePanel, { class: 'icon', title: L.panel, 'aria-label': L.panel }),
    ),
    h('div', { class: 'scroll' }, ...lists),
  ]);
}

const SCROLLING = ['.scroll', '.people'];
const FOCUSABLE = ['data-person', 'data-chat'];
let drawnFor: string | null = null;

/** Whoever scrolls or moves by keyboard stays where they are while news come in. */
function replaceSide(nodes: readonly HTMLElement[]): void {
  const side = byId('side');
  if (nodes.map((node) => node.outerHTML).join('') === side.innerHTML) return;
  const scrolled = SCROLLING.map((name) => side.querySelector(name)?.scrollTop ?? 0);
  const focused = FOCUSABLE.map((name) => [name, document.activeElement?.getAttribute(name)] as const);
  side.replaceChildren(...nodes);
  for (const [index, name] of SCROLLING.entries()) {
    const element = side.querySelector(name);
    if (element) element.scrollTop = scrolled[index] ?? 0;
  }
  for (const [name, value] of focused) {
    if (value) side.querySelector<HTMLElement>(`[${name}="${CSS.escape(value)}"]`)?.focus();
  }
  if (drawnFor !== state.me) side.querySelector('.people .current')?.scrollIntoView({ block: 'nearest' });
  drawnFor = state.me;
}

function chatLists(me: PersonView): readonly HTMLElement[] {
  const others = groupsWithout(me);
  return [
    h(
      'h2',
      {},
      `${L.chats} ${me.name}`,
      h('span', { class: 'grow' }),
      button(L.newGroup, newGroup, { class: 'small' }),
    ),
    h('ul', { class: 'chats' }, ...chatsOf(me).map((chat) => chatRow(chat, unread(me, chat)))),
    ...(others.length === 0
      ? []
      : [h('h2', {}, L.otherGroups), h('ul', { class: 'chats' }, ...others.map((chat) => chatRow(chat, 0)))]),
  ];
}

const initials = (name: string): string =>
  name
    .split(/\s+/u)
    .slice(-2)
    .map((word) => word[0] ?? '')
    .join('')
    .toLocaleUpperCase('vi');

const badge = (count: number): HTMLElement | null =>
  count === 0 ? null : h('span', { class: 'badge' }, count > 99 ? '99+' : String(count));

function personRow(person: PersonView): HTMLElement {
  const isMe = person.id === state.me;
  return h(
    'li',
    {},
    button('', () => go(person.id, null), {
      class: `row${isMe ? ' current' : ''}`,
      'data-person': person.name,
    }),
    h('span', { class: 'face', 'aria-hidden': 'true' }, initials(person.name)),
    h('span', { class: 'grow cut' }, person.name),
    badge(isMe ? 0 : unreadOf(person)),
  );
}

export function titleOf(chat: ChatSummary): string {
  if (chat.kind !== 'private') return chat.title;
  return chat.platform === 'telegram' ? L.privateTelegram : L.privateZalo;
}

function chatRow(chat: ChatSummary, news: number): HTMLElement {
  const { last } = chat;
  const words = last ? `${last.author}: ${L.kinds[last.kind]} ${last.text}` : L.neverWrote;
  return h(
    'li',
    {},
    button('', () => go(state.me, chat), {
      class: `row${isOpen(chat) ? ' current' : ''}`,
      'data-chat': `${chat.platform} ${chat.id}`,
      'aria-label': titleOf(chat),
    }),
    h(
      'span',
      { class: `mark ${chat.platform}`, 'aria-hidden': 'true' },
      chat.platform === 'telegram' ? 'T' : 'Z',
    ),
    h(
      'span',
      { class: 'grow cut' },
      h('span', { class: 'cut' }, titleOf(chat)),
      h('small', { class: 'cut' }, words.replace(/\s+/gu, ' ')),
    ),
    h('span', { class: 'tail' }, h('small', {}, last ? timeOf(last.atMs) : ''), badge(news)),
  );
}

async function newPerson(): Promise<void> {
  const answer = await ask(L.newPerson, [{ name: 'name', label: L.name }]);
  if (!answer) return;
  const person = await attempt(() => act<{ id: string }>('people/create', answer));
  await refresh();
  if (person) go(person.id, null);
}

async function newGroup(): Promise<void> {
  const answer = await ask(L.newGroup, [
    { name: 'title', label: L.name },
    {
      name: 'platform',
      label: L.platform,
      options: [
        ['telegram', 'Telegram'],
        ['zalo', 'Zalo'],
      ],
    },
    {
      name: 'kind',
      label: L.groupKind,
      options: [
        ['supergroup', L.supergroup],
        ['group', L.plainGroup],
      ],
    },
  ]);
  if (!answer) return;
  const { title, platform, kind } = answer;
  const me = state.me ?? '';
  const made = await attempt(async () => {
    if (platform === 'zalo') {
      const { group } = await act<{ group: string }>('zalo/create-group', { name: title, members: [me] });
      return { platform: 'zalo', id: group } as const;
    }
    const { chat } = await act<{ chat: number }>('telegram/create-group', { title, kind });
    await act('telegram/join', { person: me, chat, admin: true });
    return { platform: 'telegram', id: String(chat) } as const;
  });
  await refresh();
  if (made) go(me, made);
}
