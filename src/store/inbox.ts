import { Schema } from 'mongoose';
import { z } from 'zod';
import type { InboxRow, InboxStore } from '#src/app/ports/stores.ts';
import { chatKey, type InboundEvent, PLATFORMS } from '#src/domain/inbound.ts';
import {
  compact,
  defineModel,
  frozen,
  insertOnce,
  parseRecord,
  type StoredRecord,
  type StoreParts,
  updateGuarded,
} from './records.ts';
import { retrying } from './retry.ts';
import type { Sealing } from './sealing.ts';

const COLLECTION = 'inbox';

const shape = z.object({
  _id: z.string(),
  platform: z.enum(PLATFORMS),
  eventId: z.string(),
  chatKey: z.string(),
  chatId: z.string(),
  chatKind: z.enum(['private', 'group']),
  order: z.string(),
  sentAtMs: z.number(),
  state: z.enum(['waiting', 'done', 'poisoned']),
  attempts: z.number(),
  /** When it was set aside; null for all others. */
  setAsideAtMs: z.number().nullable(),
  /** Null once the row is handled: only the key stays, against repetitions. */
  sealed: z.string().nullable(),
});

type InboxRecord = z.infer<typeof shape> & StoredRecord;

interface PrivateParts extends Pick<InboundEvent, 'sender' | 'content'> {
  readonly title?: string;
  readonly quoted?: NonNullable<InboundEvent['quoted']>;
  readonly threadId?: string;
}

/** The `_id` is platform and event id together: the unique key on which repeated updates meet. */
export function inboxStore({ connection, sealing }: StoreParts): InboxStore {
  const model = defineModel<InboxRecord>(connection, COLLECTION, {
    platform: String,
    eventId: String,
    chatKey: String,
    chatId: String,
    chatKind: String,
    order: String,
    sentAtMs: Number,
    state: String,
    attempts: Number,
    setAsideAtMs: Schema.Types.Mixed,
    sealed: Schema.Types.Mixed,
  });

  return {
    async add(event) {
      return (await insertOnce(model, toRecord(event, sealing))) ? 'new' : 'duplicate';
    },

    async next(key) {
      const raw = await model.findOne({ chatKey: key, state: 'waiting' }).sort({ order: 1 }).lean();
      return raw === null ? null : toRow(parseRecord(shape, raw, COLLECTION), sealing);
    },

    async done(id) {
      await retrying(() => model.updateOne({ _id: id }, { $set: { state: 'done', sealed: null } }));
    },

    async failed(id, maxAttempts, atMs) {
      for (;;) {
        const row = await model.findById(id, { attempts: 1, state: 1 }).lean();
        if (row?.state !== 'waiting') return row?.state === 'poisoned' ? 'poisoned' : 'again';
        const attempts = row.attempts + 1;
        const isOver = attempts >= maxAttempts;
        const change = { attempts, ...(isOver ? { state: 'poisoned' as const, setAsideAtMs: atMs } : {}) };
        const guard = { state: 'waiting', attempts: row.attempts };
        if (await updateGuarded(model, id, guard, { $set: change })) return isOver ? 'poisoned' : 'again';
      }
    },

    async setAside(limit) {
      const rows = await model
        .find({ state: 'poisoned' }, { platform: 1, attempts: 1, setAsideAtMs: 1 })
        .sort({ setAsideAtMs: 1 })
        .limit(limit)
        .lean();
      return rows.map(({ _id, platform, attempts, setAsideAtMs }) =>
        frozen({ id: _id, platform, what: 'message' as const, sinceMs: setAsideAtMs ?? 0, attempts }),
      );
    },

    async putBack(id) {
      return updateGuarded(
        model,
        id,
        { state: 'poisoned' },
        { $set: { state: 'waiting', setAsideAtMs: null } },
      );
    },

    async waitingChats(limit) {
      const groups = await model.aggregate<{ _id: string }>([
        { $match: { state: 'waiting' } },
        { $group: { _id: '$chatKey', oldest: { $min: '$sentAtMs' } } },
        { $sort: { oldest: 1, _id: 1 } },
        { $limit: limit },
      ]);
      return groups.map((group) => group._id);
    },
  };
}

function toRecord(event: InboundEvent, sealing: Sealing): InboxRecord {
  const id = `${event.platform}:${event.eventId}`;
  const { sender, content, quoted, chat, threadId } = event;
  return {
    _id: id,
    platform: event.platform,
    eventId: event.eventId,
    chatKey: chatKey({ platform: event.platform, chatId: chat.id }),
    chatId: chat.id,
    chatKind: chat.kind,
    order: event.order,
    sentAtMs: event.sentAtMs,
    state: 'waiting',
    attempts: 0,
    setAsideAtMs: null,
    sealed: sealing.seal({ sender, content, quoted, threadId, title: chat.title }, `${COLLECTION}/${id}`),
  };
}

function toRow(record: z.infer<typeof shape>, sealing: Sealing): InboxRow {
  if (record.sealed === null) throw new Error(`${COLLECTION} ${record._id} waits but has no content`);
  const parts = sealing.open(record.sealed, `${COLLECTION}/${record._id}`) as PrivateParts;
  const event = compact<InboundEvent>({
    platform: record.platform,
    eventId: record.eventId,
    order: record.order,
    chat: compact<InboundEvent['chat']>({ id: record.chatId, kind: record.chatKind, title: parts.title }),
    sender: parts.sender,
    sentAtMs: record.sentAtMs,
    content: parts.content,
    quoted: parts.quoted,
    threadId: parts.threadId,
  });
  return frozen({ id: record._id, event, attempts: record.attempts });
}
