import type { PipelineStage } from 'mongoose';
import type { LeaseRequest } from '#src/app/ports/deliveries.ts';
import type { Platform } from '#src/domain/inbound.ts';
import type { Delivery, Lane } from '#src/domain/outbound.ts';
import { randomToken } from '../records.ts';
import { retrying } from '../retry.ts';
import type { Sealing } from '../sealing.ts';
import { type DeliveryModel, type DeliveryRecord, toDelivery, UNDER_WAY } from './delivery-record.ts';

export interface LaneOfPlatform {
  readonly platform: Platform;
  readonly lane: Lane;
}

/** How often a lease looks again after others took all that it had found. */
const MAX_ROUNDS = 5;

/**
 * Leases due rows to `request.token`. Exclusive over processes: rows are found, claimed where they are still pending and
 * due, and read back by a mark, since a claim answers only a count.
 *
 * The reply lane gives each chat's earliest unfinished row and none behind it, so that answers to one chat leave in the
 * order in which they were created, whoever sends them.
 */
export async function leaseRows(
  model: DeliveryModel,
  request: LeaseRequest,
  sealing: Sealing,
): Promise<readonly Delivery[]> {
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const found = await findDue(model, request);
    if (found.length === 0) return [];
    const claimed = await claim(model, found, request);
    if (claimed.length > 0) return claimed.toSorted(byTurn).map((raw) => toDelivery(raw, sealing));
  }
  return [];
}

/**
 * When the next row of the lane may be leased, `nowMs` if one may already, or null. A row behind another one of its chat does
 * not count. The first of a hundred thousand that are due is not looked for: that would sort them all.
 */
export async function nextDueAtMs(
  model: DeliveryModel,
  { platform, lane }: LaneOfPlatform,
  nowMs: number,
): Promise<number | null> {
  if (lane === 'reply') {
    const [head] = await model.aggregate<{ dueAtMs: number }>([
      ...heads(platform),
      { $match: { state: 'pending' } },
      { $group: { _id: null, dueAtMs: { $min: '$dueAtMs' } } },
    ]);
    return head === undefined ? null : Math.max(head.dueAtMs, nowMs);
  }
  if (await isAnyDue(model, { platform, lane }, nowMs)) return nowMs;
  const row = await model
    .findOne({ state: 'pending', platform, lane }, { dueAtMs: 1 })
    .sort({ dueAtMs: 1 })
    .lean();
  return row?.dueAtMs ?? null;
}

/** Outside the reply lane, where a row can stand behind another one of its chat. */
export async function isAnyDue(model: DeliveryModel, lane: LaneOfPlatform, nowMs: number): Promise<boolean> {
  const due = { ...lane, state: 'pending' as const, dueAtMs: { $lte: nowMs } };
  return (await model.exists(due).hint('pending')) !== null;
}

/**
 * Rows that may be claimed, in `_id` order: writers that touch the same rows then meet in the same order.
 * Outside the reply lane nothing is sorted by the database, which would cost more than the lease itself in a long queue.
 */
async function findDue(model: DeliveryModel, request: LeaseRequest): Promise<readonly DeliveryRecord[]> {
  const { platform, lane, nowMs, limit, exceptRuns = [] } = request;
  const due = { state: 'pending' as const, dueAtMs: { $lte: nowMs } };
  if (lane !== 'reply') {
    const rows = await model
      .find({ ...due, platform, lane, ...(exceptRuns.length > 0 && { runId: { $nin: [...exceptRuns] } }) })
      .limit(limit)
      .lean();
    return rows.sort(byId);
  }
  const first = await model.aggregate<{ row: DeliveryRecord }>([
    ...heads(platform),
    { $match: due },
    { $sort: { sequence: 1 } },
    { $limit: limit },
  ]);
  return first.map(({ row }) => row).sort(byId);
}

/** The earliest unfinished row of each chat in the reply lane. */
function heads(platform: Platform): PipelineStage[] {
  return [
    { $match: { state: { $in: UNDER_WAY }, platform, lane: 'reply' } },
    { $sort: { sequence: 1 } },
    {
      $group: {
        _id: '$targetKey',
        row: { $first: '$$ROOT' },
        state: { $first: '$state' },
        dueAtMs: { $first: '$dueAtMs' },
        sequence: { $first: '$sequence' },
      },
    },
  ];
}

async function claim(
  model: DeliveryModel,
  found: readonly DeliveryRecord[],
  { token, nowMs, realNowMs, leaseMs }: LeaseRequest,
): Promise<readonly DeliveryRecord[]> {
  const ids = found.map((row) => row._id);
  // Read back by a mark of this very lease: two leases at once under one token must not both get a row.
  const write = randomToken();
  // Of a row that nobody ever tried, what was found is still so when it is claimed; of others a part may be out since.
  const isFresh = found.every((row) => row.attempts === 0);
  const leased = { state: 'leased' as const, token, leaseUntilMs: realNowMs + leaseMs, write };
  return retrying(async () => {
    const filter = {
      _id: { $in: ids },
      state: 'pending' as const,
      dueAtMs: { $lte: nowMs },
      ...(isFresh && { attempts: 0 }),
    };
    const marked = await model.updateMany(filter, { $set: leased });
    if (isFresh && marked.modifiedCount === ids.length) return found.map((row) => ({ ...row, ...leased }));
    return model.find({ _id: { $in: ids }, write, state: 'leased' }).lean();
  });
}

const byId = (a: Turn, b: Turn): number => (a._id < b._id ? -1 : 1);

type Turn = { readonly _id: string; readonly sequence: number | null; readonly dueAtMs: number };

function byTurn(a: Turn, b: Turn): number {
  return (a.sequence ?? 0) - (b.sequence ?? 0) || a.dueAtMs - b.dueAtMs || (a._id < b._id ? -1 : 1);
}
