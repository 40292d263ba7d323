/**
 * The one budget of calls per bot and per chat, over all processes. Ours, where a library would be welcome, because none
 * at hand does what the platforms check: a strict sliding log (fixed windows and token buckets let 60 calls through in
 * one second at the seam, and exactly 30 a second on a timer is refused) over several scopes (bot, chat, group, penalties)
 * in one atomic step, so that a call refused by its chat takes nothing from the bot.
 */
import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { BudgetAnswer, SendBudget } from '#src/app/ports/channel.ts';
import type { ChatRef, Platform } from '#src/domain/inbound.ts';
import type { Lane } from '#src/domain/outbound.ts';
import { PENALISE_SCRIPT, TAKE_SCRIPT } from './budget/take-script.ts';

export interface Limit {
  readonly calls: number;
  readonly perMs: number;
}

export interface PlatformLimits {
  readonly bot: Limit;
  readonly chat: Limit;
  readonly group: Limit | null;
  /** Slots of the bot that a lane leaves free for those before it: a reply never waits behind a broadcast. */
  readonly reserve: Readonly<Record<Lane, number>>;
}

export interface SendBudgetOptions {
  /** Begins every key. */
  readonly keyPrefix: string;
  readonly limits?: Partial<Readonly<Record<Platform, PlatformLimits>>>;
  /** Added to every window: the way to the platform is not equally long for each call. */
  readonly guardMs?: number;
  /** Without an answer of Redis for so long, `take` throws. */
  readonly timeoutMs?: number;
  /** For tests; the clock of Redis, common to all processes, when left out. */
  readonly nowMs?: () => number;
}

/** Telegram: its bot FAQ. Zalo: 100 calls a minute and account. */
export const DEFAULT_LIMITS: Readonly<Record<Platform, PlatformLimits>> = {
  telegram: {
    bot: { calls: 30, perMs: 1_000 },
    chat: { calls: 1, perMs: 1_000 },
    group: { calls: 20, perMs: 60_000 },
    reserve: { reply: 0, reminder: 1, broadcast: 2 },
  },
  zalo: {
    bot: { calls: 100, perMs: 60_000 },
    chat: { calls: 1, perMs: 1_000 },
    group: null,
    reserve: { reply: 0, reminder: 5, broadcast: 10 },
  },
};

const GUARD_MS = 20;
const TIMEOUT_MS = 2_000;

/** Thrown when Redis is away or silent: without it nothing is sent. */
export class BudgetUnavailable extends Error {
  override readonly name = 'BudgetUnavailable';
}

/** `redis` stays the caller's to close. */
export function createSendBudget(redis: Redis, options: SendBudgetOptions): SendBudget {
  const guardMs = options.guardMs ?? GUARD_MS;
  const timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
  const key = (...parts: readonly string[]) => [options.keyPrefix, 'budget', ...parts].join(':');
  const penaltyKey = (platform: Platform, chatId: string | null) =>
    chatId === null ? key('penalty', platform) : key('penalty', platform, chatId);
  const now = () => (options.nowMs ? String(Math.round(options.nowMs() * 1_000)) : '');

  async function take(chat: ChatRef, kind: 'private' | 'group', lane: Lane): Promise<BudgetAnswer> {
    const { platform, chatId } = chat;
    const limits = options.limits?.[platform] ?? DEFAULT_LIMITS[platform];
    const logs = [
      {
        key: key('bot', platform),
        limit: { ...limits.bot, calls: Math.max(1, limits.bot.calls - limits.reserve[lane]) },
      },
      { key: key('chat', platform, chatId), limit: limits.chat },
      ...(kind === 'group' && limits.group
        ? [{ key: key('group', platform, chatId), limit: limits.group }]
        : []),
    ];
    const keys = [penaltyKey(platform, null), penaltyKey(platform, chatId), ...logs.map((log) => log.key)];
    const windows = logs.flatMap(({ limit }) => [limit.calls, (limit.perMs + guardMs) * 1_000]);
    const answer = await within(redis, timeoutMs, () =>
      run(redis, TAKE_SCRIPT, keys, ['2', now(), ...windows.map(String)]),
    );
    const [waitUs = 0, index = -1] = Array.isArray(answer) ? answer.map(Number) : [];
    if (waitUs <= 0) return { kind: 'granted' };
    const scope = index === 0 || index === 2 ? 'bot' : 'chat';
    return { kind: 'wait', afterMs: Math.ceil(waitUs / 1_000), scope };
  }

  async function penalise(platform: Platform, chatId: string | null, afterMs: number): Promise<void> {
    if (afterMs <= 0) return;
    await within(redis, timeoutMs, () =>
      run(redis, PENALISE_SCRIPT, [penaltyKey(platform, chatId)], [String(Math.ceil(afterMs)), now()]),
    );
  }

  return { take, penalise };
}

const hashes = new Map<string, string>();

function hashOf(script: string): string {
  const known = hashes.get(script);
  if (known !== undefined) return known;
  const hash = createHash('sha1').update(script).digest('hex');
  hashes.set(script, hash);
  return hash;
}

/** By hash, with the whole script only the first time and after a flush or restart of Redis. */
async function run(
  redis: Redis,
  script: string,
  keys: readonly string[],
  args: readonly string[],
): Promise<unknown> {
  const hash = hashOf(script);
  try {
    return await redis.evalsha(hash, keys.length, ...keys, ...args);
  } catch (error) {
    if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error;
    return redis.eval(script, keys.length, ...keys, ...args);
  }
}

const AWAY = new Set(['close', 'reconnecting', 'end']);

/** A connection made for workers waits for Redis for ever; a send must not. */
async function within<T>(redis: Redis, timeoutMs: number, ask: () => Promise<T>): Promise<T> {
  if (AWAY.has(redis.status)) throw new BudgetUnavailable(`redis is ${redis.status}`);
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new BudgetUnavailable(`no answer of redis in ${String(timeoutMs)} ms`));
    }, timeoutMs);
  });
  try {
    return await Promise.race([ask(), silence]);
  } finally {
    clearTimeout(timer);
  }
}
