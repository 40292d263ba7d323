import { figures, type Figure, type Measured, OURS } from '../figures.ts';
import type { Peer } from '../peers.ts';
import type { ServerRecord } from '../platform-orders.ts';
import { untilSettled } from '../until.ts';
import { openWard } from '../ward.ts';
import type { WorkerChange } from '../worker-child.ts';
import { onPlatform, type Part, type PartOptions } from './part.ts';

const CHATS = 1_000;
const PER_SECOND = 30;
const RULES = { roundTripMs: 40 };
const STALL = { everyMs: 180, forMs: 25 };

/** One post to many groups under Telegram's own limits, 40 ms away: how near to 30 a second, and how often refused. */
export const limitPart: Part = async (options) => [
  ...(await ours(options)),
  ...(await options.peers.reduce(
    async (before, peer) => [...(await before), ...(await ofPeer(options, peer))],
    Promise.resolve<readonly Figure[]>([]),
  )),
];

async function ours(options: PartOptions): Promise<readonly Figure[]> {
  const plain = await broadcast(options, {});
  const stalled = await broadcast(options, { stall: STALL });
  return figures('limit', OURS, [
    ...measured(plain),
    { figure: 'wallToLimitStalled', value: wallToLimit(stalled), unit: '' },
    { figure: 'answers429Stalled', value: stalled.answers429, unit: '' },
  ]);
}

async function broadcast(options: PartOptions, change: WorkerChange): Promise<ServerRecord> {
  options.say(`limit: ${OURS}${change.stall ? ' with stalls' : ''}`);
  return onPlatform(RULES, options.chats ?? CHATS, async (platform, chatIds) => {
    const ward = await openWard(options.services, platform);
    await ward.addGroups(chatIds);
    const worker = ward.startWorker(change);
    try {
      await untilSettled(ward, await ward.order(), 60_000 + chatIds.length * 100);
    } finally {
      await worker.stop();
      await ward.close();
    }
  });
}

async function ofPeer(options: PartOptions, peer: Peer): Promise<readonly Figure[]> {
  options.say(`limit: ${peer.name}`);
  const record = await onPlatform(RULES, options.chats ?? CHATS, (platform, chatIds) =>
    peer.send(platform, chatIds, 'Bài'),
  );
  return figures('limit', peer.name, measured(record));
}

function measured(record: ServerRecord): readonly Measured[] {
  return [
    { figure: 'wallToLimit', value: wallToLimit(record), unit: '' },
    { figure: 'answers429', value: record.answers429, unit: '' },
    { figure: 'callsDuringPenalty', value: record.callsDuringPenalty, unit: '' },
    { figure: 'duplicates', value: record.duplicates, unit: '' },
    { figure: 'missing', value: record.missing, unit: '' },
  ];
}

/** From the first message to the last, as the platform saw them, to what its limit allows for so many. */
function wallToLimit({ firstAtMs, lastAtMs, delivered }: ServerRecord): number {
  return (lastAtMs - firstAtMs) / ((delivered / PER_SECOND) * 1_000);
}
