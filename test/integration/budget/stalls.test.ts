import fc from 'fast-check';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { afterAll, expect, it } from 'vitest';
import type { GrantedSlot } from '#src/app/ports/channel.ts';
import type { Lane } from '#src/domain/outbound.ts';
import { createSendBudget } from '#src/queue/budget.ts';
import { freshRedis } from '#test/support/services.ts';

const { url } = freshRedis();
const redis = new Redis(url);
const open = [redis, new Redis(url)];
afterAll(() => {
  for (const one of open) one.disconnect();
});

const PER_SECOND = 30;
const SECOND_MS = 1_000;
const STALL_MS = 25;
/** As the benchmark stalls its worker. */
const STALL_EVERY_MS = 180;

interface Call {
  readonly slot: GrantedSlot;
  readonly atMs: number;
}

/**
 * Two processes that share a budget, on one clock that only moves here: each asks as soon as it may, keeps what it was
 * granted until its time, and is late by what `lateMs` says. Answers when the calls really left.
 */
async function walk(
  forMs: number,
  lanes: readonly Lane[],
  lateMs: (atMs: number) => number,
): Promise<readonly number[]> {
  const { prefix } = freshRedis();
  const clock = { ms: 1_700_000_000_000 };
  const budgets = open.map((redis) => createSendBudget(redis, { keyPrefix: prefix, nowMs: () => clock.ms }));
  const askAtMs = budgets.map(() => clock.ms);
  const left: number[] = [];
  let waiting: readonly Call[] = [];
  let chats = 0;
  const untilMs = clock.ms + forMs;
  while (clock.ms < untilMs) {
    const leaving = waiting.filter((one) => one.atMs <= clock.ms);
    waiting = waiting.filter((one) => one.atMs > clock.ms);
    for (const call of leaving) {
      call.slot.calling('text').ended();
      left.push(clock.ms);
    }
    // What started late is told behind the turn in which it started; a round trip later it is there.
    if (leaving.length > 0) await nextTurn();
    if (leaving.length > 0) await Promise.all(open.map((one) => one.ping()));
    for (const [index, budget] of budgets.entries()) {
      if ((askAtMs[index] ?? 0) > clock.ms) continue;
      chats += 1;
      const chat = { platform: 'telegram' as const, chatId: String(chats) };
      const slot = await budget.take(chat, 'private', lanes[index] ?? 'broadcast');
      if (slot.kind === 'wait') {
        askAtMs[index] = clock.ms + slot.afterMs;
        continue;
      }
      const key = `${prefix}:budget:chat:telegram:${chat.chatId}`;
      const [, score] = await redis.zrange(key, '0', '0', 'WITHSCORES');
      const slotAtMs = Number(score) / SECOND_MS;
      waiting = [...waiting, { slot, atMs: slotAtMs + lateMs(slotAtMs) }];
    }
    clock.ms = Math.max(clock.ms, Math.min(...askAtMs, ...waiting.map((one) => one.atMs)));
  }
  return left;
}

const mostInASecond = (calls: readonly number[]): number =>
  Math.max(...calls.map((from) => calls.filter((at) => at >= from && at < from + SECOND_MS).length));

it('never lets 31 calls leave in any second, from two processes that stall again and again', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.infiniteStream(
        fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(STALL_MS) }),
      ),
      fc.constantFrom<readonly Lane[]>(['broadcast', 'broadcast'], ['broadcast', 'reminder']),
      async (stalls, lanes) => {
        const calls = await walk(3_200, lanes, () => (stalls.next() as { value: number }).value);
        expect(calls.length).toBeGreaterThan(2 * PER_SECOND);
        expect(mostInASecond(calls)).toBeLessThanOrEqual(PER_SECOND);
      },
    ),
    { numRuns: 6 },
  );
});

const stalls = (atMs: number): number => Math.max(0, STALL_MS - (atMs % STALL_EVERY_MS));

it.each([
  ['', () => 0],
  [', with a process that stands still 25 ms again and again', stalls],
])(
  'lets a thousand broadcasts end in no more than a thousand thirtieths of a second, with a slot for a reply in at most 52 ms%s',
  async (_, lateMs) => {
    const calls = (await walk(34_000, ['broadcast', 'broadcast'], lateMs)).slice(0, 1_000);
    expect(calls).toHaveLength(1_000);
    expect((calls.at(-1) ?? 0) - (calls[0] ?? 0)).toBeLessThanOrEqual((1_000 / PER_SECOND) * SECOND_MS);
    expect(mostInASecond(calls)).toBeLessThanOrEqual(PER_SECOND);
    const gaps = calls.slice(1).map((at, index) => at - (calls[index] ?? 0));
    expect(Math.max(...gaps)).toBeLessThanOrEqual(53 + (lateMs === stalls ? STALL_MS : 0));
  },
);

it('closes the gap that a long stall has left, so that a reply finds a slot within 62 ms again', async () => {
  const sinceMs = 1_700_000_002_000;
  const untilMs = sinceMs + 200;
  const once = (atMs: number): number => (atMs >= sinceMs && atMs < untilMs ? untilMs - atMs : 0);
  const calls = await walk(8_000, ['broadcast', 'broadcast'], once);
  const gaps = calls.slice(1).map((at, index) => ({ at, ms: at - (calls[index] ?? 0) }));
  const settled = gaps.filter(({ at }) => at > untilMs + 3_000);
  expect(Math.max(...settled.map(({ ms }) => ms))).toBeLessThanOrEqual(63);
  expect(settled.length).toBeGreaterThan(2.7 * PER_SECOND);
});
