import { setTimeout as sleep } from 'node:timers/promises';
import { type Model, Schema } from 'mongoose';
import type { CaseStore } from '#src/app/ports/stores.ts';
import type { Case } from '#src/domain/case.ts';
import { OPEN_STATES } from '#src/domain/cases/states.ts';
import { reporterKey } from '#src/domain/cases/many-residents.ts';
import { type CaseRecord, caseShape, changedFields, rowOf, sealEntry, toCase } from './case-mapping.ts';
import type { Counters } from './counters.ts';
import { defineModel, insertOnce, parseRecord, type StoreParts, updateGuarded } from './records.ts';

const COLLECTION = 'cases';
const CODE_DIGITS = 4;
/** How long a second creator waits for the first to give the code, before it does so itself. */
const CODE_PATIENCE_MS = 1_000;
const CODE_LOOK_EVERY_MS = 25;

/**
 * Every look-up of many names its index: without statistics, or with a condition that half of the rows meet, DocumentDB
 * reads far more than it needs (measured at 100,000: 27 ms instead of 2).
 */
export function caseStore(parts: StoreParts, counters: Counters): CaseStore {
  const { sealing } = parts;
  const model = caseModel(parts);
  const read = (raw: unknown): Case => toCase(parseRecord(caseShape, raw, COLLECTION), sealing);
  const many = (raws: readonly unknown[]): readonly Case[] => Object.freeze(raws.map(read));

  const open = async (
    whose: { unitId: string } | { handlerId: string },
    index: 'unit_state_due' | 'handler_state_due',
    limit: number,
  ) => {
    const filter = { ...whose, state: { $in: OPEN_STATES }, code: { $exists: true } };
    const found = model.find(filter).hint(index).sort({ dueAtMs: 1, _id: 1 });
    return many(await found.limit(limit).lean());
  };

  return {
    async create(draft, codePrefix) {
      const row = rowOf(draft, codePrefix, sealing);
      if (await insertOnce(model, row)) {
        const code = await nextCode(codePrefix, counters);
        if (await setCode(model, draft.id, code)) return read({ ...row, code });
      }
      return read(await coded(model, draft.id, counters));
    },

    async get(id) {
      const raw = await model.findOne({ _id: id, code: { $exists: true } }).lean();
      return raw === null ? null : read(raw);
    },

    async ofResident(chat, limit) {
      const filter = { platform: chat.platform, chatId: chat.chatId, code: { $exists: true } };
      const own = model.find(filter).hint('resident').sort({ createdAtMs: -1, _id: 1 });
      return many(await own.limit(limit).lean());
    },

    async byCode(code) {
      const raw = await model.findOne({ code }).lean();
      return raw === null ? null : read(raw);
    },

    async alike(categoryId, sinceMs, limit) {
      const rows = await model
        .find({ categoryId, createdAtMs: { $gte: sinceMs } }, { platform: 1, chatId: 1, work: 1, entered: 1 })
        .hint('category_created')
        .sort({ createdAtMs: -1 })
        .limit(limit)
        .lean();
      return rows.map(({ _id, platform, chatId, work, entered }) => ({
        chatKey: reporterKey({ id: _id, resident: { platform, chatId }, entered }),
        neighbourhoodId: work?.neighbourhoodId ?? null,
      }));
    },

    async openAlike({ categoryId, neighbourhoodId, sinceMs }, limit) {
      const filter = {
        categoryId,
        createdAtMs: { $gte: sinceMs },
        'work.neighbourhoodId': neighbourhoodId,
        state: { $in: OPEN_STATES },
        code: { $exists: true },
      };
      const found = model.find(filter).hint('category_created').sort({ createdAtMs: 1, _id: 1 });
      return many(await found.limit(limit).lean());
    },

    async mergedInto(id, limit) {
      return many(await model.find({ 'work.mergedInto': id }).sort({ _id: 1 }).limit(limit).lean());
    },

    openOfUnit: (unitId, limit) => open({ unitId }, 'unit_state_due', limit),

    openOfHandler: (handlerId, limit) => open({ handlerId }, 'handler_state_due', limit),

    async openCalls(limit) {
      const filter = { wantsCall: true as const, state: { $in: OPEN_STATES }, code: { $exists: true } };
      const found = model.find(filter).hint('calls').sort({ createdAtMs: 1, _id: 1 });
      return many(await found.limit(limit).lean());
    },

    async due(nowMs, limit) {
      const filter = { nextAtMs: { $gt: 0, $lte: nowMs }, code: { $exists: true } };
      const due = model.find(filter).hint('next').sort({ nextAtMs: 1, _id: 1 });
      return many(await due.limit(limit).lean());
    },

    async look(id, rev, nextAtMs) {
      return (await updateGuarded(model, id, { rev }, { $set: { nextAtMs } })) ? 'saved' : 'conflict';
    },

    async update(id, rev, change, entry) {
      const raw = await model.findOne({ _id: id, rev }).lean();
      if (raw === null) return 'conflict';
      const fields = changedFields(read(raw), change, sealing);
      const saved = await updateGuarded(
        model,
        id,
        { rev },
        {
          $set: { ...fields, rev: rev + 1 },
          $push: { history: sealEntry(entry, id, sealing) },
        },
      );
      return saved ? 'saved' : 'conflict';
    },
  };
}

function caseModel({ connection }: StoreParts): Model<CaseRecord> {
  return defineModel<CaseRecord>(connection, COLLECTION, {
    codePrefix: String,
    code: String,
    platform: String,
    chatId: String,
    honorific: Schema.Types.Mixed,
    mediaIds: [String],
    categoryId: String,
    legalKind: String,
    consent: Schema.Types.Mixed,
    wantsCall: Boolean,
    entered: Schema.Types.Mixed,
    unitId: String,
    state: String,
    handlerId: String,
    rating: Schema.Types.Mixed,
    nextAtMs: Number,
    keptFromMs: Number,
    work: Schema.Types.Mixed,
    createdAtMs: Number,
    dueAtMs: Number,
    rev: Number,
    history: [
      { _id: false, atMs: Number, by: String, action: String, actId: String, heldBy: String, sealed: String },
    ],
    sealed: String,
  });
}

async function nextCode(prefix: string, counters: Counters): Promise<string> {
  const sequence = await counters.take(`case-code ${prefix}`, 1);
  return `${prefix}-${String(sequence).padStart(CODE_DIGITS, '0')}`;
}

/** Only the first code sticks; one that comes second is never used. */
function setCode(model: Model<CaseRecord>, id: string, code: string): Promise<boolean> {
  return updateGuarded(model, id, { code: { $exists: false } }, { $set: { code } });
}

/** The case of the first creator. Should that one have died before the code, this one gives it. */
async function coded(model: Model<CaseRecord>, id: string, counters: Counters): Promise<unknown> {
  for (let waitedMs = 0; waitedMs < CODE_PATIENCE_MS; waitedMs += CODE_LOOK_EVERY_MS) {
    const raw = await model.findOne({ _id: id, code: { $exists: true } }).lean();
    if (raw !== null) return raw;
    await sleep(CODE_LOOK_EVERY_MS);
  }
  const row = await model.findById(id).lean();
  if (row === null) throw new Error(`case ${id} is gone while it gets its code`);
  if (row.code === undefined) await setCode(model, id, await nextCode(row.codePrefix, counters));
  return model.findById(id).lean();
}
