import { randomUUID } from 'node:crypto';
import { type Model, Schema } from 'mongoose';
import { z } from 'zod';
import type { DestinationStore } from '#src/app/ports/stores.ts';
import {
  type CensusRow,
  type Destination,
  DESTINATION_KINDS,
  GROUP_AUDIENCES,
} from '#src/domain/destination.ts';
import { chatKey, PLATFORMS } from '#src/domain/inbound.ts';
import {
  compact,
  defineModel,
  frozen,
  insertOnce,
  parseRecord,
  type StoredRecord,
  type StoreParts,
} from './records.ts';
import { retrying } from './retry.ts';

const COLLECTION = 'destinations';
const PAGE = 500;
/** Named, since DocumentDB reads the whole collection for one row as long as it has no statistics of it. */
const BY_CHAT = 'chat';

const shape = z.object({
  _id: z.string(),
  chatKey: z.string(),
  platform: z.enum(PLATFORMS),
  chatId: z.string(),
  kind: z.enum(DESTINATION_KINDS),
  title: z.string(),
  neighbourhood: z.string().nullable(),
  audience: z.enum(GROUP_AUDIENCES).nullable(),
  state: z.enum(['waiting', 'active', 'unreachable']),
  unreachableWhy: z.string().optional(),
  staffId: z.string().optional(),
  hasTopics: z.literal(true).optional(),
  threadId: z.string().optional(),
  consent: z.object({ version: z.string(), atMs: z.number() }).optional(),
});

type DestinationRecord = z.infer<typeof shape> & StoredRecord;
type DestinationFields = Omit<DestinationRecord, '_id'>;

export function destinationStore({ connection }: StoreParts): DestinationStore {
  const model = defineModel<DestinationRecord>(connection, COLLECTION, {
    chatKey: String,
    platform: String,
    chatId: String,
    kind: String,
    title: String,
    neighbourhood: Schema.Types.Mixed,
    audience: Schema.Types.Mixed,
    state: String,
    unreachableWhy: String,
    staffId: String,
    hasTopics: Boolean,
    threadId: String,
    consent: Schema.Types.Mixed,
  });

  return {
    async upsert(destination) {
      const fields = toFields(destination);
      // Two importers of one new chat: the one who comes second finds the row of the first in the second round.
      for (let round = 0; round < 3; round += 1) {
        const id = await existingId(model, fields.chatKey, destination.id);
        if (id !== null) {
          await replaceFields(model, id, fields);
          return toDestination(await model.findById(id).lean());
        }
        const record = { _id: destination.id ?? randomUUID(), ...fields };
        if (await insertOnce(model, record)) return toDestination(record);
      }
      throw new Error(`destination ${fields.chatKey} could neither be found nor made`);
    },

    async register(destination) {
      const record = { _id: randomUUID(), ...toFields(destination) };
      return (await insertOnce(model, record)) ? toDestination(record) : null;
    },

    async get(id) {
      const raw = await model.findById(id).lean();
      return raw === null ? null : toDestination(raw);
    },

    async many(ids) {
      const raws = await model.find({ _id: { $in: [...ids].sort() } }).lean();
      return raws.map(toDestination);
    },

    async byChat(chat) {
      const raw = await model
        .findOne({ chatKey: chatKey(chat) })
        .hint(BY_CHAT)
        .lean();
      return raw === null ? null : toDestination(raw);
    },

    async list({ state }) {
      const raws = await model
        .find(state === undefined ? {} : { state })
        .sort({ _id: 1 })
        .lean();
      return Object.freeze(raws.map(toDestination));
    },

    active: () => activeRows(model),

    census: () => countAlike(model),

    async setThread(id, threadId) {
      const update = threadId === null ? { $unset: { threadId: 1 } } : { $set: { threadId } };
      await retrying(() => model.updateOne({ _id: id }, update));
    },

    async erase(id) {
      await retrying(() => model.deleteOne({ _id: id }));
    },

    async setState(id, state, why) {
      const update =
        why === undefined
          ? { $set: { state }, $unset: { unreachableWhy: 1 } }
          : { $set: { state, unreachableWhy: why } };
      await retrying(() => model.updateOne({ _id: id }, update));
    },

    async move(id, chatId) {
      const row = await model.findById(id).lean();
      if (row === null) return;
      const key = chatKey({ platform: row.platform, chatId });
      await retrying(
        async () => {
          // The platform may have announced the new chat before it told of the move: one chat, one row, ours stays.
          await model.deleteOne({ chatKey: key, _id: { $ne: id } });
          await model.updateOne({ _id: id }, { $set: { chatId, chatKey: key } });
        },
        { duplicatesPass: true },
      );
    },
  };
}

async function existingId(
  model: Model<DestinationRecord>,
  key: string,
  wantedId: string | undefined,
): Promise<string | null> {
  const byChat = await model.exists({ chatKey: key }).hint(BY_CHAT);
  if (byChat !== null || wantedId === undefined) return byChat?._id ?? null;
  return (await model.exists({ _id: wantedId }))?._id ?? null;
}

async function replaceFields(
  model: Model<DestinationRecord>,
  id: string,
  fields: DestinationFields,
): Promise<void> {
  const absent = (['unreachableWhy', 'staffId', 'consent'] as const).filter(
    (name) => fields[name] === undefined,
  );
  const update = {
    $set: fields,
    ...(absent.length > 0 && { $unset: Object.fromEntries(absent.map((name) => [name, 1])) }),
  };
  await retrying(() => model.updateOne({ _id: id }, update));
}

/** Page after page by `_id`, so that neither the memory nor a cursor grows with the number of destinations. */
async function* activeRows(model: Model<DestinationRecord>): AsyncGenerator<Destination> {
  for (let after = ''; ;) {
    const raws = await model
      .find({ state: 'active', _id: { $gt: after } })
      .sort({ _id: 1 })
      .limit(PAGE)
      .lean();
    for (const raw of raws) yield toDestination(raw);
    const last = raws.at(-1);
    if (last === undefined || raws.length < PAGE) return;
    after = last._id;
  }
}

async function countAlike(model: Model<DestinationRecord>): Promise<readonly CensusRow[]> {
  type Group = {
    readonly _id: Pick<DestinationRecord, 'kind' | 'platform' | 'neighbourhood' | 'audience' | 'state'>;
    readonly count: number;
  };
  const groups = await model.aggregate<Group>([
    {
      $group: {
        _id: {
          kind: '$kind',
          platform: '$platform',
          neighbourhood: '$neighbourhood',
          audience: '$audience',
          state: '$state',
        },
        count: { $sum: 1 },
      },
    },
  ]);
  return frozen(
    groups.map(({ _id: { platform, ...alike }, count }) => ({ ...alike, chat: { platform }, count })),
  );
}

function toFields(destination: Omit<Destination, 'id'> & { readonly id?: string }): DestinationFields {
  const { chat, kind, title, neighbourhood, audience, state, unreachableWhy, staffId, hasTopics, consent } =
    destination;
  return compact<DestinationFields>({
    chatKey: chatKey(chat),
    platform: chat.platform,
    chatId: chat.chatId,
    kind,
    title,
    neighbourhood,
    audience,
    state,
    unreachableWhy,
    staffId,
    hasTopics,
    consent,
  });
}

function toDestination(raw: unknown): Destination {
  const record = parseRecord(shape, raw, COLLECTION);
  return frozen(
    compact<Destination>({
      id: record._id,
      kind: record.kind,
      chat: { platform: record.platform, chatId: record.chatId },
      title: record.title,
      neighbourhood: record.neighbourhood,
      audience: record.audience,
      state: record.state,
      unreachableWhy: record.unreachableWhy,
      staffId: record.staffId,
      hasTopics: record.hasTopics,
      threadId: record.threadId,
      consent: record.consent,
    }),
  );
}
