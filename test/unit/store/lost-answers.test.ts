import { type Model, mongo } from 'mongoose';
import { describe, expect, it } from 'vitest';
import { insertOnce, type StoredRecord, updateGuarded } from '#src/store/records.ts';
import { retrying } from '#src/store/retry.ts';

interface Row extends StoredRecord {
  readonly rev: number;
}

const duplicateKey = () => new mongo.MongoServerError({ message: 'E11000', code: 11000 });
const lost = () => new mongo.MongoNetworkError('connection closed');
const serverError = (code: number) => new mongo.MongoServerError({ message: `code ${code}`, code });

/** One row behind the four calls that are used. The first `answersLost` writes are done and their answers get lost. */
function lossyModel(start: Row | null, answersLost: number) {
  let row = start;
  let left = answersLost;
  const answer = <T>(value: T): Promise<T> => {
    if (left === 0) return Promise.resolve(value);
    left -= 1;
    return Promise.reject(lost());
  };
  const matches = (filter: Partial<Row>): boolean =>
    Object.entries(filter).every(([field, value]) => row?.[field as keyof Row] === value);
  const model = {
    insertMany: ([added]: [Row]) => {
      if (row !== null) return Promise.reject(duplicateKey());
      row = added;
      return answer(undefined);
    },
    updateOne: (filter: Partial<Row>, update: { $set: Partial<Row> }) => {
      const matched = row !== null && matches(filter);
      if (matched) row = { ...(row as Row), ...update.$set };
      return answer({ matchedCount: matched ? 1 : 0 });
    },
    exists: (filter: Partial<Row>) => Promise.resolve(matches(filter) ? { _id: 'a' } : null),
  };
  return model as unknown as Model<Row>;
}

describe('a write whose answer got lost', () => {
  it('counts as inserted when the row that is there is its own', async () => {
    expect(await insertOnce(lossyModel(null, 1), { _id: 'a', rev: 1 })).toBe(true);
    expect(await insertOnce(lossyModel({ _id: 'a', rev: 1, write: 'other' }, 0), { _id: 'a', rev: 1 })).toBe(
      false,
    );
  });

  it('counts as saved when the change that is there is its own, and as conflict when it is not', async () => {
    const change = { $set: { rev: 2 } };
    expect(await updateGuarded(lossyModel({ _id: 'a', rev: 1 }, 1), 'a', { rev: 1 }, change)).toBe(true);
    expect(await updateGuarded(lossyModel({ _id: 'a', rev: 5 }, 1), 'a', { rev: 1 }, change)).toBe(false);
    expect(await updateGuarded(lossyModel({ _id: 'a', rev: 5 }, 0), 'a', { rev: 1 }, change)).toBe(false);
  });
});

describe('retrying', () => {
  const failing = (error: Error) => {
    let attempts = 0;
    const work = () => {
      attempts += 1;
      return Promise.reject(error);
    };
    return { work, attempts: () => attempts };
  };

  it.each([lost(), serverError(91), serverError(112)])(
    'repeats after %s, but not for ever',
    async (error) => {
      const { work, attempts } = failing(error);
      await expect(retrying(work)).rejects.toBe(error);
      expect(attempts()).toBe(4);
    },
  );

  it.each([new Error('bug'), serverError(2), duplicateKey()])('does not repeat after %s', async (error) => {
    const { work, attempts } = failing(error);
    await expect(retrying(work)).rejects.toBe(error);
    expect(attempts()).toBe(1);
  });

  it('repeats an upsert that met another one on the same new key', async () => {
    const answers = [Promise.reject(duplicateKey()), Promise.resolve('done')];
    expect(await retrying(() => answers.shift() ?? Promise.reject(lost()), { duplicatesPass: true })).toBe(
      'done',
    );
  });
});
