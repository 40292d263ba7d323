import { once } from 'node:events';
import { Redis } from 'ioredis';
import { afterAll, describe, expect, it } from 'vitest';
import type { SendBudget } from '#src/app/ports/channel.ts';
import type { Lane } from '#src/domain/outbound.ts';
import { BudgetUnavailable, createSendBudget } from '#src/queue/budget.ts';
import { AHEAD_MS, DEFAULT_LIMITS } from '#src/queue/budget/limits.ts';
import { freshRedis } from '#test/support/services.ts';

const open: Redis[] = [];

/** How long a call of the bot counts. */
const WINDOW_MS = DEFAULT_LIMITS.telegram.bot.perMs + DEFAULT_LIMITS.telegram.bot.guardMs;

function connect(url: string): Redis {
  const redis = new Redis(url, { retryStrategy: () => null });
  redis.on('error', () => undefined);
  open.push(redis);
  return redis;
}

afterAll(() => {
  for (const redis of open) redis.disconnect();
});

/** Two budgets on two connections, as two processes have them, on one clock that only the test moves. */
function createBudgets() {
  const { url, prefix } = freshRedis();
  const clock = { ms: 1_700_000_000_000 };
  const options = { keyPrefix: prefix, nowMs: () => clock.ms };
  const one = connect(url);
  return {
    prefix,
    clock,
    redis: one,
    budgets: [createSendBudget(one, options), createSendBudget(connect(url), options)],
  };
}

const chat = (chatId: string) => ({ platform: 'telegram' as const, chatId });
const GRANTED = { kind: 'granted' };

describe('send budget', () => {
  it('never grants more than 30 in any strict second, over two processes, at the seams and for slots ahead', async () => {
    const { redis, prefix, clock, budgets } = createBudgets();
    for (let round = 0; round < 300; round += 1) {
      const asked = budgets.map((budget, index) =>
        budget.take(
          chat(`${String(round)}.${String(index)}`),
          'private',
          index === 0 ? 'reply' : 'broadcast',
        ),
      );
      await Promise.all(asked);
      clock.ms += 7;
    }
    const granted: number[] = [];
    for (const key of await redis.keys(`${prefix}:budget:chat:*`)) {
      granted.push(Number((await redis.zrange(key, '0', '0', 'WITHSCORES'))[1]) / 1_000);
    }
    for (const fromMs of granted) {
      expect(granted.filter((at) => at >= fromMs && at < fromMs + 1_000).length).toBeLessThanOrEqual(30);
    }
    expect(granted.length).toBeGreaterThanOrEqual(30 * Math.floor((300 * 7) / WINDOW_MS));
  });

  it('grants the next slot a little ahead, and says when to ask for a later one', async () => {
    const { clock, budgets } = createBudgets();
    const [budget] = budgets as [SendBudget];
    for (let n = 0; n < 30; n += 1) {
      expect(await budget.take(chat(String(n)), 'private', 'reply')).toMatchObject(GRANTED);
      clock.ms += 1;
    }
    // The first of the thirty was taken 30 ms ago.
    const freeInMs = WINDOW_MS - 30;
    const answer = await budget.take(chat('late'), 'private', 'broadcast');
    expect(answer).toEqual({ kind: 'wait', afterMs: freeInMs - AHEAD_MS.broadcast, scope: 'bot' });
    clock.ms += freeInMs - AHEAD_MS.broadcast;
    expect(await budget.take(chat('late'), 'private', 'broadcast')).toMatchObject(GRANTED);
  });

  it('lets a slot that lies ahead be used no sooner than it comes', async () => {
    const { url, prefix } = freshRedis();
    const budget = createSendBudget(connect(url), { keyPrefix: prefix });
    const startedAtMs = performance.now();
    await budget.take(chat('7'), 'private', 'reply');
    const second = await budget.take(chat('7'), 'private', 'reply');
    if (second.kind !== 'granted') throw new Error('a reply looks a second ahead');
    await second.calling('text').ready();
    expect(performance.now() - startedAtMs).toBeGreaterThanOrEqual(1_020);
  });

  it('paces broadcasts evenly, so that a reply finds a slot soon in the middle of one', async () => {
    const { clock, budgets } = createBudgets();
    const [budget, other] = budgets as [SendBudget, SendBudget];
    let waitedMs = 0;
    for (let n = 0; n < 60; n += 1) {
      const answer = await budget.take(chat(String(n)), 'private', 'broadcast');
      if (answer.kind === 'wait') {
        clock.ms += answer.afterMs;
        waitedMs += answer.afterMs;
      }
    }
    expect(waitedMs).toBeGreaterThan(500);
    const atMs = clock.ms;
    const reply = await other.take(chat('reply'), 'private', 'reply');
    expect(reply.kind).toBe('granted');
    const late = Array.from({ length: 3 }, (_, n) =>
      budget.take(chat(`l${String(n)}`), 'private', 'broadcast'),
    );
    expect((await Promise.all(late)).every((answer) => answer.kind === 'wait')).toBe(true);
    expect(clock.ms).toBe(atMs);
  });

  it('gives the next slot of a full bot to a reply before a broadcast that asked sooner', async () => {
    const { clock, budgets } = createBudgets();
    const [budget, other] = budgets as [SendBudget, SendBudget];
    for (let n = 0; n < 30; n += 1) await budget.take(chat(String(n)), 'private', 'reply');
    expect(await budget.take(chat('post'), 'private', 'broadcast')).toMatchObject({ kind: 'wait' });
    expect(await other.take(chat('answer'), 'private', 'reply')).toMatchObject(GRANTED);
    clock.ms += WINDOW_MS;
    for (let n = 0; n < 29; n += 1) {
      expect(await other.take(chat(`o${String(n)}`), 'private', 'reply')).toMatchObject(GRANTED);
    }
    expect(await budget.take(chat('post'), 'private', 'broadcast')).toMatchObject({ kind: 'wait' });
  });

  it('grants one a second to a chat and takes nothing from the bot for what it refuses', async () => {
    const { clock, budgets } = createBudgets();
    const [budget] = budgets as [SendBudget];
    expect(await budget.take(chat('7'), 'private', 'reminder')).toMatchObject(GRANTED);
    for (let n = 0; n < 50; n += 1) {
      expect(await budget.take(chat('7'), 'private', 'reminder')).toEqual({
        kind: 'wait',
        afterMs: 1_020 - AHEAD_MS.reminder,
        scope: 'chat',
      });
    }
    for (let n = 0; n < 29; n += 1) {
      expect(await budget.take(chat(`o${String(n)}`), 'private', 'reply')).toMatchObject(GRANTED);
    }
    clock.ms += 1_020;
    expect(await budget.take(chat('7'), 'private', 'reply')).toMatchObject(GRANTED);
  });

  it('grants 20 a minute to a group, the last of them to replies alone', async () => {
    const { clock, budgets } = createBudgets();
    const [budget] = budgets as [SendBudget];
    const grantedIn = async (lane: Lane, seconds: number): Promise<number> => {
      let granted = 0;
      for (let second = 0; second < seconds; second += 1) {
        if ((await budget.take(chat('-5'), 'group', lane)).kind === 'granted') granted += 1;
        clock.ms += 1_020;
      }
      return granted;
    };
    expect(await grantedIn('broadcast', 20)).toBe(16);
    expect(await grantedIn('reminder', 10)).toBe(2);
    expect(await grantedIn('reply', 10)).toBe(2);
  });

  it('grants 100 a minute to a Zalo account', async () => {
    const { budgets } = createBudgets();
    const [budget] = budgets as [SendBudget];
    let granted = 0;
    for (let n = 0; n < 120; n += 1) {
      const answer = await budget.take({ platform: 'zalo', chatId: String(n) }, 'private', 'reply');
      if (answer.kind === 'granted') granted += 1;
    }
    expect(granted).toBe(DEFAULT_LIMITS.zalo.bot.calls);
  });

  it('makes every process wait out a penalty, of one chat or of the bot, and never shortens it', async () => {
    const { clock, budgets } = createBudgets();
    const [budget, other] = budgets as [SendBudget, SendBudget];
    await budget.penalise('telegram', '7', 5_000);
    expect(await other.take(chat('7'), 'private', 'reply')).toEqual({
      kind: 'wait',
      afterMs: 5_000 - AHEAD_MS.reply,
      scope: 'chat',
    });
    expect(await other.take(chat('8'), 'private', 'reply')).toMatchObject(GRANTED);
    await budget.penalise('telegram', null, 9_000);
    await budget.penalise('telegram', null, 1_000);
    clock.ms += 5_000;
    expect(await other.take(chat('9'), 'private', 'reply')).toEqual({
      kind: 'wait',
      afterMs: 4_000 - AHEAD_MS.reply,
      scope: 'bot',
    });
    clock.ms += 4_000;
    expect(await other.take(chat('9'), 'private', 'reply')).toMatchObject(GRANTED);
  });

  it('works on after Redis forgot everything, script included', async () => {
    const { budgets, redis } = createBudgets();
    const [budget] = budgets as [SendBudget];
    await budget.take(chat('7'), 'private', 'reply');
    await redis.script('FLUSH');
    expect(await budget.take(chat('8'), 'private', 'reply')).toMatchObject(GRANTED);
  });

  it('runs on the clock of Redis when it is given none', async () => {
    const { url, prefix } = freshRedis();
    const budget = createSendBudget(connect(url), { keyPrefix: prefix });
    expect(await budget.take(chat('7'), 'private', 'reply')).toMatchObject(GRANTED);
    const answer = await budget.take(chat('7'), 'private', 'broadcast');
    expect(answer).toMatchObject({ kind: 'wait', scope: 'chat' });
  });

  it('throws at once without Redis, and soon when Redis is silent', async () => {
    const { url, prefix } = freshRedis();
    const gone = connect(url);
    await gone.ping();
    const ended = once(gone, 'end');
    gone.disconnect();
    await ended;
    await expect(
      createSendBudget(gone, { keyPrefix: prefix }).take(chat('7'), 'private', 'reply'),
    ).rejects.toThrow(BudgetUnavailable);
    const nobody = new Redis({ host: '127.0.0.1', port: 1, maxRetriesPerRequest: null, lazyConnect: true });
    nobody.on('error', () => undefined);
    open.push(nobody);
    const budget = createSendBudget(nobody, { keyPrefix: prefix, timeoutMs: 100 });
    await expect(budget.take(chat('7'), 'private', 'reply')).rejects.toThrow(BudgetUnavailable);
  });
});
