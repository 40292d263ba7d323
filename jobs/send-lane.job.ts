import { z } from 'zod';
import { PLATFORMS } from '#src/domain/inbound.ts';
import type { Platform } from '#src/domain/inbound.ts';
import { LANES } from '#src/domain/outbound.ts';
import type { Lane } from '#src/domain/outbound.ts';
import { defineJob } from '#src/queue/define-job.ts';

/** A lane is looked at again at least this often while something waits in it. */
const LONGEST_WAIT_MS = 30_000;

/** Redis or the database broke, and the rows went back: somebody may be waiting for an answer. */
const AFTER_FAILURE_MS = 1_000;

/** A long broadcast is sent in turns that end by themselves, so that its job never looks hung. */
const TURN_MS = 45_000;
/** Calls under way at the end of a turn are waited for; the channels' own limits lie below this. */
const LONGEST_CALL_MS = 30_000;

/** A queue a lane: a limit of one platform never holds up the other, and replies never stand behind broadcasts. */
function laneQueue(platform: Platform, lane: Lane): string {
  return `send-${platform}-${lane}`;
}

/** Sends what is due in one lane of one platform. Retries are the ledger's, so the job itself has one attempt. */
export const sendLane = defineJob<{ platform: Platform; lane: Lane }>({
  name: 'send-lane',
  queue: {
    all: PLATFORMS.flatMap((platform) => LANES.map((lane) => laneQueue(platform, lane))),
    of: ({ platform, lane }) => laneQueue(platform, lane),
  },
  payload: z.object({
    platform: z.enum(['telegram', 'zalo']),
    lane: z.enum(['reply', 'reminder', 'broadcast']),
  }),
  jobId: ({ platform, lane }) => laneQueue(platform, lane),
  attempts: 1,
  againAfterFailureMs: AFTER_FAILURE_MS,
  timeoutMs: TURN_MS + LONGEST_CALL_MS + 15_000,
  async run({ platform, lane }, ports, signal) {
    const turn = AbortSignal.any([signal, AbortSignal.timeout(TURN_MS)]);
    const { nextInMs } = await ports.sendDue(platform, lane, turn);
    return nextInMs === null ? null : { againInMs: Math.min(nextInMs, LONGEST_WAIT_MS) };
  },
});
