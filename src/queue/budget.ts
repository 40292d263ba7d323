/**
 * The one budget of calls per bot and per chat, over all processes. Ours, where a library would be welcome, because none
 * at hand does what the platforms check: a strict sliding log (fixed windows and token buckets let 60 calls through in
 * one second at the seam, and exactly 30 a second on a timer is refused) over several scopes (bot, chat, group, penalties)
 * in one atomic step, so that a call refused by its chat takes nothing from the bot.
 */
import { createHash, randomBytes } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { BudgetAnswer, CallTimes, SendBudget } from '#src/app/ports/channel.ts';
import { steadyMs, untilSteady } from '#src/app/ports/steady.ts';
import type { ChatRef, Platform } from '#src/domain/inbound.ts';
import type { Lane } from '#src/domain/outbound.ts';
import { type Correction, LateCalls, type UsedSlot } from './budget/late-calls.ts';
import { AHEAD_MS, DEFAULT_LIMITS, type Limit, type PlatformLimits } from './budget/limits.ts';
import { LookAhead } from './budget/look-ahead.ts';
import { PENALISE_SCRIPT, TAKE_SCRIPT } from './budget/take-script.ts';

export interface SendBudgetOptions {
  /** Begins every key. */
  readonly keyPrefix: string;
  readonly limits?: Partial<Readonly<Record<Platform, PlatformLimits>>>;
  /** Without an answer of Redis for so long, `take` throws. */
  readonly timeoutMs?: number;
  /** For tests; the clock of Redis, common to all processes, when left out. */
  readonly nowMs?: () => number;
}

const TIMEOUT_MS = 2_000;
/** How often slots are put right whose calls came late; their windows are a second long. */
const CORRECT_EVERY_MS = 100;
const ALWAYS_WATCHED = 200;

/** Thrown when Redis is away or silent: without it nothing is sent. */
export class BudgetUnavailable extends Error {
  override readonly name = 'BudgetUnavailable';
}

/** `redis` stays the caller's to close. */
export function createSendBudget(redis: Redis, options: SendBudgetOptions): SendBudget {
  const timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
  const key = (...parts: readonly string[]) => [options.keyPrefix, 'budget', ...parts].join(':');
  const penaltyKey = (platform: Platform, chatId: string | null) =>
    chatId === null ? key('penalty', platform) : key('penalty', platform, chatId);
  const now = () => (options.nowMs ? String(Math.round(options.nowMs() * 1_000)) : '');
  const names = slotNames();
  const late = createCorrector(redis, options.nowMs);
  const broadcastsAhead = new LookAhead(AHEAD_MS.broadcast);

  async function take(chat: ChatRef, kind: 'private' | 'group', lane: Lane): Promise<BudgetAnswer> {
    const { platform, chatId } = chat;
    const limits = options.limits?.[platform] ?? DEFAULT_LIMITS[platform];
    const bot = less(limits.bot, limits.reserve[lane]);
    const logs = [
      { key: key('bot', platform), limit: bot },
      { key: key('chat', platform, chatId), limit: limits.chat },
      ...(kind === 'group' && limits.group
        ? [{ key: key('group', platform, chatId), limit: less(limits.group, limits.groupReserve[lane]) }]
        : []),
    ];
    const keys = logs.map((log) => log.key);
    const name = names();
    const answer = await within(redis, timeoutMs, () =>
      run(
        redis,
        TAKE_SCRIPT,
        [penaltyKey(platform, null), penaltyKey(platform, chatId), key('pace', platform), ...keys],
        [
          now(),
          String(Math.round((lane === 'broadcast' ? broadcastsAhead.ms : AHEAD_MS[lane]) * 1_000)),
          ...paceOf(limits, lane),
          name,
          ...logs.flatMap(({ limit }) => [limit.calls, (limit.perMs + limit.guardMs) * 1_000]).map(String),
        ],
      ),
    );
    const [waitUs = 0, second = 0, count = 0, atUs = 0] = Array.isArray(answer) ? answer.map(Number) : [];
    if (waitUs > 0) {
      const isBot = second === 0 || second === 2 || second === 3;
      return { kind: 'wait', afterMs: Math.ceil(waitUs / 1_000), scope: isBot ? 'bot' : 'chat' };
    }
    // Far from a high limit it does not matter when exactly a call arrives, and watching costs.
    const matters = bot.calls <= ALWAYS_WATCHED || count * 2 >= bot.calls;
    late.heardTime(atUs - second);
    const readyAtMs = options.nowMs ? steadyMs() + second / 1_000 : late.ourTimeUs(atUs) / 1_000;
    const grantedAtMs = steadyMs();
    return {
      kind: 'granted',
      ready: (beforeMs) => untilSteady(readyAtMs - beforeMs),
      calling(way) {
        if (lane === 'broadcast') broadcastsAhead.learn(steadyMs() - grantedAtMs);
        return {
          atMs: matters ? readyAtMs : null,
          ready: () => untilSteady(readyAtMs),
          ended: matters ? late.track({ name, atUs, keys }, way) : () => undefined,
        };
      },
    };
  }

  async function penalise(platform: Platform, chatId: string | null, afterMs: number): Promise<void> {
    if (afterMs <= 0) return;
    await within(redis, timeoutMs, () =>
      run(redis, PENALISE_SCRIPT, [penaltyKey(platform, chatId)], [String(Math.ceil(afterMs)), now()]),
    );
  }

  return { take, penalise };
}

/** Unique over all processes. */
function slotNames(): () => string {
  const mine = randomBytes(6).toString('base64url');
  let last = 0;
  return () => {
    last += 1;
    return `${mine}.${String(last)}`;
  };
}

function less(limit: Limit, calls: number): Limit {
  return { ...limit, calls: Math.max(1, limit.calls - calls) };
}

/** The pace in microseconds, and whether this lane keeps to it; none at limits at which it would take no time. */
function paceOf({ bot, pace }: PlatformLimits, lane: Lane): readonly string[] {
  if (!pace || pace.slowMs * bot.calls > 2 * bot.perMs) return ['0', '0', '0', '0'];
  const spacings = [pace.quickMs, pace.slowMs, pace.gapMs];
  return [...spacings.map((ms) => String(ms * 1_000)), lane === 'broadcast' ? '1' : '0'];
}

/** Puts slots right whose calls may have come late. Best effort: the guard and the platform's own answer remain. */
function createCorrector(
  redis: Redis,
  nowMs: () => number = steadyMs,
): Pick<LateCalls, 'heardTime' | 'ourTimeUs'> & {
  track(slot: UsedSlot, way: string): (times?: CallTimes) => void;
} {
  const late = new LateCalls(() => nowMs() * 1_000);
  let timer: NodeJS.Timeout | undefined;
  let soon: NodeJS.Immediate | undefined;
  const correct = (): void => {
    soon = undefined;
    const corrections = late.corrections();
    if (corrections.length > 0) void write(redis, corrections);
    if (!late.isEmpty) return;
    clearInterval(timer);
    timer = undefined;
  };
  // What left late is put right before others reckon with it.
  const correctSoon = (): void => {
    soon ??= setImmediate(correct);
  };
  return {
    heardTime: (redisUs) => late.heardTime(redisUs),
    ourTimeUs: (redisUs) => late.ourTimeUs(redisUs),
    track(slot, way) {
      timer ??= setInterval(correct, CORRECT_EVERY_MS).unref();
      const ended = late.track(slot, way);
      correctSoon();
      return (times = { leftMs: null, answeredMs: nowMs() }) => {
        ended(inUs(times.leftMs), inUs(times.answeredMs));
        correctSoon();
      };
    },
  };
}

const inUs = (ms: number | null): number | null => (ms === null ? null : ms * 1_000);

async function write(redis: Redis, corrections: readonly Correction[]): Promise<void> {
  const batch = redis.pipeline();
  for (const { keys, name, atUs, lateUs } of corrections) {
    for (const key of keys) batch.zadd(key, 'XX', 'GT', Math.round(atUs + lateUs), name);
  }
  await batch.exec().catch(() => undefined);
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
