import { PLATFORMS } from '#src/domain/inbound.ts';
import type { DeliveryState } from '#src/domain/outbound.ts';
import type { RunCounts } from '#src/domain/run.ts';
import type { DeliveryModel } from './delivery-record.ts';
import { ofRun } from './of-run.ts';

interface CountedGroup {
  readonly _id: { readonly state: DeliveryState; readonly rendering?: string | null };
  readonly n: number;
  readonly relayed: number;
  readonly readAloud: number;
}

/** Questions about a script are no deliveries of the post. */
async function countGroups(model: DeliveryModel, runId: string): Promise<readonly CountedGroup[]> {
  const reported = (field: string) => ({ $sum: { $cond: [{ $gt: [field, 0] }, 1, 0] } });
  return model.aggregate<CountedGroup>([
    { $match: { ...ofRun(runId), rendering: { $ne: 'loudspeaker-again' } } },
    {
      $group: {
        _id: { state: '$state', rendering: '$rendering' },
        n: { $sum: 1 },
        relayed: reported('$relayedAtMs'),
        readAloud: reported('$readAloudAtMs'),
      },
    },
  ]);
}

export async function countRows(model: DeliveryModel, runId: string): Promise<RunCounts> {
  return countsOf(await countGroups(model, runId));
}

export async function countByRendering(
  model: DeliveryModel,
  runId: string,
): Promise<Readonly<Record<string, RunCounts>>> {
  const groups = await countGroups(model, runId);
  const names = [...new Set(groups.map((group) => group._id.rendering ?? ''))].sort();
  return Object.fromEntries(
    names.map((name) => [name, countsOf(groups.filter((group) => (group._id.rendering ?? '') === name))]),
  );
}

/**
 * By the two small indexes, which are named: by `_id`, all rows of the run that are through would be looked at. Costs what other
 * runs have waiting before it, and not what the run has behind it.
 */
export async function isUnderWay(model: DeliveryModel, runId: string): Promise<boolean> {
  const waits = model
    .findOne(
      {
        ...{ state: 'pending', platform: { $in: PLATFORMS }, lane: 'broadcast' },
        ...{ runId, rendering: { $nin: ['loudspeaker', 'loudspeaker-again'] } },
      },
      { _id: 1 },
    )
    .hint('pending');
  const held = model
    .findOne(
      {
        ...{ leaseUntilMs: { $gt: 0 }, runId },
        $or: [
          { state: 'sending', rendering: { $ne: 'loudspeaker-again' } },
          { state: 'leased', rendering: { $nin: ['loudspeaker', 'loudspeaker-again'] } },
        ],
      },
      { _id: 1 },
    )
    .hint('held');
  const found = await Promise.all([waits.lean(), held.lean()]);
  return found.some((row) => row !== null);
}

/** Scripts of days to come wait for nothing but their day. */
function countsOf(groups: readonly CountedGroup[]): RunCounts {
  const isScript = ({ _id }: CountedGroup) => _id.rendering === 'loudspeaker';
  const sum = (chosen: (group: CountedGroup) => boolean) =>
    groups.filter(chosen).reduce((total, group) => total + group.n, 0);
  const count = (state: DeliveryState) => sum((group) => group._id.state === state);
  const waits = ({ _id }: CountedGroup) => _id.state === 'pending' || _id.state === 'leased';
  return Object.freeze({
    pending: sum((group) => waits(group) && !isScript(group)),
    sending: count('sending'),
    sent: count('sent'),
    unknown: count('unknown'),
    gone: count('gone'),
    rejected: count('rejected'),
    cancelled: sum((group) => group._id.state === 'cancelled' && !isScript(group)),
    relayed: groups.reduce((total, group) => total + group.relayed, 0),
    readAloud: groups.reduce((total, group) => total + group.readAloud, 0),
    toRead: sum((group) => waits(group) && isScript(group)),
    handedOver: sum((group) => group._id.state === 'sent' && isScript(group)),
  });
}
