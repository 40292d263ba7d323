import type { BeatStore } from '#src/app/ports/health.ts';
import { defineModel, type StoredRecord, type StoreParts, updateOrBegin } from './records.ts';

interface BeatRecord extends StoredRecord {
  readonly atMs: number;
}

export function beatStore({ connection }: StoreParts): BeatStore {
  const model = defineModel<BeatRecord>(connection, 'beats', { atMs: Number });
  return {
    async beat(name, atMs) {
      await updateOrBegin(model, { _id: name, atMs }, { $max: { atMs } });
    },
    async lastMs(name) {
      return (await model.findById(name).lean())?.atMs ?? null;
    },
  };
}
