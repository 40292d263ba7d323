import type { Model } from 'mongoose';
import { defineModel, insertOnce, type StoredRecord, type StoreParts } from './records.ts';
import { retrying } from './retry.ts';

interface CounterRecord extends StoredRecord {
  readonly value: number;
}

/** Named sequences. A number is given once; one whose answer got lost is skipped, never given twice. */
export interface Counters {
  /** Takes `count` numbers in a row and answers the first; the first of all is 1. */
  take(name: string, count: number): Promise<number>;
}

export function counters({ connection }: StoreParts): Counters {
  const model: Model<CounterRecord> = defineModel<CounterRecord>(connection, 'counters', { value: Number });
  return {
    async take(name, count) {
      // Not an upsert: two that meet on a counter which is not there yet were both given 1.
      for (;;) {
        const after = await retrying(() =>
          model
            .findOneAndUpdate({ _id: name }, { $inc: { value: count } }, { returnDocument: 'after' })
            .lean(),
        );
        if (after) return after.value - count + 1;
        await insertOnce(model, { _id: name, value: 0 });
      }
    },
  };
}
