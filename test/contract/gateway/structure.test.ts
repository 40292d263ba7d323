import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { MongoClient } from 'mongodb';
import type { Db } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshDatabaseName, services } from '#test/support/services.ts';

type Row = { _id: number; a?: number; b?: number; open?: boolean };

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

const failureOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'no error',
    (error: unknown) => error,
  );

describe('unique indexes', () => {
  it('refuse a second document with code 11000, the index and its keys', async () => {
    const rows = db.collection<Row>('unique');
    await rows.createIndex({ a: 1 }, { unique: true, name: 'one_a' }, {});
    await rows.insertOne({ _id: 1, a: 1 });
    const failure = await failureOf(rows.insertOne({ _id: 2, a: 1 }));
    expect(failure).toMatchObject({ code: 11000, keyPattern: { a: 1 } });
    expect(String(failure)).toMatch(/E11000 duplicate key error collection: .*unique index: one_a/);
  });

  it('refuse the same _id', async () => {
    const rows = db.collection<Row>('same_id');
    await rows.insertOne({ _id: 1 });
    expect(await failureOf(rows.insertOne({ _id: 1 }))).toMatchObject({
      code: 11000,
      keyPattern: { _id: 1 },
    });
  });

  it('over several fields refuse only the whole combination', async () => {
    const rows = db.collection<Row>('compound');
    await rows.createIndex({ a: 1, b: 1 }, { unique: true }, {});
    await rows.insertMany([
      { _id: 1, a: 1, b: 1 },
      { _id: 2, a: 1, b: 2 },
    ]);
    expect(await failureOf(rows.insertOne({ _id: 3, a: 1, b: 2 }))).toMatchObject({ code: 11000 });
  });

  it('with a partial filter hold only for the documents that match it', async () => {
    const rows = db.collection<Row>('partial');
    await rows.createIndex({ a: 1 }, { unique: true, partialFilterExpression: { open: true } }, {});
    await rows.insertMany([
      { _id: 1, a: 1, open: false },
      { _id: 2, a: 1, open: true },
      { _id: 3, a: 1, open: false },
    ]);
    const failure = await failureOf(rows.insertOne({ _id: 4, a: 1, open: true }));
    expect(failure).toMatchObject({ code: 11000, keyPattern: { a: 1 } });
  });

  it('refuse an update and a findOneAndUpdate that would make a second', async () => {
    const rows = db.collection<Row>('updates');
    await rows.createIndex({ a: 1 }, { unique: true }, {});
    await rows.insertMany([
      { _id: 1, a: 1 },
      { _id: 2, a: 2 },
    ]);
    const change = { $set: { a: 1 } };
    expect(await failureOf(rows.updateOne({ _id: 2 }, change))).toMatchObject({
      code: 11000,
      keyPattern: { a: 1 },
    });
    const failure = await failureOf(rows.findOneAndUpdate({ _id: 2 }, change));
    expect(failure).toMatchObject({ code: 11000, keyPattern: { a: 1 } });
  });

  it('cannot be built over duplicates', async () => {
    const rows = db.collection<Row>('duplicates');
    await rows.insertMany([
      { _id: 1, a: 1 },
      { _id: 2, a: 1 },
    ]);
    expect(await failureOf(rows.createIndex({ a: 1 }, { unique: true }, {}))).toMatchObject({ code: 11000 });
    expect(await rows.indexes()).toHaveLength(1);
  });

  it('let exactly one of many racing upserts insert', async () => {
    const rows = db.collection<{ a: number; n: number }>('race');
    await rows.createIndex({ a: 1 }, { unique: true }, {});
    const upserts = Array.from({ length: 20 }, () =>
      failureOf(rows.updateOne({ a: 1 }, { $inc: { n: 1 } }, { upsert: true })),
    );
    const failures = (await Promise.all(upserts)).filter((result) => result !== 'no error');
    expect(failures.every((failure) => (failure as { code?: unknown }).code === 11000)).toBe(true);
    expect(await rows.find().toArray()).toMatchObject([{ a: 1, n: 20 - failures.length }]);
  });
});

describe('structure', () => {
  it('lists, creates, renames and drops collections and indexes', async () => {
    await db.createCollection('first');
    await db.collection('first').createIndex({ a: -1 }, { name: 'a_down', sparse: true }, {});
    expect(await db.collection('first').indexes()).toMatchObject([
      { name: '_id_' },
      { name: 'a_down', key: { a: -1 }, sparse: true },
    ]);
    await db.collection('first').dropIndex('a_down');
    expect(await failureOf(db.collection('first').dropIndex('a_down'))).toMatchObject({ code: 27 });
    await db.renameCollection('first', 'second');
    const names = (await db.listCollections({}, { nameOnly: true }).toArray()).map(
      (collection) => collection.name,
    );
    expect(names).toContain('second');
    expect(names).not.toContain('first');
    expect(await db.dropCollection('second')).toBe(true);
    expect((await client.db().admin().listDatabases()).databases.map((one) => one.name)).toContain(
      db.databaseName,
    );
  });

  it('makes an index that is there already without harm, and refuses another under its name with code 86', async () => {
    const rows = db.collection<Row>('again');
    await rows.createIndex({ a: 1 }, { name: 'x' }, {});
    await rows.createIndex({ a: 1 }, { name: 'x' }, {});
    expect(await failureOf(rows.createIndex({ b: 1 }, { name: 'x' }, {}))).toMatchObject({ code: 86 });
  });

  it('is made by two processes at the same time without a deadlock', { timeout: 60_000 }, async () => {
    const script = `
      import { MongoClient } from 'mongodb';
      const client = await MongoClient.connect(process.argv[1]);
      const db = client.db(process.argv[2]);
      for (let i = 0; i < 6; i += 1) {
        await db.collection('two' + i).createIndexes([{ key: { a: 1 } }, { key: { b: 1, a: -1 } }, { key: { c: 1 }, unique: true }]);
      }
      await client.close();`;
    const args = ['--input-type=module', '-e', script, services().mongodbUri, db.databaseName];
    const run = () => promisify(execFile)(process.execPath, args, { cwd: process.cwd() });
    await Promise.all([run(), run()]);
    for (let i = 0; i < 6; i += 1) expect(await db.collection(`two${i}`).indexes()).toHaveLength(4);
  });

  it('lets many clients make the same collection by their first insert', async () => {
    const inserts = Array.from({ length: 30 }, (_, _id) =>
      db.collection<Row>('new_for_all').insertOne({ _id }),
    );
    await Promise.all(inserts);
    expect(await db.collection('new_for_all').countDocuments()).toBe(30);
  });
});

describe('errors', () => {
  it('carry the code and name that MongoDB gives', async () => {
    const rows = db.collection<Row>('errors');
    await rows.insertOne({ _id: 1, a: 1 });
    const failures = [
      [() => rows.find({ $bogus: 1 } as never).toArray(), 2, 'BadValue'],
      [() => rows.findOneAndUpdate({ _id: 1 }, { $bogus: { a: 1 } }), 9, 'FailedToParse'],
      [() => db.command({ listIndexes: 'nothing_here' }), 26, 'NamespaceNotFound'],
      [() => db.command({ nonsense: 1 }), 59, 'CommandNotFound'],
      [() => db.command({ getMore: 12345, collection: 'errors' }), 43, 'CursorNotFound'],
      [() => db.command({ update: 'errors', updates: 7 }), 14, 'TypeMismatch'],
    ] as const;
    for (const [failing, code, codeName] of failures) {
      expect(await failureOf(failing())).toMatchObject({ code, codeName });
    }
    const immutable = await failureOf(rows.updateOne({ _id: 1 }, { $set: { _id: 2 } }));
    expect(immutable).toMatchObject({ code: 66 });
    const conflict = await failureOf(rows.updateOne({ _id: 1 }, { $set: { a: 2 }, $inc: { a: 1 } }));
    expect(conflict).toMatchObject({ code: 40 });
  });

  it('come with code 50 when maxTimeMS runs out, and the next command has all the time again', async () => {
    const rows = db.collection<Row>('slow');
    await rows.insertMany(Array.from({ length: 400 }, (_, _id) => ({ _id, a: _id })));
    const nested = [{ $lookup: { from: 'slow', pipeline: [], as: 'y' } }];
    const slow = rows.aggregate([{ $lookup: { from: 'slow', pipeline: nested, as: 'x' } }], {
      maxTimeMS: 20,
    });
    expect(await failureOf(slow.toArray())).toMatchObject({ code: 50, codeName: 'MaxTimeMSExpired' });
    expect(await rows.countDocuments({}, { maxTimeMS: 5_000 })).toBe(400);
  });

  it('refuse a transaction with code 20 instead of carrying it out in parts', async () => {
    const session = client.startSession();
    session.startTransaction();
    const refused = { code: 20, codeName: 'IllegalOperation' };
    expect(await failureOf(db.collection<Row>('tx').findOne({}, { session }))).toMatchObject(refused);
    await session.abortTransaction();
    session.startTransaction();
    const write = await failureOf(db.collection<Row>('tx').insertOne({ _id: 1 }, { session }));
    // The driver takes the code for the refusal of a retryable write and wraps it.
    expect(write).toMatchObject({ originalError: refused });
    await session.abortTransaction();
    await session.endSession();
    expect(await db.collection('tx').countDocuments()).toBe(0);
  });
});
