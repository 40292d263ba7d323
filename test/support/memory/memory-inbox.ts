import type { InboxRow, InboxStore } from '#src/app/ports/stores.ts';
import { chatKey, type InboundEvent } from '#src/domain/inbound.ts';

interface Row {
  readonly id: string;
  readonly event: InboundEvent;
  attempts: number;
  state: 'waiting' | 'done' | 'poisoned';
  setAsideAtMs: number;
}

export function memoryInbox(): InboxStore {
  const rows = new Map<string, Row>();
  const keyOf = ({ event }: Row): string => chatKey({ platform: event.platform, chatId: event.chat.id });
  const waiting = (): Row[] => [...rows.values()].filter((row) => row.state === 'waiting');

  return {
    add: (event) => {
      const id = `${event.platform}:${event.eventId}`;
      if (rows.has(id)) return Promise.resolve('duplicate');
      rows.set(id, { id, event: structuredClone(event), attempts: 0, state: 'waiting', setAsideAtMs: 0 });
      return Promise.resolve('new');
    },
    next: (key) => {
      const [first] = waiting()
        .filter((row) => keyOf(row) === key)
        .sort((a, b) => (a.event.order < b.event.order ? -1 : 1));
      const row: InboxRow | null = first
        ? { id: first.id, event: first.event, attempts: first.attempts }
        : null;
      return Promise.resolve(row);
    },
    done: (id) => {
      const row = rows.get(id);
      if (row) row.state = 'done';
      return Promise.resolve();
    },
    failed: (id, maxAttempts, atMs) => {
      const row = rows.get(id);
      if (row?.state === 'waiting') {
        row.attempts += 1;
        if (row.attempts >= maxAttempts) {
          row.state = 'poisoned';
          row.setAsideAtMs = atMs;
        }
      }
      return Promise.resolve(row?.state === 'poisoned' ? 'poisoned' : 'again');
    },
    setAside: (limit) =>
      Promise.resolve(
        [...rows.values()]
          .filter((row) => row.state === 'poisoned')
          .sort((a, b) => a.setAsideAtMs - b.setAsideAtMs)
          .slice(0, limit)
          .map(({ id, event, attempts, setAsideAtMs }) => ({
            id,
            platform: event.platform,
            what: 'message',
            sinceMs: setAsideAtMs,
            attempts,
          })),
      ),
    putBack: (id) => {
      const row = rows.get(id);
      if (row?.state !== 'poisoned') return Promise.resolve(false);
      row.state = 'waiting';
      return Promise.resolve(true);
    },
    waitingChats: (limit) => {
      const sorted = waiting().sort((a, b) => a.event.sentAtMs - b.event.sentAtMs);
      return Promise.resolve([...new Set(sorted.map(keyOf))].slice(0, limit));
    },
  };
}
