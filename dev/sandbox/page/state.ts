import type { ChatSummary, ChatView, Overview, PersonView, PlatformName, RecordRow } from '../view/types.ts';

export interface ArmedFault {
  readonly id: string;
  readonly fault: {
    readonly platform?: string;
    readonly method?: string;
    readonly chatId?: string;
    readonly action: { readonly kind: string };
  };
  readonly timesLeft: number;
}

export interface ChatKey {
  readonly platform: PlatformName;
  readonly id: string;
}

interface State {
  overview: Overview | null;
  /** Who I am: the id of a person. */
  me: string | null;
  open: ChatKey | null;
  chat: ChatView | null;
  /** The message that the next one answers. */
  replyTo: { readonly id: string; readonly text: string } | null;
  panelOpen: boolean;
  faults: readonly ArmedFault[];
  record: readonly RecordRow[];
}

export const state: State = {
  overview: null,
  me: null,
  open: null,
  chat: null,
  replyTo: null,
  panelOpen: false,
  faults: [],
  record: [],
};

export const people = (): readonly PersonView[] => state.overview?.people ?? [];

export const meView = (): PersonView | null => people().find(({ id }) => id === state.me) ?? null;

const same = (one: ChatKey, other: ChatKey): boolean =>
  one.platform === other.platform && one.id === other.id;

export const isOpen = (chat: ChatKey): boolean => state.open !== null && same(state.open, chat);

/** The private chat, also where nothing was written yet. */
function privateChat(person: PersonView, platform: PlatformName): ChatSummary {
  const id = person[platform].chatId;
  const known = state.overview?.chats.find((chat) => same(chat, { platform, id }));
  return (
    known ?? {
      platform,
      id,
      kind: 'private',
      title: person.name,
      members: [person.id],
      bot: 'member',
      movedTo: null,
      messages: 0,
      last: null,
    }
  );
}

export function findChat(key: ChatKey): ChatSummary | null {
  const known = state.overview?.chats.find((chat) => same(chat, key));
  if (known) return known;
  const owner = people().find((person) => person[key.platform].chatId === key.id);
  return owner ? privateChat(owner, key.platform) : null;
}

const byNews = (one: ChatSummary, other: ChatSummary): number =>
  (other.last?.atMs ?? 0) - (one.last?.atMs ?? 0);

/** Everything that stands on this person's phone, private chats first. */
export function chatsOf(person: PersonView): readonly ChatSummary[] {
  const groups = (state.overview?.chats ?? []).filter(
    (chat) => chat.kind !== 'private' && chat.members.includes(person.id),
  );
  return [privateChat(person, 'telegram'), privateChat(person, 'zalo'), ...groups.toSorted(byNews)];
}

export function groupsWithout(person: PersonView | null): readonly ChatSummary[] {
  const groups = (state.overview?.chats ?? []).filter((chat) => chat.kind !== 'private');
  return groups.filter((chat) => !person || !chat.members.includes(person.id)).toSorted(byNews);
}

/** `#person-1/telegram/5000000001`: who I am and what is open, so that reloading and going back work. */
export function readHash(): void {
  const [me, platform, id] = decodeURIComponent(location.hash.slice(1)).split('/');
  state.me = me !== undefined && me !== '' ? me : state.me;
  state.open = (platform === 'telegram' || platform === 'zalo') && id ? { platform, id } : null;
}

export function go(me: string | null, open: ChatKey | null): void {
  const parts = [me ?? '', ...(open ? [open.platform, open.id] : [])];
  location.hash = parts.join('/');
}
