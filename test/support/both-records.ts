import { expect } from 'vitest';
import { messagesIn } from '#dev/world/broadcast.ts';
import type { Stage } from '#dev/world/stage.ts';
import type { Destination } from '#src/domain/destination.ts';

/** Our own ids of the destinations behind rows. */
export const groupsOf = (rows: readonly { readonly id: string }[]): readonly string[] =>
  rows.map((row) => row.id.slice(row.id.indexOf('.') + 1)).toSorted();

/** The groups that have a message, as the platform knows it. */
export const reached = (stage: Stage, groups: readonly Destination[]): readonly string[] =>
  groups.filter((group) => messagesIn(stage, group) > 0).map((group) => group.id);

/**
 * What the ledger says against what the platform has: nothing twice, nothing lost, the same figures. `inFlight`: the
 * groups whose calls were under way at the kill, of which nobody can know whether they arrived.
 */
export async function expectSameRecords(
  stage: Stage,
  runId: string,
  groups: readonly Destination[],
  inFlight: readonly string[],
): Promise<void> {
  const { deliveries } = stage.runtime.core.store;
  const counts = await deliveries.counts(runId);
  expect(groupsOf(await deliveries.ofRun(runId, 'unknown', groups.length))).toEqual(inFlight.toSorted());
  expect(Math.max(...groups.map((group) => messagesIn(stage, group)))).toBe(1);
  expect(counts).toMatchObject({ pending: 0, sending: 0, gone: 0, rejected: 0, cancelled: 0 });
  expect(counts.sent + counts.unknown).toBe(groups.length);
  const sent = groupsOf(await deliveries.ofRun(runId, 'sent', groups.length));
  const arrived = reached(stage, groups).filter((id) => !inFlight.includes(id));
  expect(arrived.toSorted()).toEqual(sent);
}
