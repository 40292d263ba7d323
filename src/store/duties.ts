import { Schema } from 'mongoose';
import { z } from 'zod';
import type { DutyStore } from '#src/app/ports/stores.ts';
import { type Duty, type DutyState, KINDS_OF_DUTY } from '#src/domain/duty.ts';
import {
  compact,
  defineModel,
  frozen,
  parseRecord,
  type StoredRecord,
  type StoreParts,
  timedRows,
} from './records.ts';

const COLLECTION = 'duties';
const UNFINISHED: readonly DutyState[] = ['open', 'acknowledged'];

const history = z.custom<Duty['history'][number]>((entry) => typeof entry === 'object' && entry !== null);

const shape = z.object({
  _id: z.string(),
  ruleId: z.string(),
  /** Rows of an older release have none. */
  kind: z.enum(KINDS_OF_DUTY).optional(),
  title: z.string(),
  recipient: z.string(),
  responsibleId: z.string().nullable(),
  headId: z.string().nullable(),
  chairpersonId: z.string().nullable(),
  unitId: z.string(),
  dueAtMs: z.number(),
  targetDate: z.string(),
  rungs: z.array(
    z.object({
      index: z.number(),
      kind: z.enum(['remind', 'due-today', 'overdue', 'escalate-head', 'escalate-chairperson']),
      atMs: z.number(),
    }),
  ),
  nextRung: z.number(),
  nextAtMs: z.number().nullable(),
  state: z.enum(['open', 'acknowledged', 'done', 'cancelled']),
  acknowledgedAtMs: z.number().nullable(),
  snoozedUntilMs: z.number().nullable(),
  proof: z.string().nullable(),
  doneBy: z
    .custom<NonNullable<Duty['doneBy']>>((value) => typeof value === 'object' && value !== null)
    .optional(),
  proofFileIds: z.array(z.string()).optional(),
  precedes: z.object({ dutyId: z.string(), workingDays: z.number().nullable() }).optional(),
  found: z.object({ visitId: z.string(), findingId: z.string() }).optional(),
  rev: z.number(),
  history: z.array(history),
});

type DutyRecord = z.infer<typeof shape> & StoredRecord;

export function dutyStore({ connection }: StoreParts): DutyStore {
  const model = defineModel<DutyRecord>(connection, COLLECTION, {
    ruleId: String,
    kind: String,
    title: String,
    recipient: String,
    responsibleId: Schema.Types.Mixed,
    headId: Schema.Types.Mixed,
    chairpersonId: Schema.Types.Mixed,
    unitId: String,
    dueAtMs: Number,
    targetDate: String,
    rungs: [Schema.Types.Mixed],
    nextRung: Number,
    nextAtMs: Number,
    state: String,
    acknowledgedAtMs: Number,
    snoozedUntilMs: Number,
    proof: Schema.Types.Mixed,
    doneBy: Schema.Types.Mixed,
    proofFileIds: Schema.Types.Mixed,
    precedes: Schema.Types.Mixed,
    found: Schema.Types.Mixed,
    rev: Number,
    history: [Schema.Types.Mixed],
  });

  return {
    ...timedRows(model, toRecord, toDuty),

    async ofStaff(staffId, limit) {
      const filter = { responsibleId: staffId, state: { $in: UNFINISHED } };
      return (await model.find(filter).sort({ dueAtMs: 1, _id: 1 }).limit(limit).lean()).map(toDuty);
    },

    async withGaps() {
      const missing = [{ responsibleId: null }, { headId: null }, { chairpersonId: null }];
      return (await model.find({ state: { $in: UNFINISHED }, $or: missing }).lean()).map(toDuty);
    },

    async ofRules(prefix) {
      const filter = { ruleId: { $gte: prefix, $lt: `${prefix}\uffff` } };
      return (await model.find(filter).lean()).map(toDuty);
    },

    async ofFinding(findingId) {
      const raw = await model.findOne({ 'found.findingId': findingId }).lean();
      return raw === null ? null : toDuty(raw);
    },

    async preceding(dutyId) {
      const filter = { 'precedes.dutyId': dutyId };
      return (await model.find(filter).sort({ dueAtMs: 1, _id: 1 }).lean()).map(toDuty);
    },

    async dueBetween(fromMs, toMs) {
      const filter = { dueAtMs: { $gte: fromMs, $lte: toMs } };
      return (await model.find(filter).sort({ dueAtMs: 1, _id: 1 }).lean()).map(toDuty);
    },

    async list() {
      return (await model.find().sort({ dueAtMs: 1, _id: 1 }).lean()).map(toDuty);
    },
  };
}

function toRecord(duty: Duty): DutyRecord {
  const { id, proofFileIds, ...fields } = structuredClone(duty);
  return compact<DutyRecord>({
    _id: id,
    ...fields,
    rungs: [...fields.rungs],
    history: [...fields.history],
    proofFileIds: proofFileIds && [...proofFileIds],
  });
}

function toDuty(raw: unknown): Duty {
  const { _id, ...fields } = parseRecord(shape, raw, COLLECTION);
  const kind = fields.kind ?? (fields.recipient === '' ? 'inspection' : 'report');
  return frozen(compact<Duty>({ id: _id, ...fields, kind }));
}
