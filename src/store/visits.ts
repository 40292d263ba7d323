import { z } from 'zod';
import type { VisitStore } from '#src/app/ports/visits.ts';
import type { Visit } from '#src/domain/inspections/visit.ts';
import {
  defineModel,
  frozen,
  insertOnce,
  parseRecord,
  type StoredRecord,
  type StoreParts,
  updateGuarded,
} from './records.ts';

const COLLECTION = 'visits';

const shape = z.object({
  _id: z.string(),
  day: z.string(),
  nextAtMs: z.number().nullable(),
  rev: z.number(),
  sealed: z.string(),
});
type VisitRecord = z.infer<typeof shape> & StoredRecord;

export function visitStore({ connection, sealing }: StoreParts): VisitStore {
  const model = defineModel<VisitRecord>(connection, COLLECTION, {
    day: String,
    nextAtMs: Number,
    rev: Number,
    sealed: String,
  });
  const context = (id: string): string => `${COLLECTION}/${id}`;
  const toRecord = (visit: Visit): VisitRecord => {
    const { id, day, nextAtMs, rev } = visit;
    return { _id: id, day, nextAtMs, rev, sealed: sealing.seal(visit, context(id)) };
  };
  const toVisit = (raw: unknown): Visit => {
    const { _id, sealed } = parseRecord(shape, raw, COLLECTION);
    return frozen(sealing.open(sealed, context(_id)) as Visit);
  };

  return {
    async open(visit) {
      return (await insertOnce(model, toRecord(visit))) ? 'opened' : 'exists';
    },

    async get(id) {
      const raw = await model.findById(id).lean();
      return raw === null ? null : toVisit(raw);
    },

    async due(nowMs, limit) {
      // The lower bound is the condition of the partial index: without it the index could not be used.
      const filter = { nextAtMs: { $gt: 0, $lte: nowMs } };
      return (await model.find(filter).sort({ nextAtMs: 1, _id: 1 }).limit(limit).lean()).map(toVisit);
    },

    async save(visit, expectedRev) {
      const { _id, ...fields } = toRecord(visit);
      return (await updateGuarded(model, _id, { rev: expectedRev }, { $set: fields })) ? 'saved' : 'conflict';
    },

    async since(day) {
      return (
        await model
          .find({ day: { $gte: day } })
          .sort({ day: 1, _id: 1 })
          .lean()
      ).map(toVisit);
    },
  };
}
