import type { ChatSummary, PersonView } from '../view/types.ts';
import { chatsOf, state } from './state.ts';

/** How many messages of a chat a person has seen, remembered by the browser for one run of the sandbox. */
interface Seen {
  readonly startedAt: string;
  readonly counts: Record<string, number>;
}

const KEY = 'loa-phuong-sandbox-seen';
let seen: Seen | null = null;

const keyOf = (chat: ChatSummary): string => `${chat.platform} ${chat.id}`;

function load(): Seen | null {
  const { overview } = state;
  if (!overview) return null;
  if (seen?.startedAt === overview.startedAt) return seen;
  const stored = JSON.parse(localStorage.getItem(KEY) ?? 'null') as Seen | null;
  if (stored?.startedAt === overview.startedAt) return (seen = stored);
  // What was there before anybody looked is not news.
  const counts = Object.fromEntries(overview.chats.map((chat) => [keyOf(chat), chat.messages]));
  seen = { startedAt: overview.startedAt, counts };
  save();
  return seen;
}

const save = (): void => localStorage.setItem(KEY, JSON.stringify(seen));

export function unread(person: PersonView, chat: ChatSummary): number {
  const counts = load()?.counts ?? {};
  return Math.max(0, chat.messages - (counts[`${person.id} ${keyOf(chat)}`] ?? counts[keyOf(chat)] ?? 0));
}

export const unreadOf = (person: PersonView): number =>
  chatsOf(person).reduce((sum, chat) => sum + unread(person, chat), 0);

export function markSeen(person: PersonView, chat: ChatSummary): void {
  const known = load();
  const key = `${person.id} ${keyOf(chat)}`;
  if (!known || known.counts[key] === chat.messages) return;
  known.counts[key] = chat.messages;
  save();
}
