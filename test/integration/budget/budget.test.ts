import { once } from 'node:events';
import { Redis } from 'ioredis';
import { afterAll, describe, expect, it } from 'vitest';
import type { SendBudget } from '#src/app/ports/channel.ts';
import { BudgetUnavailable, createSendBudget, DEFAULT_LIMITS } from '#src/queue/budget.ts';
import { freshRedis } from '#test/support/services.ts';

const open: Redis[] = [];

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
    clock,
    redis: one,
    budgets: [createSendBudget(one, options), createSendBudget(connect(url), options)],
  };
}

const chat = (chatId: string) => ({ platform: 'telegram' as const, chatId });

describe('send budget', () => {
  it('never grants more than 30 in any strict second, over two processes and at the seams', async () => {
    const { clock, budgets } = createBudgets();
    const granted: number[] = [];
    for (let round = 0; round < 400; round += 1) {
      const asked = budgets.map((budget, index) =>
        budget.take(chat(`${String(round)}.${String(index)}`), 'private', 'reply'),
      );
      for (const answer of await Promise.all(asked)) if (answer.kind === 'granted') granted.push(clock.ms);
      clock.ms += 7;
    }
    for (const fromMs of granted) {
      expect(granted.filter((at) => at >= fromMs && at < fromMs + 1_000).length).toBeLessThanOrEqual(30);
    }
    expect(granted.length).toBeGreaterThanOrEqual(30 * Math.floor((400 * 7) / 1_020));
  });

  it('says exactly when the next slot is free, and then grants it', async () => {
    const { clock, budgets } = createBudgets();
    const [budget] = budgets as [SendBudget];
    for (let n = 0; n < 30; n += 1) {
      expect(await budget.take(chat(String(n)), 'private', 'reply')).toEqual({ kind: 'granted' });
      clock.ms += 1;
    }
    const answer = await budget.take(chat('late'), 'private', 'reply');
    expect(answer).toEqual({ kind: 'wait', afterMs: 990, scope: 'bot' });
    clock.ms += 989;
    expect(await budget.take(chat('late'), 'private', 'reply')).toMatchObject({ kind: 'wait', afterMs: 1 });
    clock.ms += 1;
    expect(await budget.take(chat('late'), 'private', 'reply')).toEqual({ kind: 'granted' });
  });

  it('keeps slots for replies that a broadcast cannot take', async () => {
    const { budgets } = createBudgets();
    const [budget] = budgets as [SendBudget];
    const answers = [];
    for (let n = 0; n < 40; n += 1) answers.push(await budget.take(chat(String(n)), 'private', 'broadcast'));
    expect(answers.filter((answer) => answer.kind === 'granted')).toHaveLength(28);
    expect(await budget.take(chat('a'), 'private', 'reply')).toEqual({ kind: 'granted' });
    expect(await budget.take(chat('b'), 'private', 'reply')).toEqual({ kind: 'granted' });
    expect(await budget.take(chat('c'), 'private', 'reply')).toMatchObject({ scope: 'bot' });
  });

  it('grants one a second to a chat and takes nothing from the bot for what it refuses', async () => {
    const { clock, budgets } = createBudgets();
    const [budget] = budgets as [SendBudget];
    expect(await budget.take(chat('7'), 'private', 'reply')).toEqual({ kind: 'granted' });
    for (let n = 0; n < 50; n += 1) {
      expect(await budget.take(chat('7'), 'private', 'reply')).toEqual({
        kind: 'wait',
        afterMs: 1_020,
        scope: 'chat',
      });
    }
    for (let n = 0; n < 29; n += 1) {
      expect(await budget.take(chat(`o${String(n)}`), 'private', 'reply')).toEqual({ kind: 'granted' });
    }
    clock.ms += 1_020;
    expect(await budget.take(chat('7'), 'private', 'reply')).toEqual({ kind: 'granted' });
  });

  it('grants 20 a minute to a group', async () => {
    const { clock, budgets } = createBudgets();
    const [budget] = budgets as [SendBudget];
    let granted = 0;
    for (let second = 0; second < 55; second += 1) {
      if ((await budget.take(chat('-5'), 'group', 'broadcast')).kind === 'granted') granted += 1;
      clock.ms += 1_050;
    }
    expect(granted).toBe(20);
    expect(await budget.take(chat('-5'), 'group', 'reply')).toMatchObject({ kind: 'wait', scope: 'chat' });
    clock.ms += 60_020;
    expect(await budget.take(chat('-5'), 'group', 'broadcast')).toEqual({ kind: 'granted' });
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
      afterMs: 5_000,
      scope: 'chat',
    });
    expect(await other.take(chat('8'), 'private', 'reply')).toEqual({ kind: 'granted' });
    await budget.penalise('telegram', null, 9_000);
    await budget.penalise('telegram', null, 1_000);
    clock.ms += 5_000;
    expect(await other.take(chat('9'), 'private', 'reply')).toEqual({
      kind: 'wait',
      afterMs: 4_000,
      scope: 'bot',
    });
    clock.ms += 4_000;
    expect(await other.take(chat('9'), 'private', 'reply')).toEqual({ kind: 'granted' });
  });

  it('works on after Redis forgot everything, script included', async () => {
    const { budgets, redis } = createBudgets();
    const [budget] = budgets as [SendBudget];
    await budget.take(chat('7'), 'private', 'reply');
    await redis.script('FLUSH');
    expect(await budget.take(chat('8'), 'private', 'reply')).toEqual({ kind: 'granted' });
  });

  it('runs on the clock of Redis when it is given none', async () => {
    const { url, prefix } = freshRedis();
    const budget = createSendBudget(connect(url), { keyPrefix: prefix });
    expect(await budget.take(chat('7'), 'private', 'reply')).toEqual({ kind: 'granted' });
    const answer = await budget.take(chat('7'), 'private', 'reply');
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
