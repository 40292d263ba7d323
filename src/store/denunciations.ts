import { z } from 'zod';
import type { DenunciationStore, LockedRow } from '#src/app/ports/denunciations.ts';
import type { LockedWords } from '#src/domain/denunciation.ts';
import { defineModel, frozen, parseRecord, type StoredRecord, type StoreParts } from './records.ts';
import { retrying } from './retry.ts';
import type { Sealing } from './sealing.ts';

const COLLECTION = 'denunciations';

/** A day and a sealed text. The id is a keyed hash: it leads to no message and to no person. */
const shape = z.object({ _id: z.string(), day: z.string(), sealed: z.string() });
type DenunciationRecord = z.infer<typeof shape> & StoredRecord;

/** `key`: of a key that seals nothing else; null where the ward has none, and then nothing is kept. */
export function denunciationStore({ connection }: StoreParts, key: Sealing | null): DenunciationStore {
  const model = defineModel<DenunciationRecord>(connection, COLLECTION, { day: String, sealed: String });
  const handleOf = (sealing: Sealing, lockedId: string): string => sealing.fingerprint(`locked ${lockedId}`);
  const context = (handle: string): string => `${COLLECTION}/${handle}`;
  const read = (sealing: Sealing, raw: unknown): LockedRow => {
    const { _id: handle, day, sealed } = parseRecord(shape, raw, COLLECTION);
    return frozen({ handle, day, matter: sealing.open(sealed, context(handle)) as LockedWords });
  };
  const open = async (handle: string): Promise<LockedRow | null> => {
    const raw = key && (await model.findById(handle).lean());
    return key && raw ? read(key, raw) : null;
  };

  return {
    keeps: key !== null,
    seal: (lockedId, matter) => key && key.seal(matter, context(handleOf(key, lockedId))),
    async put(lockedId, sealed, day) {
      if (!key) return;
      const _id = handleOf(key, lockedId);
      await retrying(() => model.updateOne({ _id }, { $set: { day, sealed } }, { upsert: true }));
    },
    find: async (lockedId) => (key ? ((await open(handleOf(key, lockedId)))?.matter ?? null) : null),
    async forget(lockedId) {
      if (key) await retrying(() => model.deleteOne({ _id: handleOf(key, lockedId) }));
    },
    async list(limit) {
      if (!key) return [];
      const rows = await model.find().sort({ day: -1 }).limit(limit).lean();
      return rows.map((raw) => read(key, raw));
    },
    open,
  };
}
