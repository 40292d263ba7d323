import type { Model } from 'mongoose';
import { begun, defineModel, type StoredRecord, type StoreParts } from './records.ts';
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
      const after = await begun(model, { _id: name, value: 0 }, () =>
        retrying(() =>
          model
            .findOneAndUpdate({ _id: name }, { $inc: { value: count } }, { returnDocument: 'after' })
            .lean(),
        ),
      );
      return after.value - count + 1;
    },
  };
}
