import { Schema } from 'mongoose';
import { z } from 'zod';
import type { SeriesStore } from '#src/app/ports/stores.ts';
import { type Series, SERIES_STATES } from '#src/domain/series.ts';
import {
  defineModel,
  frozen,
  parseRecord,
  revisedRows,
  type StoredRecord,
  type StoreParts,
} from './records.ts';

const COLLECTION = 'series';

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;

const shape = z.object({
  _id: z.string(),
  topicId: z.string(),
  title: z.string(),
  rule: z.string(),
  posts: z.array(z.custom<Series['posts'][number]>(isObject)),
  audience: z.custom<Series['audience']>(isObject),
  contentHash: z.string(),
  authorId: z.string(),
  approverId: z.string().nullable(),
  approvedHash: z.string().nullable(),
  approvedAtMs: z.number().nullable(),
  returnComment: z.string().nullable(),
  exceptions: z.array(z.custom<Series['exceptions'][number]>(isObject)),
  madeUntilMs: z.number(),
  state: z.enum(SERIES_STATES),
  createdAtMs: z.number(),
  rev: z.number(),
});

type SeriesRecord = z.infer<typeof shape> & StoredRecord;

export function seriesStore({ connection }: StoreParts): SeriesStore {
  const model = defineModel<SeriesRecord>(connection, COLLECTION, {
    topicId: String,
    title: String,
    rule: String,
    posts: [Schema.Types.Mixed],
    audience: Schema.Types.Mixed,
    contentHash: String,
    authorId: String,
    approverId: Schema.Types.Mixed,
    approvedHash: Schema.Types.Mixed,
    approvedAtMs: Schema.Types.Mixed,
    returnComment: Schema.Types.Mixed,
    exceptions: [Schema.Types.Mixed],
    madeUntilMs: Number,
    state: String,
    createdAtMs: Number,
    rev: Number,
  });
  return {
    ...revisedRows(model, toSeries),

    async inState(state, limit) {
      return (await model.find({ state }).sort({ createdAtMs: 1, _id: 1 }).limit(limit).lean()).map(toSeries);
    },
  };
}

function toSeries(raw: unknown): Series {
  const { _id, ...fields } = parseRecord(shape, raw, COLLECTION);
  return frozen({ id: _id, ...fields });
}
