import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { figures, type Figure, OURS } from '../figures.ts';
import { FAST_LIMITS, FAST_RULES } from '../fast.ts';
import type { Peer } from '../peers.ts';
import { type Platform, startPlatform } from '../platform.ts';
import type { LiveProcess } from '#dev/world/process.ts';
import { openWard, type Ward } from '../ward.ts';
import type { Part, PartOptions } from './part.ts';

const CHATS = 100_000;
/** The small run, whose cost the large one is held against, and the warm-up before both. */
const SMALL_PART = 10;
const WARM_UP_PART = 50;
const PEER_CHATS = 10_000;
const PAGE_BYTES = 4_096;
const LOOK_EVERY_MS = 100;

/** What one broadcast cost. */
interface Cost {
  readonly chats: number;
  readonly wallMs: number;
  readonly perSecond: number;
  readonly fanOutPerSecond: number;
  /** Of the worker, at its highest while it sent, in MB. */
  readonly peakRssMb: number;
}

/** How many deliveries a second, leased, claimed, sent and stored, when the platform is not what holds us up. */
export const throughputPart: Part = async (options) => {
  const { small, large, duplicates } = await broadcasts(options);
  const all: Figure[] = [
    ...figures('throughput', OURS, [
      { figure: 'deliveriesPerSecond', value: large.perSecond, unit: '1/s' },
      { figure: 'deliveriesPerSecondSmall', value: small.perSecond, unit: '1/s' },
      { figure: 'costLargeToSmall', value: small.perSecond / large.perSecond, unit: '' },
      { figure: 'fanOutPerSecond', value: large.fanOutPerSecond, unit: '1/s' },
      { figure: 'duplicates', value: duplicates, unit: '' },
    ]),
  ];
  for (const peer of options.peers.filter((one) => one.name !== 'grammy-throttler')) {
    options.say(`throughput: ${peer.name}`);
    all.push(...figures('throughput', peer.name, [await peerSpeed(options, peer)]));
  }
  return all;
};

/** What the worker's memory grows by over a hundred thousand recipients, once it is warm. */
export const memoryPart: Part = async (options) => {
  const { small, large } = await broadcasts(options);
  return figures('memory', OURS, [
    { figure: 'rssSmall', value: small.peakRssMb, unit: 'MB' },
    { figure: 'rssLarge', value: large.peakRssMb, unit: 'MB' },
    { figure: 'rssGrowth', value: large.peakRssMb - small.peakRssMb, unit: 'MB' },
  ]);
};

/** Both parts look at the same broadcasts. */
const done = new WeakMap<PartOptions['services'], ReturnType<typeof run>>();

function broadcasts(options: PartOptions): ReturnType<typeof run> {
  const known = done.get(options.services) ?? run(options);
  done.set(options.services, known);
  return known;
}

async function run({ services, chats, say }: PartOptions): Promise<{
  readonly small: Cost;
  readonly large: Cost;
  readonly duplicates: number;
}> {
  const count = chats ?? CHATS;
  const platform = await startPlatform(FAST_RULES);
  const ward = await openWard(services, platform);
  const worker = ward.startWorker({ limits: FAST_LIMITS });
  try {
    const chatIds = await platform.addGroups(count);
    const parts = [Math.ceil(count / WARM_UP_PART), Math.ceil(count / SMALL_PART), count];
    const costs: Cost[] = [];
    let added = 0;
    for (const size of parts) {
      await ward.addGroups(chatIds.slice(added, size));
      added = size;
      const cost = await broadcast(ward, platform, worker, size);
      say(`throughput: ${OURS} ${JSON.stringify(cost)}`);
      costs.push(cost);
      if (size < count) await platform.forget();
    }
    const { duplicates } = await platform.record(chatIds);
    const [, small, large] = costs;
    if (!small || !large) throw new Error('not every broadcast was measured');
    return { small, large, duplicates };
  } finally {
    await worker.stop();
    await ward.close();
    await platform.stop();
  }
}

async function broadcast(ward: Ward, platform: Platform, worker: LiveProcess, chats: number): Promise<Cost> {
  // Stopped, so that what the rows cost is not counted as what their sending costs.
  process.kill(worker.pid, 'SIGSTOP');
  const runId = await ward.order();
  const orderedAtMs = performance.now();
  await ward.fanOut();
  const fanOutMs = performance.now() - orderedAtMs;
  process.kill(worker.pid, 'SIGCONT');
  const startedAtMs = performance.now();
  await ward.runtime.core.app.wake.lane('telegram', 'broadcast');
  let peakRssMb = 0;
  while ((await platform.calls()) < chats) {
    peakRssMb = Math.max(peakRssMb, rssMb(worker.pid));
    await delay(LOOK_EVERY_MS);
  }
  while ((await ward.counts(runId)).sent < chats) await delay(LOOK_EVERY_MS);
  const wallMs = performance.now() - startedAtMs;
  return {
    chats,
    wallMs,
    perSecond: (chats / wallMs) * 1_000,
    fanOutPerSecond: (chats / fanOutMs) * 1_000,
    peakRssMb,
  };
}

/** Resident pages as the kernel counts them. */
function rssMb(pid: number): number {
  const pages = Number(readFileSync(`/proc/${String(pid)}/statm`, 'utf8').split(' ')[1]);
  return (pages * PAGE_BYTES) / 1_048_576;
}

async function peerSpeed(
  { chats }: PartOptions,
  peer: Peer,
): Promise<{ readonly figure: string; readonly value: number; readonly unit: string }> {
  const platform = await startPlatform(FAST_RULES);
  try {
    const chatIds = await platform.addGroups(Math.min(chats ?? CHATS, PEER_CHATS));
    const startedAtMs = performance.now();
    await peer.send(platform, chatIds, 'Bài');
    const value = (chatIds.length / (performance.now() - startedAtMs)) * 1_000;
    return { figure: 'deliveriesPerSecond', value, unit: '1/s' };
  } finally {
    await platform.stop();
  }
}
