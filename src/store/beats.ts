import type { BeatStore } from '#src/app/ports/stores.ts';
import { defineModel, type StoredRecord, type StoreParts } from './records.ts';
import { retrying } from './retry.ts';

interface BeatRecord extends StoredRecord {
  readonly atMs: number;
}

export function beatStore({ connection }: StoreParts): BeatStore {
  const model = defineModel<BeatRecord>(connection, 'beats', { atMs: Number });
  return {
    async beat(name, atMs) {
      await retrying(() => model.updateOne({ _id: name }, { $max: { atMs } }, { upsert: true }), {
        duplicatesPass: true,
      });
    },
    async lastMs(name) {
      return (await model.findById(name).lean())?.atMs ?? null;
    },
  };
}
