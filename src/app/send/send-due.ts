import type { Channel } from '#src/app/ports/channel.ts';
import type { DeliveryResult } from '#src/app/ports/deliveries.ts';
import type { Destination } from '#src/domain/destination.ts';
import type { Delivery } from '#src/domain/outbound.ts';
import { lockedText } from '../denunciations/read-locked.ts';
import { createOutcomes } from './apply-outcome.ts';
import { coalesce } from './coalesce.ts';
import { backToPending, createLeaseFeed, type LeaseFeed } from './lease-feed.ts';
import { wakeLane } from './notify.ts';
import { patiently } from './patiently.ts';
import { createRecentMedia } from './recent-media.ts';
import type { SendPorts, SendReport, SendRequest } from './ports.ts';
import { createRunGate } from './run-gate.ts';
import { sendRow, type LaneRun } from './send-row.ts';
import { createSlots, sleepFor } from './slots.ts';

/** Longer waits for the budget give the row back: a lease is for calling, not for waiting. */
const MAX_WAIT_MS = 2_000;
/** While rows are held, it is seen within a second that they may go, whoever resumed their run and however. */
const HELD_LOOK_MS = 700;
const MAX_PAUSED = 1_000;
/** How often new replies are looked for while others are under way: the wake of a lane that runs already is not heard. */
const REPLY_LOOK_MS = 20;

/**
 * The one way out for every message of every lane: leases due rows, calls the platform once for each with a slot of the
 * budget in hand, stores what came of it, until nothing is due or `signal` fires; then rows not yet called go back.
 * What a platform or a network does is an outcome and never thrown; broken infrastructure (database, Redis) is thrown
 * after the rows not yet called were given back as far as possible.
 */
export async function sendDue(ports: SendPorts, request: SendRequest): Promise<SendReport> {
  const { platform, lane } = request;
  const channel = ports.channels[platform];
  if (!channel) return { sent: 0, nextInMs: null };
  const token = ports.tokens.next();
  const heldRuns = new Set<string>();
  const feed = createLeaseFeed(ports, { platform, lane, token }, heldRuns);
  // Together: somebody waits for an answer. A reply belongs to no run that may be held.
  if (lane === 'reply') feed.prefetch();
  const isPaused = await beforeLane(ports, request, heldRuns).catch(async (error: unknown) => {
    await giveBack(ports, await feed.drain(), token, true);
    throw error;
  });
  if (isPaused) {
    await giveBack(ports, await feed.drain(), token, false);
    return { sent: 0, nextInMs: null };
  }

  const stopping = new AbortController();
  const stop = AbortSignal.any([request.signal, stopping.signal]);
  let restMs: number | null = 0;
  const run = createLaneRun(ports, request, channel, token, stop, feed, (afterMs) => {
    restMs = afterMs === null || restMs === null ? null : Math.max(restMs, afterMs);
    stopping.abort();
  });

  const work = await walk(run, feed, request, () => {
    stopping.abort();
  });
  const left = [...(await feed.drain()), ...work.uncalled];
  await giveBack(ports, left, token, work.failure !== null);
  if (work.failure) throw work.failure.error;
  if (request.signal.aborted && left.length > 0) await wakeLane(ports, platform, lane);
  return { sent: work.sent, nextInMs: await nextInMs(ports, request, restMs, heldRuns.size > 0) };
}

function createLaneRun(
  ports: SendPorts,
  request: SendRequest,
  channel: Channel,
  token: string,
  stop: AbortSignal,
  feed: LeaseFeed,
  rest: LaneRun['rest'],
): LaneRun {
  const sleep = ports.sleep ?? sleepFor;
  const slots = createSlots(ports.budget, {
    lane: request.lane,
    maxWaitMs: MAX_WAIT_MS,
    signal: stop,
    sleep,
  });
  return {
    ports,
    channel,
    stop,
    rest,
    skipRun: (runId) => feed.skip(runId),
    gate: createRunGate(ports.runs, ports.realNowMs, ports.hash),
    destination: coalesce<string, Destination | null>(async (ids) => {
      const found = new Map((await ports.destinations.many(ids)).map((one) => [one.id, one]));
      return (id) => found.get(id) ?? null;
    }),
    medium: createRecentMedia((id) => ports.media.get(id)),
    locked: (handle) => lockedText(ports.denunciations, handle),
    called: new Set(),
    takeSlot: (chat, kind) => slots.take(chat, kind),
    claim: coalesce<string, boolean>(async (ids) => {
      const ours = new Set(await ports.deliveries.markSending(ids, token));
      return (id) => ours.has(id);
    }),
    settle: coalesce<DeliveryResult, undefined>(async (results) => {
      await patiently(ports, () => ports.deliveries.settle(results, token));
      return () => undefined;
    }),
    applyOutcome: createOutcomes(ports),
  };
}

interface Work {
  readonly sent: number;
  /** What was in hand when something broke, and surely did not go out. */
  readonly uncalled: readonly Delivery[];
  readonly failure: { readonly error: unknown } | null;
}

/** Keeps up to `maxInFlight` rows under way. After a failure nothing new starts and what is under way is waited for. */
async function walk(
  run: LaneRun,
  feed: LeaseFeed,
  { lane, maxInFlight }: SendRequest,
  abort: () => void,
): Promise<Work> {
  const underWay = new Set<Promise<void>>();
  const uncalled: Delivery[] = [];
  let sent = 0;
  let failure: Work['failure'] = null;
  const fail = (error: unknown) => {
    failure ??= { error };
    abort();
  };

  async function one(row: Delivery): Promise<void> {
    try {
      const rowEnd = await sendRow(run, row);
      if (rowEnd === 'sent') sent += 1;
      await feed.release(row, rowEnd === 'continues');
    } catch (error) {
      if (!run.called.has(row.id)) uncalled.push(row);
      fail(error);
    } finally {
      run.called.delete(row.id);
    }
  }

  while (!run.stop.aborted) {
    const row = underWay.size < maxInFlight ? await feed.next().catch(fail) : null;
    if (row) {
      const task: Promise<void> = one(row).finally(() => underWay.delete(task));
      underWay.add(task);
    } else if (underWay.size === 0) break;
    // A reply that comes now must not wait until the one before it is through.
    else if (lane === 'reply' && underWay.size < maxInFlight)
      await Promise.race([...underWay, sleepFor(REPLY_LOOK_MS, run.stop)]);
    else await Promise.race(underWay);
  }
  await Promise.all(underWay);
  return { sent, uncalled, failure };
}

async function giveBack(
  ports: SendPorts,
  rows: readonly Delivery[],
  token: string,
  isBroken: boolean,
): Promise<void> {
  if (rows.length === 0) return;
  try {
    await ports.deliveries.settle(rows.map(backToPending), token);
  } catch (error) {
    // What broke first is thrown by the caller; these leases run out by themselves.
    if (!isBroken) throw error;
    ports.log.warn({ rows: rows.length }, 'leased rows could not be given back');
  }
}

/** What holds a lane up; answers whether its channel is paused. Each of these is a round trip. */
async function beforeLane(ports: SendPorts, request: SendRequest, heldRuns: Set<string>): Promise<boolean> {
  const [isPaused, paused] = await Promise.all([
    ports.health.isPaused(request.platform),
    // Known beforehand, so that their rows are not leased each second only to be given back.
    request.lane === 'broadcast' ? ports.runs.inState('paused', MAX_PAUSED) : [],
    restorePenalties(ports, request),
  ]);
  for (const { id } of paused) heldRuns.add(id);
  return isPaused;
}

/** A flush of Redis forgets penalties; the database does not. */
async function restorePenalties(ports: SendPorts, request: SendRequest): Promise<void> {
  const nowMs = ports.realNowMs();
  for (const penalty of await ports.health.penalties(request.platform, nowMs)) {
    await ports.budget.penalise(request.platform, penalty.chatId, penalty.untilMs - nowMs);
  }
}

async function nextInMs(
  ports: SendPorts,
  request: SendRequest,
  restMs: number | null,
  isHeld: boolean,
): Promise<number | null> {
  if (restMs === null) return null;
  const nowMs = ports.clock.nowMs();
  const dueAtMs = await ports.deliveries.nextDueAtMs(request.platform, request.lane, nowMs);
  if (dueAtMs === null) return null;
  return Math.max(restMs, isHeld ? HELD_LOOK_MS : 0, dueAtMs - nowMs);
}
