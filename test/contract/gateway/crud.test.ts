import { MongoClient } from 'mongodb';
import type { Db } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshDatabaseName, services } from '#test/support/services.ts';

type Item = { _id: number; name?: string; count?: number; tags?: string[]; big?: bigint };

let client: MongoClient;
let db: Db;

beforeAll(async () => {
  client = await MongoClient.connect(services().mongodbUri);
  db = client.db(freshDatabaseName());
});

afterAll(async () => {
  await db.dropDatabase();
  await client.close();
});

describe('documents', () => {
  it('come back as they were written', async () => {
    const items = db.collection<Item>('documents');
    const written = { _id: 1, name: 'Khu phố 3 – tổ 12', count: 2.5, tags: ['a', 'ă', 'â'] };
    await items.insertOne(written);
    expect(await items.findOne({ _id: 1 })).toEqual(written);
  });

  it('keep their numeric types', async () => {
    const { Int32, Double, Long, Decimal128 } = await import('mongodb');
    const numbers = db.collection('numbers');
    const written = {
      _id: 'n' as never,
      int: new Int32(1),
      double: new Double(1),
      long: Long.fromString('9007199254740993'),
      decimal: Decimal128.fromString('1.10'),
    };
    await numbers.insertOne(written);
    const read = await numbers.findOne({}, { promoteValues: false });
    expect(read?.['int']).toBeInstanceOf(Int32);
    expect(read?.['double']).toBeInstanceOf(Double);
    expect(String(read?.['long'])).toBe('9007199254740993');
    expect(String(read?.['decimal'])).toBe('1.10');
  });

  it('are updated, replaced, counted and deleted', async () => {
    const items = db.collection<Item>('changes');
    await items.insertMany([1, 2, 3].map((_id) => ({ _id, count: _id })));
    expect(await items.updateOne({ _id: 1 }, { $inc: { count: 10 } })).toMatchObject({ modifiedCount: 1 });
    expect(await items.updateMany({}, { $set: { name: 'x' } })).toMatchObject({
      matchedCount: 3,
      modifiedCount: 3,
    });
    await items.replaceOne({ _id: 2 }, { name: 'replaced' });
    expect(await items.deleteOne({ _id: 3 })).toMatchObject({ deletedCount: 1 });
    expect(await items.find().sort({ _id: 1 }).toArray()).toEqual([
      { _id: 1, count: 11, name: 'x' },
      { _id: 2, name: 'replaced' },
    ]);
    expect(await items.countDocuments({ name: 'x' })).toBe(1);
    // An estimate by its name: what was deleted just now may still be in it.
    expect([2, 3]).toContain(await items.estimatedDocumentCount());
    expect(await items.distinct('name')).toEqual(['replaced', 'x']);
  });

  it('are inserted by an upsert that finds none and changed by one that does', async () => {
    const items = db.collection<Item>('upserts');
    const first = await items.updateOne({ _id: 7 }, { $inc: { count: 1 } }, { upsert: true });
    const second = await items.updateOne({ _id: 7 }, { $inc: { count: 1 } }, { upsert: true });
    expect([first.upsertedId, first.upsertedCount, second.upsertedCount]).toEqual([7, 1, 0]);
    expect(await items.findOne({ _id: 7 })).toEqual({ _id: 7, count: 2 });
  });

  it('are given back before or after findOneAndUpdate, and null when there is none', async () => {
    const items = db.collection<Item>('taken');
    await items.insertOne({ _id: 1, count: 1 });
    expect(await items.findOneAndUpdate({ _id: 1 }, { $inc: { count: 1 } })).toEqual({ _id: 1, count: 1 });
    const after = await items.findOneAndUpdate(
      { _id: 1 },
      { $inc: { count: 1 } },
      { returnDocument: 'after' },
    );
    expect(after).toEqual({ _id: 1, count: 3 });
    expect(await items.findOneAndUpdate({ _id: 2 }, { $inc: { count: 1 } })).toBeNull();
    expect(await items.findOneAndDelete({ _id: 1 })).toEqual({ _id: 1, count: 3 });
  });

  it('are claimed once each by clients that ask at the same time', async () => {
    const items = db.collection<Item>('claims');
    await items.insertMany(Array.from({ length: 100 }, (_, _id) => ({ _id, count: 0 })));
    const claim = () => items.findOneAndUpdate({ count: 0 }, { $set: { count: 1 } });
    const claimed = await Promise.all(Array.from({ length: 100 }, claim));
    expect(new Set(claimed.map((item) => item?._id)).size).toBe(100);
  });

  it('can be as large as 16 MB', async () => {
    const items = db.collection<Item>('large');
    const name = 'x'.repeat(16 * 1024 * 1024 - 200);
    await items.insertOne({ _id: 1, name });
    expect((await items.findOne({ _id: 1 }))?.name).toHaveLength(name.length);
  });
});

describe('bulkWrite', () => {
  const duplicateInTheMiddle = [1, 2, 1, 3].map((_id) => ({ insertOne: { document: { _id } } }));

  it('stops at the first error when ordered, and says which one', async () => {
    const items = db.collection<Item>('ordered');
    const failure = await items.bulkWrite(duplicateInTheMiddle).catch((error: unknown) => error);
    expect(failure).toMatchObject({
      code: 11000,
      insertedCount: 2,
      writeErrors: [{ index: 2, code: 11000 }],
    });
    expect(await items.countDocuments()).toBe(2);
  });

  it('goes on after an error when unordered', async () => {
    const items = db.collection<Item>('unordered');
    const failure = await items
      .bulkWrite(duplicateInTheMiddle, { ordered: false })
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({
      code: 11000,
      insertedCount: 3,
      writeErrors: [{ index: 2, code: 11000 }],
    });
  });

  it('mixes inserts, updates, upserts and deletes', async () => {
    const items = db.collection<Item>('mixed');
    const result = await items.bulkWrite([
      { insertOne: { document: { _id: 1 } } },
      { insertOne: { document: { _id: 2 } } },
      { updateOne: { filter: { _id: 1 }, update: { $set: { name: 'one' } } } },
      { updateOne: { filter: { _id: 9 }, update: { $set: { name: 'nine' } }, upsert: true } },
      { deleteOne: { filter: { _id: 2 } } },
    ]);
    expect(result).toMatchObject({ insertedCount: 2, modifiedCount: 1, upsertedCount: 1, deletedCount: 1 });
    expect(result.upsertedIds).toEqual({ 3: 9 });
  });

  it(
    'of two clients that update the same rows in opposite order loses nothing',
    { timeout: 20_000 },
    async () => {
      const items = db.collection<Item>('opposite');
      const ids = Array.from({ length: 50 }, (_, _id) => _id);
      await items.insertMany(ids.map((_id) => ({ _id, count: 0 })));
      const increments = (order: number[]) =>
        order.map((_id) => ({ updateOne: { filter: { _id }, update: { $inc: { count: 1 } } } }));
      const rounds = Array.from({ length: 10 }, async () => {
        await Promise.all([items.bulkWrite(increments(ids)), items.bulkWrite(increments(ids.toReversed()))]);
      });
      await Promise.all(rounds);
      expect(await items.distinct('count')).toEqual([20]);
    },
  );
});
