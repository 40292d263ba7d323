import { Schema } from 'mongoose';
import { z } from 'zod';
import type { ConversationStore, EffectFailures, SetAside } from '#src/app/ports/stores.ts';
import type { Conversation, StoredEffect } from '#src/domain/conversation/types.ts';
import { PLATFORMS } from '#src/domain/inbound.ts';
import {
  defineModel,
  frozen,
  insertOnce,
  parseRecord,
  randomToken,
  type StoredRecord,
  type StoreParts,
  updateGuarded,
} from './records.ts';
import { retrying } from './retry.ts';
import type { Sealing } from './sealing.ts';

const COLLECTION = 'conversations';
/** How many finished effects are remembered against a save that was composed before they finished. */
const DONE_KEPT = 100;
/** Failed tries remembered over all effects of a chat: more than there are in the minutes until one is given up. */
const FAILURES_KEPT = 200;

const shape = z.object({
  _id: z.string(),
  platform: z.enum(PLATFORMS),
  chatId: z.string(),
  rev: z.number(),
  honorific: z.enum(['ong', 'ba', 'anh', 'chi']).nullable(),
  seenEvents: z.array(z.string()),
  /** Sealed one by one: one that is done is pulled out without the key and without touching `rev`. */
  effects: z.array(z.object({ id: z.string(), sealed: z.string() })),
  /** The length of `effects`, for the partial index. */
  waiting: z.number(),
  doneEffects: z.array(z.string()).default([]),
  failedEffects: z.array(z.object({ id: z.string(), atMs: z.number() })).default([]),
  /** Given up, kept until a person puts it back. */
  setAside: z
    .array(z.object({ id: z.string(), sealed: z.string(), atMs: z.number(), attempts: z.number() }))
    .default([]),
  /** The length of `setAside`, for the partial index. */
  aside: z.number(),
  /** When the draft of a report was last touched; 0 where there is none. */
  draftAtMs: z.number().default(0),
  updatedAtMs: z.number(),
  heardAtMs: z.number().optional(),
  windowAtMs: z.number().nullable().optional(),
  sealed: z.string(),
});

type ConversationRecord = z.infer<typeof shape> & StoredRecord;

/** What the effects have come to; never part of a save, which is composed from older knowledge. */
type EffectRecords = Pick<ConversationRecord, 'doneEffects' | 'failedEffects' | 'setAside' | 'aside'>;
const NOTHING_RUN_YET: EffectRecords = { doneEffects: [], failedEffects: [], setAside: [], aside: 0 };

export function conversationStore({ connection, sealing }: StoreParts): ConversationStore {
  const model = defineModel<ConversationRecord>(connection, COLLECTION, {
    platform: String,
    chatId: String,
    rev: Number,
    honorific: Schema.Types.Mixed,
    seenEvents: [String],
    effects: [{ _id: false, id: String, sealed: String }],
    waiting: Number,
    doneEffects: [String],
    failedEffects: [{ _id: false, id: String, atMs: Number }],
    setAside: [{ _id: false, id: String, sealed: String, atMs: Number, attempts: Number }],
    aside: Number,
    draftAtMs: Number,
    updatedAtMs: Number,
    heardAtMs: Number,
    windowAtMs: Number,
    sealed: String,
  });

  /** Takes one effect out; a second call finds nothing to take and changes nothing. */
  const pull = (key: string, effectId: string) =>
    retrying(() =>
      model.updateOne(
        { _id: key, 'effects.id': effectId },
        {
          $pull: { effects: { id: effectId } },
          $push: { doneEffects: { $each: [effectId], $slice: -DONE_KEPT } },
          $inc: { waiting: -1 },
        },
      ),
    );

  /** A save composed before an effect was done has put it back: out it goes again, it must not run a second time. */
  const pullRevived = async (record: Pick<ConversationRecord, '_id' | 'effects' | 'doneEffects'>) => {
    const revived = record.effects.filter(({ id }) => record.doneEffects.includes(id));
    for (const { id } of revived) await pull(record._id, id);
  };

  return {
    async load(key) {
      const raw = await model.findById(key).lean();
      if (raw === null) return null;
      const record = parseRecord(shape, raw, COLLECTION);
      await pullRevived(record);
      return toConversation(record, sealing);
    },

    async save(conversation, expectedRev) {
      const { _id, ...fields } = toFields(conversation, sealing);
      if (expectedRev === 0)
        return (await insertOnce(model, { _id, ...fields, ...NOTHING_RUN_YET })) ? 'saved' : 'conflict';
      const write = randomToken();
      const after = await retrying(async (attempt) => {
        const updated = await model
          .findOneAndUpdate(
            { _id, rev: expectedRev },
            { $set: { ...fields, write } },
            { returnDocument: 'after' },
          )
          .lean();
        return updated ?? (attempt > 1 ? await model.findOne({ _id, write }).lean() : null);
      });
      if (after === null) return 'conflict';
      await pullRevived(parseRecord(shape, after, COLLECTION));
      return 'saved';
    },

    async effectDone(key, effectId) {
      await pull(key, effectId);
    },

    async effectFailed(key, effectId, atMs) {
      const failure = { $each: [{ id: effectId, atMs }], $slice: -FAILURES_KEPT };
      const after = await model
        .findOneAndUpdate(
          { _id: key },
          { $push: { failedEffects: failure } },
          { returnDocument: 'after', projection: { failedEffects: 1 } },
        )
        .lean();
      return failuresOf(effectId, after?.failedEffects ?? [], atMs);
    },

    async effectSetAside(key, effectId, atMs) {
      const raw = await model.findById(key, { effects: 1, failedEffects: 1 }).lean();
      const given = raw?.effects.find(({ id }) => id === effectId);
      if (!given) return;
      const { attempts } = failuresOf(effectId, raw?.failedEffects ?? [], atMs);
      await retrying(() =>
        model.updateOne(
          { _id: key, 'effects.id': effectId },
          {
            $pull: { effects: { id: effectId } },
            $push: {
              doneEffects: { $each: [effectId], $slice: -DONE_KEPT },
              setAside: { id: given.id, sealed: given.sealed, atMs, attempts },
            },
            $inc: { waiting: -1, aside: 1 },
          },
        ),
      );
    },

    async effectsSetAside(limit) {
      const rows = await model
        .find({ aside: { $gt: 0 } })
        .sort({ aside: 1 })
        .limit(limit)
        .lean();
      return rows
        .flatMap((raw) => setAsideOf(parseRecord(shape, raw, COLLECTION), sealing))
        .toSorted((a, b) => a.sinceMs - b.sinceMs);
    },

    async putBackEffect(effectId) {
      for (;;) {
        const raw = await model
          .findOne({ aside: { $gt: 0 }, 'setAside.id': effectId }, { rev: 1, setAside: 1 })
          .lean();
        const given = raw?.setAside.find(({ id }) => id === effectId);
        if (!raw || !given) return false;
        // A save composed before this one must fail: it does not know the effect and would drop it.
        const guard = { rev: raw.rev, 'setAside.id': effectId };
        const put = await updateGuarded(model, raw._id, guard, {
          $pull: { setAside: { id: effectId }, doneEffects: effectId },
          $push: { effects: { id: given.id, sealed: given.sealed } },
          $inc: { rev: 1, waiting: 1, aside: -1 },
        });
        if (put) return true;
      }
    },

    async waitingEffects(limit) {
      const rows = await model
        .find({ waiting: { $gt: 0 } }, { _id: 1 })
        .sort({ updatedAtMs: 1 })
        .limit(limit)
        .lean();
      return rows.map((row) => row._id);
    },

    async windowsDue(nowMs, limit) {
      const rows = await model
        .find(
          { windowAtMs: { $gt: 0, $lte: nowMs } },
          { _id: 1, platform: 1, chatId: 1, heardAtMs: 1, windowAtMs: 1 },
        )
        .sort({ windowAtMs: 1 })
        .limit(limit)
        .lean();
      return rows.map((row) => ({
        key: row._id,
        chat: { platform: row.platform, chatId: row.chatId },
        heardAtMs: row.heardAtMs ?? 0,
        windowAtMs: row.windowAtMs ?? 0,
      }));
    },

    async windowLooked(key, windowAtMs, nextMs) {
      await retrying(() => model.updateOne({ _id: key, windowAtMs }, { $set: { windowAtMs: nextMs } }));
    },
  };
}

function setAsideOf(record: z.infer<typeof shape>, sealing: Sealing): readonly SetAside[] {
  const { _id: key, platform } = record;
  return record.setAside.map(({ id, sealed, atMs, attempts }) => {
    const { kind } = sealing.open(sealed, effectContext(key, id)) as StoredEffect['effect'];
    return frozen({ id, platform, what: kind, sinceMs: atMs, attempts });
  });
}

function failuresOf(
  effectId: string,
  failures: readonly { readonly id: string; readonly atMs: number }[],
  nowMs: number,
): EffectFailures {
  const times = failures.filter(({ id }) => id === effectId).map(({ atMs }) => atMs);
  return { attempts: times.length, firstAtMs: Math.min(nowMs, ...times) };
}

function toFields(
  conversation: Conversation,
  sealing: Sealing,
): Omit<ConversationRecord, keyof EffectRecords> {
  const {
    key,
    chat,
    flow,
    prompts,
    effects,
    rev,
    honorific,
    seenEvents,
    updatedAtMs,
    heardAtMs,
    windowAtMs,
  } = conversation;
  return {
    _id: key,
    platform: chat.platform,
    chatId: chat.chatId,
    rev,
    honorific,
    seenEvents: [...seenEvents],
    effects: effects.map(({ id, effect }) => ({ id, sealed: sealing.seal(effect, effectContext(key, id)) })),
    waiting: effects.length,
    draftAtMs: flow?.name === 'report' || flow?.name === 'form' ? flow.askedAtMs : 0,
    updatedAtMs,
    ...(heardAtMs === undefined ? {} : { heardAtMs }),
    ...(windowAtMs === undefined ? {} : { windowAtMs }),
    sealed: sealing.seal({ flow, prompts }, context(key)),
  };
}

function toConversation(record: z.infer<typeof shape>, sealing: Sealing): Conversation {
  const key = record._id;
  const parts = sealing.open(record.sealed, context(key)) as Pick<Conversation, 'flow' | 'prompts'>;
  const effects = record.effects
    .filter(({ id }) => !record.doneEffects.includes(id))
    .map(({ id, sealed }) => ({
      id,
      effect: sealing.open(sealed, effectContext(key, id)) as StoredEffect['effect'],
    }));
  return frozen({
    key,
    chat: { platform: record.platform, chatId: record.chatId },
    rev: record.rev,
    honorific: record.honorific,
    flow: parts.flow,
    prompts: parts.prompts,
    seenEvents: record.seenEvents,
    effects,
    updatedAtMs: record.updatedAtMs,
    ...(record.heardAtMs === undefined ? {} : { heardAtMs: record.heardAtMs }),
    ...(record.windowAtMs === undefined ? {} : { windowAtMs: record.windowAtMs }),
  });
}

const context = (key: string): string => `${COLLECTION}/${key}`;
const effectContext = (key: string, effectId: string): string => `${COLLECTION}/${key}/${effectId}`;
