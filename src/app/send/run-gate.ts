import type { RunStore } from '#src/app/ports/stores.ts';
import { type Hash, isApproved } from '#src/domain/broadcast/approval.ts';
import type { BroadcastRun } from '#src/domain/run.ts';

/** A cancelled or paused run is noticed within a second: its state is at most this old when a call starts. */
const RUN_STATE_AGE_MS = 500;

export type Gate =
  | { readonly kind: 'go'; readonly run: BroadcastRun }
  | { readonly kind: 'hold' }
  | { readonly kind: 'cancelled' };

/** Reads each run at most twice a second, however many rows ask. A missing run is a bug and throws. */
export function createRunGate(
  runs: Pick<RunStore, 'get'>,
  realNowMs: () => number,
  hash: Hash,
): (runId: string) => Promise<Gate> {
  const known = new Map<string, { readonly readAtMs: number; readonly gate: Promise<Gate> }>();

  async function read(runId: string): Promise<Gate> {
    const run = await runs.get(runId);
    if (!run) throw new Error(`run ${runId} has deliveries but does not exist`);
    return gateOf(run, hash);
  }

  return (runId) => {
    const nowMs = realNowMs();
    const fresh = known.get(runId);
    if (fresh && nowMs - fresh.readAtMs < RUN_STATE_AGE_MS) return fresh.gate;
    const gate = read(runId);
    known.set(runId, { readAtMs: nowMs, gate });
    return gate;
  };
}

function gateOf(run: BroadcastRun, hash: Hash): Gate {
  switch (run.state) {
    // A row of a finished run is one that somebody chose to send again.
    case 'sending':
    case 'done':
      // The words that go out are those of this very read: changed after the approval, not one more leaves.
      return isApproved(run, hash) ? { kind: 'go', run } : { kind: 'hold' };
    // What was wrong goes nowhere any more; the correction goes to those who have it.
    case 'corrected':
    case 'cancelled':
    case 'expired':
      return { kind: 'cancelled' };
    case 'paused':
    case 'draft':
    case 'submitted':
    case 'returned':
    case 'scheduled':
      return { kind: 'hold' };
  }
}
