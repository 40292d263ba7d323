import { z } from 'zod';
import type { CarriedWords, CarriedWordsStore } from '#src/app/ports/stores.ts';
import { chatKey } from '#src/domain/inbound.ts';
import {
  defineModel,
  frozen,
  insertOnce,
  parseRecord,
  type StoredRecord,
  type StoreParts,
} from './records.ts';
import { retrying } from './retry.ts';

const COLLECTION = 'carried_words';

const shape = z.object({
  /** Of the token, which opens the words: who reads the database does not learn it. */
  _id: z.string(),
  senderKey: z.string(),
  chatKey: z.string(),
  expiresAtMs: z.number(),
  /** Token and words. */
  sealed: z.string(),
});

type CarriedRecord = z.infer<typeof shape> & StoredRecord;

export function carriedWordsStore({ connection, sealing }: StoreParts): CarriedWordsStore {
  const model = defineModel<CarriedRecord>(connection, COLLECTION, {
    senderKey: String,
    chatKey: String,
    expiresAtMs: Number,
    sealed: String,
  });
  const idOf = (token: string): string => sealing.fingerprint(`carried words ${token}`);
  const context = (id: string): string => `${COLLECTION}/${id}`;

  const open = async (raw: unknown, nowMs: number): Promise<CarriedWords | null> => {
    // What nobody came for must not stay: every look-up also clears away.
    await retrying(() => model.deleteMany({ expiresAtMs: { $lte: nowMs } }));
    if (raw === null) return null;
    const record = parseRecord(shape, raw, COLLECTION);
    return frozen(sealing.open(record.sealed, context(record._id)) as CarriedWords);
  };

  return {
    async put(token, words, chat, senderId, expiresAtMs) {
      const id = idOf(token);
      await insertOnce(model, {
        _id: id,
        senderKey: `${chat.platform}:${senderId}`,
        chatKey: chatKey(chat),
        expiresAtMs,
        sealed: sealing.seal({ token, words }, context(id)),
      });
    },

    async find(token, nowMs) {
      return open(await model.findOne({ _id: idOf(token), expiresAtMs: { $gt: nowMs } }).lean(), nowMs);
    },

    async findOfSender(platform, senderId, nowMs) {
      const filter = { senderKey: `${platform}:${senderId}`, expiresAtMs: { $gt: nowMs } };
      return open(await model.findOne(filter).sort({ expiresAtMs: -1 }).lean(), nowMs);
    },

    async forget(token) {
      await retrying(() => model.deleteOne({ _id: idOf(token) }));
    },
  };
}
