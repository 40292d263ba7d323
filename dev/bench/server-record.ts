import type { JournalEntry } from '#dev/sandbox/index.ts';
import type { ServerRecord } from './platform-orders.ts';

const TOO_MANY = 429;
const MINUTE_MS = 60_000;

/** Sums up the sandbox's own journal over these chats; what a caller believes counts for nothing here. */
export function recordOf(entries: readonly JournalEntry[], chatIds: readonly number[]): ServerRecord {
  const wanted = new Set(chatIds.map(String));
  const here = entries.filter((entry) => wanted.has(entry.chatId ?? ''));
  const calls = here.filter((entry) => entry.kind === 'call');
  const delivered = calls.filter((entry) => entry.ok && entry.method.startsWith('send'));
  const chats = new Set(delivered.map((entry) => entry.chatId));
  return {
    calls: calls.length,
    delivered: delivered.length,
    duplicates: delivered.length - chats.size,
    missing: wanted.size - chats.size,
    answers429: calls.filter((entry) => entry.errorCode === TOO_MANY).length,
    callsDuringPenalty: duringPenalty(calls),
    firstAtMs: calls[0]?.realAtMs ?? 0,
    lastAtMs: delivered.at(-1)?.realAtMs ?? 0,
    replyMs: replyTimes(here),
    mostInAMinute: Math.max(0, ...[...byChat(calls).values()].map(mostInAMinute)),
  };
}

/** The platform says how long to wait in whole seconds; a refused call came at most so long before it was free. */
function duringPenalty(calls: readonly JournalEntry[]): number {
  let untilMs = 0;
  let count = 0;
  for (const call of calls) {
    if (call.realAtMs < untilMs) count += 1;
    if (call.errorCode === TOO_MANY) untilMs = Math.max(untilMs, call.realAtMs + 1_000);
  }
  return count;
}

function replyTimes(here: readonly JournalEntry[]): readonly number[] {
  const waiting = new Map<string, number[]>();
  const times: number[] = [];
  for (const { kind, chatId = '', realAtMs, method, ok } of here) {
    const asked = waiting.get(chatId) ?? [];
    waiting.set(chatId, asked);
    if (kind === 'update' && method === 'message') asked.push(realAtMs);
    const askedAtMs = kind === 'call' && ok && method === 'sendMessage' ? asked.shift() : undefined;
    if (askedAtMs !== undefined) times.push(realAtMs - askedAtMs);
  }
  return [...times, ...[...waiting.values()].flat().map(() => Infinity)];
}

function byChat(calls: readonly JournalEntry[]): ReadonlyMap<string, readonly JournalEntry[]> {
  return Map.groupBy(calls, (call) => call.chatId ?? '');
}

function mostInAMinute(calls: readonly JournalEntry[]): number {
  let most = 0;
  let first = 0;
  calls.forEach((call, at) => {
    while ((calls[first]?.realAtMs ?? 0) <= call.realAtMs - MINUTE_MS) first += 1;
    most = Math.max(most, at - first + 1);
  });
  return most;
}
