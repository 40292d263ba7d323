import { z } from 'zod';
import type { ProcedureStore } from '#src/app/ports/procedures.ts';
import type { FiguresEntry } from '#src/domain/procedures/figures.ts';
import {
  defineModel,
  frozen,
  insertOnce,
  parseRecord,
  type StoredRecord,
  type StoreParts,
} from './records.ts';

const COLLECTION = 'procedure_figures';

const shape = z.object({
  _id: z.string(),
  week: z.string(),
  atMs: z.number(),
  by: z.string(),
  received: z.number(),
  onTime: z.number(),
  late: z.number(),
  overdue: z.number(),
  /** Why files are overdue, in somebody's own words. */
  sealed: z.string(),
});
type FiguresRecord = z.infer<typeof shape> & StoredRecord;

export function procedureStore({ connection, sealing }: StoreParts): ProcedureStore {
  const model = defineModel<FiguresRecord>(connection, COLLECTION, {
    week: String,
    atMs: Number,
    by: String,
    received: Number,
    onTime: Number,
    late: Number,
    overdue: Number,
    sealed: String,
  });
  const context = (id: string): string => `${COLLECTION}/${id}`;
  const toEntry = (raw: unknown): FiguresEntry => {
    const { _id, sealed, week, atMs, by, received, onTime, late, overdue } = parseRecord(
      shape,
      raw,
      COLLECTION,
    );
    const why = sealing.open(sealed, context(_id)) as string | null;
    return frozen({ id: _id, week, atMs, by, received, onTime, late, overdue, why });
  };

  return {
    async add({ id, why, ...rest }) {
      await insertOnce(model, { _id: id, ...rest, sealed: sealing.seal(why, context(id)) });
    },

    async since(week) {
      const found = model.find({ week: { $gte: week } }).sort({ week: 1, atMs: 1, _id: 1 });
      return (await found.lean()).map(toEntry);
    },
  };
}
