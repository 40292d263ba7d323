import type { BroadcastPorts } from './ports.ts';
import { makeOccurrences } from './series/make-occurrences.ts';
import { watchApprovals } from './watch-approvals.ts';

/** What the schedule does by itself, every half minute: runs of series that are near, and what waits for an approval. */
export async function tickSchedule(ports: BroadcastPorts, signal?: AbortSignal): Promise<void> {
  await makeOccurrences(ports, signal);
  await watchApprovals(ports, signal);
}
