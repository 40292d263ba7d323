import { mongo } from 'mongoose';
import type { DeliveryStore } from '#src/app/ports/deliveries.ts';
import { chatKey, PLATFORMS } from '#src/domain/inbound.ts';
import { type Delivery, type DeliveryState, LANES } from '#src/domain/outbound.ts';
import type { Counters } from '../counters.ts';
import { compact, randomToken, type StoreParts, updateGuarded } from '../records.ts';
import { isDuplicateKey, retrying } from '../retry.ts';
import { countByRendering, countRows, isUnderWay } from './counts.ts';
import { coverRows } from './coverage.ts';
import { type DeliveryModel, deliveryModel, toDelivery, toRecord } from './delivery-record.ts';
import { isAnyDue, type LaneOfPlatform, leaseRows, nextDueAtMs } from './lease.ts';
import { beginningWith, ofRun } from './of-run.ts';
import { type Outcome, RELEASED, settleRows } from './settle.ts';

/** Rows touched by one statement: no statement holds its locks for long. */
const BATCH = 1_000;

const WAITS: { readonly state: { readonly $in: DeliveryState[] } } = {
  state: { $in: ['pending', 'leased'] },
};

/** What a row can come to without having surely arrived. */
const NOT_ARRIVED: readonly DeliveryState[] = ['unknown', 'gone', 'rejected'];

export function deliveryStore(parts: StoreParts, counters: Counters): DeliveryStore {
  const { sealing, realNowMs } = parts;
  const model = deliveryModel(parts.connection);

  return {
    insert: (rows) => insertRows(model, rows, parts, counters),
    lease: (request) => leaseRows(model, request, sealing),

    /** Answers what this very call moved to `sending`: whoever asks a second time gets nothing to send. */
    async markSending(ids, token) {
      const mine = { _id: { $in: [...ids].sort() }, token };
      const write = randomToken();
      return retrying(async () => {
        const marked = await model.updateMany(
          { ...mine, state: 'leased' },
          { $set: { state: 'sending', sendingAtMs: realNowMs(), write }, $inc: { attempts: 1 } },
        );
        // The usual case: all were ours, and nothing has to be read back.
        if (marked.modifiedCount === ids.length) return ids;
        const rows = await model.find({ ...mine, state: 'sending', write }, { _id: 1 }).lean();
        const held = new Set(rows.map((row) => row._id));
        return ids.filter((id) => held.has(id));
      });
    },

    settle: (results, token) => settleRows(model, results, token),

    async recover(nowMs, stuckAfterMs) {
      // The index holds rows with a lease; one that is `sending` keeps it.
      const stuck = {
        state: 'sending',
        leaseUntilMs: { $gt: 0 },
        sendingAtMs: { $lte: nowMs - stuckAfterMs },
      };
      const overdue = { state: 'leased', leaseUntilMs: { $gt: 0, $lte: nowMs } };
      const returned =
        (await moveAll(model, overdue, { state: 'pending' })) +
        (await moveAll(model, { ...stuck, edits: { $exists: true } }, { state: 'pending' }));
      const unknown = await moveAll(
        model,
        { ...stuck, edits: { $exists: false } },
        { state: 'unknown', detail: 'stuck' },
      );
      return { returned, unknown };
    },

    async get(id) {
      const raw = await model.findById(id).lean();
      return raw === null ? null : toDelivery(raw, sealing);
    },

    change: (id, from, { state, dueAtMs }) =>
      updateGuarded(
        model,
        id,
        { state: { $in: from } },
        {
          $set: compact<Outcome>({ ...RELEASED, state, dueAtMs }),
          $unset: { toldAtMs: 1 },
        },
      ),

    markReported: (id, what, atMs) => {
      const field = `${what}AtMs`;
      return updateGuarded(model, id, { [field]: { $exists: false } }, { $set: { [field]: atMs } });
    },

    claimEdit: (id, atMs, notSinceMs) =>
      updateGuarded(
        model,
        id,
        { $or: [{ editedAtMs: { $exists: false } }, { editedAtMs: { $lte: notSinceMs } }] },
        { $set: { editedAtMs: atMs } },
      ),

    async undelivered(idPrefix, limit) {
      const raws = await model
        .find({
          state: { $in: NOT_ARRIVED },
          platform: { $in: PLATFORMS },
          lane: { $gt: 'broadcast' },
          _id: beginningWith(idPrefix),
          toldAtMs: { $exists: false },
        })
        .sort({ _id: 1 })
        .limit(limit)
        .lean();
      return raws.map((raw) => toDelivery(raw, sealing));
    },

    async refused(chat, idPrefix, limit) {
      const raws = await model
        .find({
          state: 'gone',
          platform: chat.platform,
          lane: { $gt: 'broadcast' },
          _id: beginningWith(idPrefix),
          targetKey: chatKey(chat),
          detail: 'window-closed',
        })
        .sort({ dueAtMs: 1, _id: 1 })
        .limit(limit)
        .lean();
      return raws.map((raw) => toDelivery(raw, sealing));
    },

    counts: (runId) => countRows(model, runId),

    isUnderWay: (runId) => isUnderWay(model, runId),

    countsByRendering: (runId) => countByRendering(model, runId),

    async ofRun(runId, state, limit) {
      const raws = await model
        .find({ ...ofRun(runId), state })
        .sort({ _id: 1 })
        .limit(limit)
        .lean();
      return raws.map((raw) => toDelivery(raw, sealing));
    },

    async pageOfRun(runId, afterId, limit) {
      const raws = await model.find(ofRun(runId, afterId)).sort({ _id: 1 }).limit(limit).lean();
      return raws.map((raw) => toDelivery(raw, sealing));
    },

    async unreported(runId, rendering, limit) {
      const raws = await model
        .find({
          ...ofRun(runId),
          state: 'sent',
          rendering,
          relayedAtMs: { $exists: false },
          readAloudAtMs: { $exists: false },
          saidAtMs: { $exists: false },
        })
        .sort({ _id: 1 })
        .limit(limit)
        .lean();
      return raws.map((raw) => toDelivery(raw, sealing));
    },

    coverage: (runIds) => coverRows(model, runIds),

    /** A leased row was not called yet: it is cancelled too, and its holder finds it gone in `markSending`. */
    async cancelRun(runId) {
      let cancelled = 0;
      for (let afterId = ''; ;) {
        const query = model.find({ ...ofRun(runId, afterId), ...WAITS }, { _id: 1 });
        const ids = (await query.sort({ _id: 1 }).limit(BATCH).lean()).map((row) => row._id);
        const last = ids.at(-1);
        if (last === undefined) return cancelled;
        cancelled += await move(model, WAITS, ids, { state: 'cancelled' });
        afterId = last;
      }
    },

    async waiting(nowMs) {
      const lanes = PLATFORMS.flatMap((platform) => LANES.map((lane) => ({ platform, lane })));
      const due = await Promise.all(lanes.map((lane) => hasDue(model, lane, nowMs)));
      return lanes.filter((_, index) => due[index] === true);
    },

    nextDueAtMs: (platform, lane, nowMs) => nextDueAtMs(model, { platform, lane }, nowMs),
  };
}

async function hasDue(model: DeliveryModel, lane: LaneOfPlatform, nowMs: number): Promise<boolean> {
  if (lane.lane !== 'reply') return isAnyDue(model, lane, nowMs);
  const dueAtMs = await nextDueAtMs(model, lane, nowMs);
  return dueAtMs !== null && dueAtMs <= nowMs;
}

/** Rows of the reply lane get their place in the order of creation here, in the order given. */
async function insertRows(
  model: DeliveryModel,
  rows: readonly Delivery[],
  parts: StoreParts,
  counters: Counters,
): Promise<number> {
  if (rows.length === 0) return 0;
  const replies = rows.filter((row) => row.lane === 'reply').length;
  let sequence = replies === 0 ? 0 : await counters.take('reply-lane', replies);
  const records = rows
    .map((row) => toRecord(row, row.lane === 'reply' ? sequence++ : null, parts.sealing))
    .sort((a, b) => (a._id < b._id ? -1 : 1));
  return retrying(async () => {
    try {
      await model.insertMany(records, { ordered: false, lean: true });
      return records.length;
    } catch (error) {
      if (!(error instanceof mongo.MongoBulkWriteError) || !isDuplicateKey(error)) throw error;
      const other = [error.writeErrors].flat().find((one) => one.code !== error.code);
      if (other !== undefined) throw error;
      return error.insertedCount;
    }
  });
}

/** Moves all rows that match, and lets go of them; in batches by `_id`. Answers how many. */
async function moveAll(
  model: DeliveryModel,
  filter: Record<string, unknown>,
  change: { readonly state: DeliveryState; readonly detail?: string },
): Promise<number> {
  for (let moved = 0; ;) {
    const rows = await model.find(filter, { _id: 1 }).limit(BATCH).lean();
    const ids = rows.map((row) => row._id).sort();
    if (ids.length === 0) return moved;
    moved += await move(model, filter, ids, change);
  }
}

async function move(
  model: DeliveryModel,
  filter: Record<string, unknown>,
  ids: readonly string[],
  change: { readonly state: DeliveryState; readonly detail?: string },
): Promise<number> {
  const update = { $set: { ...RELEASED, ...change } };
  return (await retrying(() => model.updateMany({ ...filter, _id: { $in: ids } }, update))).modifiedCount;
}
