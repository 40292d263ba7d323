import { setTimeout as delay } from 'node:timers/promises';
import type { Lane } from '#src/domain/outbound.ts';
import { producerConnection } from '#src/queue/connections.ts';
import { createSendBudget } from '#src/queue/budget.ts';
import { figures, type Measured, OURS, quantile } from '../figures.ts';
import { type Platform, startPlatform } from '../platform.ts';
import type { ServerRecord } from '../platform-orders.ts';
import { untilGreeted } from '../until.ts';
import { openWard, type Ward } from '../ward.ts';
import type { Part } from './part.ts';

const CHATS = 100_000;
const ROUND_TRIP_MS = 40;
const PEOPLE = 30;
/** Of residents, one after the other; each chat has had its answer long before it is its turn again. */
const ASK_EVERY_MS = 500;
/** For the full size three minutes; smaller sizes are for trying it out. */
const FULL_MS = 180_000;
const SHORT_MS = 15_000;
const MINUTE_MS = 60_000;
const POSTS = 25;
const REMINDERS = 10;
const EDITS = 10;
const REPLIES = 4;
const LOOK_EVERY_MS = 50;
/** The bot answers it with its menu. */
const MENU = 'menu';

/** Residents who write while a hundred thousand messages go out; and one group at which everything is aimed at once. */
export const replyPart: Part = async ({ services, chats, say }) => {
  const count = chats ?? CHATS;
  const forMs = count >= CHATS ? FULL_MS : SHORT_MS;
  const platform = await startPlatform({ roundTripMs: ROUND_TRIP_MS });
  const ward = await openWard(services, platform);
  const bot = ward.startBot();
  const worker = ward.startWorker();
  try {
    say(`reply: ${OURS}, ${String(forMs / 1_000)} s under ${String(count)} recipients`);
    const [groups, people] = [await platform.addGroups(count), await platform.addPeople(PEOPLE)];
    await ward.addGroups(groups);
    await untilGreeted(platform, people);
    const runId = await ward.order();
    await untilFannedOut(ward, runId);
    await platform.forget();
    const replies = await residents(platform, people, forMs);
    const everybody = await platform.record(groups);
    say(`reply: ${OURS}, one group for a minute`);
    const crowded = await oneGroup(ward, platform);
    return figures('reply', OURS, [
      ...replies,
      { figure: 'broadcastPerSecond', value: speedOf(everybody), unit: '1/s' },
      { figure: 'answers429', value: everybody.answers429, unit: '' },
      ...crowded,
    ]);
  } finally {
    await Promise.all([worker.stop(), bot.stop()]);
    await ward.close();
    await platform.stop();
  }
};

function speedOf({ delivered, firstAtMs, lastAtMs }: ServerRecord): number {
  return ((delivered - 1) / (lastAtMs - firstAtMs)) * 1_000;
}

async function untilFannedOut(ward: Ward, runId: string): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    const run = await ward.runtime.core.store.runs.get(runId);
    if (run !== null && run.startedAtMs !== null) return;
    await delay(500);
  }
  throw new Error('the broadcast was not fanned out');
}

async function residents(
  platform: Platform,
  people: readonly number[],
  forMs: number,
): Promise<readonly Measured[]> {
  const untilMs = performance.now() + forMs;
  for (let n = 0; performance.now() < untilMs; n += 1) {
    await platform.say(people[n % people.length] ?? 0, MENU);
    await delay(ASK_EVERY_MS);
  }
  await delay(2_000);
  const { replyMs } = await platform.record(people);
  const at = (share: number): number => quantile(replyMs, share) - ROUND_TRIP_MS;
  return [
    { figure: 'replies', value: replyMs.length, unit: '' },
    { figure: 'p50OverRoundTripMs', value: at(0.5), unit: 'ms' },
    { figure: 'p99OverRoundTripMs', value: at(0.99), unit: 'ms' },
  ];
}

/** Posts, reminders, edits and answers for one group at once: how many calls in a minute, and how soon the answers. */
async function oneGroup(ward: Ward, platform: Platform): Promise<readonly Measured[]> {
  const [chatId = 0] = await platform.addGroups(1);
  const { app } = ward.runtime.core;
  await insert(ward, chatId, 'broadcast', POSTS);
  await insert(ward, chatId, 'reminder', REMINDERS);
  await app.wake.lane('telegram', 'broadcast');
  await app.wake.lane('telegram', 'reminder');
  const edits = editAgainAndAgain(ward, chatId);
  await delay(MINUTE_MS / 3);
  await insert(ward, chatId, 'reply', REPLIES);
  await app.wake.lane('telegram', 'reply');
  const lastAnswerMs = await untilAnswered(ward);
  await edits;
  const { mostInAMinute, answers429 } = await platform.record([chatId]);
  return [
    { figure: 'callsToOneGroupInAMinute', value: mostInAMinute, unit: '' },
    { figure: 'answers429OfOneGroup', value: answers429, unit: '' },
    { figure: 'lastOfFourReplies', value: lastAnswerMs, unit: 'ms' },
  ];
}

const rowId = (lane: Lane, n: number): string => `bench.${lane}.${String(n)}`;

async function insert(ward: Ward, chatId: number, lane: Lane, count: number): Promise<void> {
  const chat = { platform: 'telegram', chatId: String(chatId) } as const;
  await ward.runtime.core.store.deliveries.insert(
    Array.from({ length: count }, (_, n) => ({
      id: rowId(lane, n),
      lane,
      platform: 'telegram' as const,
      target: { kind: 'chat' as const, chat },
      message: { text: `${lane} ${String(n)}` },
      state: 'pending' as const,
      dueAtMs: Date.now(),
      sentParts: [],
      attempts: 0,
    })),
  );
}

/** As the live message is edited: from another process, when the shared budget has a slot. */
async function editAgainAndAgain(ward: Ward, chatId: number): Promise<void> {
  const { config, built } = ward.runtime.core;
  const redis = producerConnection(config.redisUrl, () => undefined);
  const budget = createSendBudget(redis, { keyPrefix: 'loa-phuong' });
  const chat = { platform: 'telegram', chatId: String(chatId) } as const;
  for (let n = 0; n < EDITS; n += 1) {
    await delay(MINUTE_MS / EDITS);
    const slot = await budget.take(chat, 'group', 'broadcast');
    if (slot.kind !== 'granted') continue;
    const timing = slot.calling('edit');
    await built.channels.telegram?.edit(chat, '1', { text: `edit ${String(n)}` }, timing);
    timing.ended();
  }
  redis.disconnect();
}

/** How long it takes until the last of the answers is out, by their rows; infinite after a minute. */
async function untilAnswered(ward: Ward): Promise<number> {
  const { deliveries } = ward.runtime.core.store;
  const askedAtMs = performance.now();
  for (let n = 0; n < REPLIES;) {
    if (performance.now() - askedAtMs > MINUTE_MS) return Infinity;
    if ((await deliveries.get(rowId('reply', n)))?.state === 'sent') n += 1;
    else await delay(LOOK_EVERY_MS);
  }
  return performance.now() - askedAtMs;
}
