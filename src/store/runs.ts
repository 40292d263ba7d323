import { Schema } from 'mongoose';
import { z } from 'zod';
import type { RunStore } from '#src/app/ports/stores.ts';
import { GROUP_AUDIENCES } from '#src/domain/destination.ts';
import { addDays } from '#src/domain/calendar/local-time.ts';
import { TOPIC_CHANNELS } from '#src/domain/plan.ts';
import { type BroadcastRun, type RenderingName, RUN_STATES } from '#src/domain/run.ts';
import {
  defineModel,
  frozen,
  parseRecord,
  revisedRows,
  type StoredRecord,
  type StoreParts,
} from './records.ts';

const COLLECTION = 'runs';

const part = z.object({
  text: z.string(),
  spans: z.array(z.object({ kind: z.enum(['bold', 'italic']), offset: z.number(), length: z.number() })),
  photoIds: z.array(z.string()),
  documentId: z.string().nullable(),
});

/** Until posts had formatting and albums: words, and one photo for all parts. */
const oldRendering = z.object({ parts: z.array(z.string()), photoId: z.string().nullable() });

type Rendering = z.infer<typeof newRendering>;
const newRendering = z.object({ parts: z.array(part) });

const renderingOf = (name: RenderingName) =>
  z.union([
    newRendering,
    oldRendering.transform(({ parts, photoId }): Rendering => {
      const photoAt = name === 'relay' ? Math.min(1, parts.length - 1) : 0;
      return {
        parts: parts.map((text, index) => ({
          text,
          spans: [],
          photoIds: photoId !== null && index === photoAt && name !== 'loudspeaker' ? [photoId] : [],
          documentId: null,
        })),
      };
    }),
  ]);

const consent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('names-nobody') }),
  z.object({ kind: z.enum(['missing', 'withdrawn']), person: z.string() }),
  z.object({
    kind: z.literal('recorded'),
    person: z.string(),
    record: z.string(),
    photoId: z.string().nullable(),
  }),
]);

const audience = z.object({
  channels: z.array(z.enum(TOPIC_CHANNELS)).nullable(),
  neighbourhoods: z.array(z.string()).nullable(),
  groups: z.array(z.enum(GROUP_AUDIENCES)).nullable(),
});

/** Fields that came later have the value that older rows mean. */
const shape = z.object({
  _id: z.string(),
  kind: z.enum(['routine', 'urgent', 'correction']).default('routine'),
  topicId: z.string(),
  postId: z.string().nullable(),
  title: z.string(),
  body: z.string(),
  /** Before albums: one photo or none. */
  photoId: z.string().nullable().optional(),
  photoIds: z.array(z.string()).optional(),
  documentId: z.string().nullable().default(null),
  link: z.string().nullable().default(null),
  sources: z.array(z.string()).default([]),
  validFrom: z.string().nullable().default(null),
  validTo: z.string().nullable().default(null),
  owner: z.string().nullable().default(null),
  supersedes: z.string().nullable().default(null),
  consent: consent.nullable().default(null),
  audience: audience.default({ channels: null, neighbourhoods: null, groups: null }),
  renderings: z.object({
    telegram: renderingOf('telegram'),
    zalo: renderingOf('zalo'),
    relay: renderingOf('relay'),
    loudspeaker: renderingOf('loudspeaker'),
  }),
  contentHash: z.string(),
  authorId: z.string(),
  approverId: z.string().nullable(),
  approvedHash: z.string().nullable(),
  approvedAtMs: z.number().nullable().default(null),
  returnComment: z.string().nullable(),
  sendAtMs: z.number(),
  repeat: z
    .object({
      kind: z.enum(['days', 'weekly', 'month']),
      startMs: z.number(),
      weekdays: z.array(z.number()),
      until: z.string().nullable(),
      rule: z.string(),
    })
    .nullable()
    .default(null),
  anyHour: z.boolean().default(false),
  corrects: z.string().nullable().default(null),
  reason: z.string().nullable().default(null),
  correctedBy: z.string().nullable().default(null),
  seriesId: z.string().nullable().default(null),
  lateByMs: z.number().nullable().default(null),
  state: z.enum(RUN_STATES),
  createdAtMs: z.number(),
  startedAtMs: z.number().nullable(),
  startedOn: z.string().nullable().default(null),
  meeting: z
    .object({ day: z.string(), name: z.string(), chairId: z.string(), neighbourhood: z.string().nullable() })
    .nullable()
    .default(null),
  relaysAskedAtMs: z.number().nullable().default(null),
  finishedAtMs: z.number().nullable(),
  rev: z.number(),
});

type RunRecord = z.infer<typeof shape> & StoredRecord;

export function runStore({ connection }: StoreParts): RunStore {
  const model = defineModel<RunRecord>(connection, COLLECTION, {
    kind: String,
    topicId: String,
    postId: Schema.Types.Mixed,
    title: String,
    body: String,
    photoIds: [String],
    documentId: Schema.Types.Mixed,
    link: Schema.Types.Mixed,
    sources: [String],
    validFrom: Schema.Types.Mixed,
    validTo: Schema.Types.Mixed,
    owner: Schema.Types.Mixed,
    supersedes: Schema.Types.Mixed,
    consent: Schema.Types.Mixed,
    audience: Schema.Types.Mixed,
    renderings: Schema.Types.Mixed,
    contentHash: String,
    authorId: String,
    approverId: Schema.Types.Mixed,
    approvedHash: Schema.Types.Mixed,
    approvedAtMs: Schema.Types.Mixed,
    returnComment: Schema.Types.Mixed,
    sendAtMs: Number,
    repeat: Schema.Types.Mixed,
    anyHour: Boolean,
    corrects: Schema.Types.Mixed,
    reason: Schema.Types.Mixed,
    correctedBy: Schema.Types.Mixed,
    seriesId: Schema.Types.Mixed,
    lateByMs: Schema.Types.Mixed,
    state: String,
    createdAtMs: Number,
    startedAtMs: Number,
    startedOn: Schema.Types.Mixed,
    meeting: Schema.Types.Mixed,
    relaysAskedAtMs: Schema.Types.Mixed,
    finishedAtMs: Number,
    rev: Number,
  });

  return {
    ...revisedRows(model, toRun),

    async due(state, nowMs, limit) {
      const filter = { state, sendAtMs: { $lte: nowMs } };
      return (await model.find(filter).sort({ sendAtMs: 1, _id: 1 }).limit(limit).lean()).map(toRun);
    },

    async between(states, fromMs, toMs, limit) {
      const filter = { state: { $in: states }, sendAtMs: { $gt: fromMs - 1, $lt: toMs } };
      return (await model.find(filter).sort({ sendAtMs: 1, _id: 1 }).limit(limit).lean()).map(toRun);
    },

    async latest(states, limit) {
      const raws = await model
        .find({ state: { $in: states } })
        .sort({ sendAtMs: -1, _id: 1 })
        .limit(limit)
        .lean();
      return raws.map(toRun);
    },

    async startedIn(from, to) {
      const filter = { startedOn: { $gt: addDays(from, -1), $lte: to } };
      return (await model.find(filter).sort({ startedOn: 1, _id: 1 }).lean()).map(toRun);
    },

    async withMeetingIn(from, to) {
      const filter = { 'meeting.day': { $gt: addDays(from, -1), $lte: to } };
      return (await model.find(filter).sort({ 'meeting.day': 1, _id: 1 }).lean()).map(toRun);
    },

    async inState(state, limit) {
      return (await model.find({ state }).sort({ sendAtMs: 1, _id: 1 }).limit(limit).lean()).map(toRun);
    },
  };
}

function toRun(raw: unknown): BroadcastRun {
  const { _id, photoId, photoIds, ...fields } = parseRecord(shape, raw, COLLECTION);
  return frozen({ id: _id, ...fields, photoIds: photoIds ?? (photoId ? [photoId] : []) });
}
