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
const STEP_MS = 3;

interface Call {
  readonly slot: GrantedSlot;
  readonly atMs: number;
}

/**
 * Two processes that share a budget, on one clock that only moves here: each asks without pause, keeps what it was
 * granted until its time, and is late by what `lateMs` says. Answers when the calls really left.
 */
async function walk(forMs: number, lanes: readonly Lane[], lateMs: () => number): Promise<readonly number[]> {
  const { prefix } = freshRedis();
  const clock = { ms: 1_700_000_000_000 };
  const budgets = open.map((redis) => createSendBudget(redis, { keyPrefix: prefix, nowMs: () => clock.ms }));
  const left: number[] = [];
  let waiting: Call[] = [];
  let chats = 0;
  const untilMs = clock.ms + forMs;
  while (clock.ms < untilMs) {
    for (const call of waiting.filter((one) => one.atMs <= clock.ms)) {
      call.slot.calling('text')();
      left.push(clock.ms);
    }
    waiting = waiting.filter((one) => one.atMs > clock.ms);
    // What started late is told behind the turn in which it started; a round trip later it is there.
    await nextTurn();
    await Promise.all(open.map((one) => one.ping()));
    for (const [index, budget] of budgets.entries()) {
      chats += 1;
      const chat = { platform: 'telegram' as const, chatId: String(chats) };
      const slot = await budget.take(chat, 'private', lanes[index] ?? 'broadcast');
      if (slot.kind !== 'granted') continue;
      const [, score] = await redis.zrange(
        `${prefix}:budget:chat:telegram:${chat.chatId}`,
        '0',
        '0',
        'WITHSCORES',
      );
      waiting.push({ slot, atMs: Number(score) / SECOND_MS + lateMs() });
    }
    clock.ms += STEP_MS;
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

it('lets a thousand broadcasts end in no more than a thousand thirtieths of a second, with a slot for a reply at least every 50 ms', async () => {
  const calls = (await walk(34_000, ['broadcast', 'broadcast'], () => 0)).slice(0, 1_000);
  expect(calls).toHaveLength(1_000);
  expect((calls.at(-1) ?? 0) - (calls[0] ?? 0)).toBeLessThanOrEqual((1_000 / PER_SECOND) * SECOND_MS);
  const gaps = calls.slice(1).map((at, index) => at - (calls[index] ?? 0));
  expect(Math.max(...gaps)).toBeLessThanOrEqual(50 + STEP_MS);
});
