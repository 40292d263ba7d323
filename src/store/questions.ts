import { z } from 'zod';
import type { GroupQuestion, GroupQuestionStore } from '#src/app/ports/stores.ts';
import {
  defineModel,
  frozen,
  insertOnce,
  parseRecord,
  type StoredRecord,
  type StoreParts,
} from './records.ts';
import { retrying } from './retry.ts';

const COLLECTION = 'group_questions';

const shape = z.object({
  _id: z.string(),
  groupId: z.string(),
  atMs: z.number(),
  /** The words. */
  sealed: z.string(),
});

type QuestionRecord = z.infer<typeof shape> & StoredRecord;

export function questionStore({ connection, sealing }: StoreParts): GroupQuestionStore {
  const model = defineModel<QuestionRecord>(connection, COLLECTION, {
    groupId: String,
    atMs: Number,
    sealed: String,
  });
  const context = (id: string): string => `${COLLECTION}/${id}`;

  return {
    async add({ id, groupId, words, atMs }) {
      await insertOnce(model, { _id: id, groupId, atMs, sealed: sealing.seal(words, context(id)) });
    },

    async before(atMs, limit) {
      const rows = await model
        .find({ atMs: { $lt: atMs } })
        .sort({ atMs: 1, _id: 1 })
        .limit(limit)
        .lean();
      return rows.map((row): GroupQuestion => {
        const { _id: id, groupId, atMs, sealed } = parseRecord(shape, row, COLLECTION);
        return frozen({ id, groupId, atMs, words: sealing.open(sealed, context(id)) as string });
      });
    },

    async forget(ids) {
      await retrying(() => model.deleteMany({ _id: { $in: [...ids] } }));
    },
  };
}
