import { z } from 'zod';
import type { VisitStore } from '#src/app/ports/visits.ts';
import type { Visit } from '#src/domain/inspections/visit.ts';
import {
  defineModel,
  frozen,
  parseRecord,
  type StoredRecord,
  type StoreParts,
  timedRows,
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
    ...timedRows(model, toRecord, toVisit),

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
