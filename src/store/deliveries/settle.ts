import type { DeliveryResult } from '#src/app/ports/deliveries.ts';
import type { DeliveryState } from '#src/domain/outbound.ts';
import { compact } from '../records.ts';
import { retrying } from '../retry.ts';
import type { DeliveryModel, DeliveryRecord } from './delivery-record.ts';

/** A row that nobody holds: the token goes whenever a row leaves `leased` or `sending`. */
export const RELEASED = { token: null, leaseUntilMs: null, sendingAtMs: null };

export interface Outcome {
  readonly token: null;
  readonly leaseUntilMs: null;
  readonly sendingAtMs: null;
  readonly state: DeliveryState;
  readonly dueAtMs?: number;
  readonly detail?: string;
  readonly sentTo?: string;
}

/** A row whose only part is out: by far the most frequent result. */
interface Arrival {
  readonly id: string;
  readonly externalId: string;
  readonly sentTo: string;
}

/** Arrivals are stored by one statement however many they are: one a row takes the database three times as long. */
export async function settleRows(
  model: DeliveryModel,
  results: readonly DeliveryResult[],
  token: string,
): Promise<void> {
  const sorted = [...results].sort((a, b) => (a.id < b.id ? -1 : 1));
  const arrivals = sorted.map(arrivalOf);
  const arrived = arrivals.filter((arrival) => arrival !== null);
  const others = sorted.filter((_, at) => arrivals[at] === null);
  await Promise.all([
    ...(arrived.length > 0 ? [settleArrivals(model, arrived, token)] : []),
    ...(others.length > 0 ? [settleOthers(model, others, token)] : []),
  ]);
}

function arrivalOf(result: DeliveryResult): Arrival | null {
  const { id, state, externalIds, sentTo } = result;
  const isPlain = (result.dueAtMs ?? result.detail ?? result.endsEdits) === undefined;
  if (state !== 'sent' || sentTo === undefined || externalIds?.length !== 1 || !isPlain) return null;
  const [externalId] = externalIds;
  return externalId === undefined ? null : { id, externalId, sentTo };
}

async function settleArrivals(
  model: DeliveryModel,
  arrived: readonly Arrival[],
  token: string,
): Promise<void> {
  const ids = arrived.map(({ id }) => id);
  const place = { $indexOfArray: [{ $literal: ids }, '$_id'] };
  const itsOwn = (values: readonly string[]) => ({ $arrayElemAt: [{ $literal: values }, place] });
  const change = {
    ...RELEASED,
    state: 'sent',
    sentTo: itsOwn(arrived.map(({ sentTo }) => sentTo)),
    // A repetition after a lost answer finds no row any more: the token is gone.
    sentParts: { $concatArrays: ['$sentParts', [itsOwn(arrived.map(({ externalId }) => externalId))]] },
  };
  // Past mongoose, which would take the expressions for the values of the fields.
  const rows = model.db.collection<DeliveryRecord>(model.collection.collectionName);
  await retrying(() => rows.updateMany({ _id: { $in: ids }, token }, [{ $set: change }]));
}

async function settleOthers(
  model: DeliveryModel,
  results: readonly DeliveryResult[],
  token: string,
): Promise<void> {
  const writes = results.map((result) => ({
    updateOne: {
      filter: { _id: result.id, token },
      update: {
        $set: compact<Outcome>({
          ...RELEASED,
          state: result.state,
          dueAtMs: result.dueAtMs,
          detail: result.detail,
          sentTo: result.sentTo,
        }),
        ...(result.endsEdits && { $unset: { edits: 1 } }),
        // A set, so that a repetition after a lost answer does not count one part twice.
        ...(result.externalIds && { $addToSet: { sentParts: { $each: [...result.externalIds] } } }),
      },
    },
  }));
  await retrying(() => model.bulkWrite(writes, { ordered: false }));
}
