import { GridFSBucket, MongoClient } from 'mongodb';
import type { Collection, Db } from 'mongodb';
import { randomBytes } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshDatabaseName, services } from '#test/support/services.ts';

type Row = { _id: number; group: number; at?: Date };

let client: MongoClient;
let db: Db;
let rows: Collection<Row>;

beforeAll(async () => {
  client = await MongoClient.connect(services().mongodbUri, { maxPoolSize: 100 });
  db = client.db(freshDatabaseName());
  rows = db.collection<Row>('rows');
  await rows.insertMany(Array.from({ length: 1_000 }, (_, _id) => ({ _id, group: _id % 10 })));
});

afterAll(async () => {
  await db.dropDatabase();
  await client.close();
});

describe('cursors', () => {
  it('give every document once over many batches', async () => {
    const ids = (await rows.find().batchSize(7).toArray()).map((row) => row._id);
    expect(new Set(ids).size).toBe(1_000);
    expect(ids).toHaveLength(1_000);
  });

  it('keep their order over many batches', async () => {
    const sorted = await rows.find().sort({ group: 1, _id: -1 }).batchSize(33).toArray();
    const expected = (await rows.find().toArray()).sort((a, b) => a.group - b.group || b._id - a._id);
    expect(sorted).toEqual(expected);
  });

  it('honour limit, skip and projection', async () => {
    const page = await rows
      .find()
      .sort({ _id: 1 })
      .skip(10)
      .limit(5)
      .project({ group: 0 })
      .batchSize(2)
      .toArray();
    expect(page).toEqual([10, 11, 12, 13, 14].map((_id) => ({ _id })));
  });

  it('of an aggregation go on in later batches', async () => {
    const pages = rows.aggregate([{ $sort: { _id: -1 } }, { $limit: 500 }], { batchSize: 9 });
    expect(await pages.toArray()).toHaveLength(500);
  });

  it('that are closed early can be asked no more', async () => {
    const first = await db.command({ find: 'rows', sort: { group: 1 }, batchSize: 2 });
    const { id } = first['cursor'] as { id: unknown };
    expect(await db.command({ killCursors: 'rows', cursors: [id] })).toMatchObject({ cursorsKilled: [id] });
    await expect(db.command({ getMore: id, collection: 'rows' })).rejects.toMatchObject({ code: 43 });
  });

  it(
    'left open with a sort by 100 clients do not keep others from working',
    { timeout: 60_000 },
    async () => {
      const cursors = Array.from({ length: 100 }, () => rows.find().sort({ group: 1 }).batchSize(100));
      for (const cursor of cursors) await cursor.next();
      expect(await rows.countDocuments()).toBe(1_000);
      const rest = await Promise.all(cursors.map(async (cursor) => (await cursor.toArray()).length));
      expect(new Set(rest)).toEqual(new Set([999]));
    },
  );
});

describe('aggregation', () => {
  it('groups and sorts', async () => {
    const groups = rows.aggregate([{ $group: { _id: '$group', count: { $sum: 1 } } }, { $sort: { _id: 1 } }]);
    expect(await groups.toArray()).toEqual(Array.from({ length: 10 }, (_, _id) => ({ _id, count: 100 })));
  });

  it('joins by $lookup', async () => {
    await db.collection<{ _id: number; name: string }>('groups').insertOne({ _id: 3, name: 'khu phố 3' });
    const joined = rows.aggregate([
      { $match: { _id: 13 } },
      { $lookup: { from: 'groups', localField: 'group', foreignField: '_id', as: 'of' } },
    ]);
    expect(await joined.toArray()).toEqual([{ _id: 13, group: 3, of: [{ _id: 3, name: 'khu phố 3' }] }]);
  });

  it('answers several questions at once by $facet', async () => {
    const facets = rows.aggregate([
      {
        $facet: {
          all: [{ $count: 'n' }],
          low: [{ $match: { _id: { $lt: 2 } } }, { $project: { group: 0 } }],
        },
      },
    ]);
    expect(await facets.toArray()).toEqual([{ all: [{ n: 1_000 }], low: [{ _id: 0 }, { _id: 1 }] }]);
  });

  it('writes dates in the time zone asked for', async () => {
    const dated = db.collection<Row>('dated');
    await dated.insertOne({ _id: 1, group: 0, at: new Date('2026-05-09T17:30:00Z') });
    const format = { date: '$at', format: '%Y-%m-%d %H:%M', timezone: 'Asia/Ho_Chi_Minh' };
    const local = await dated.aggregate([{ $project: { local: { $dateToString: format } } }]).toArray();
    expect(local).toEqual([{ _id: 1, local: '2026-05-10 00:30' }]);
  });

  it('merges its result into another collection', async () => {
    await rows.aggregate([{ $match: { _id: { $lt: 3 } } }, { $merge: { into: 'merged' } }]).toArray();
    expect(await db.collection('merged').countDocuments()).toBe(3);
  });
});

describe('GridFS', () => {
  it('gives back the bytes of a file, whole and in part, and deletes it', async () => {
    const bucket = new GridFSBucket(db);
    const bytes = randomBytes(3 * 1024 * 1024 + 17);
    const upload = bucket.openUploadStream('photo.jpg', { metadata: { caseId: 'c1' } });
    await pipeline(Readable.from([bytes]), upload);
    expect((await buffer(bucket.openDownloadStream(upload.id))).equals(bytes)).toBe(true);
    const part = await buffer(bucket.openDownloadStream(upload.id, { start: 300_000, end: 900_000 }));
    expect(part.equals(bytes.subarray(300_000, 900_000))).toBe(true);
    expect(await bucket.find({ 'metadata.caseId': 'c1' }).toArray()).toMatchObject([
      { length: bytes.length },
    ]);
    await bucket.delete(upload.id);
    expect(await db.collection('fs.chunks').countDocuments()).toBe(0);
  });
});

describe('explain', () => {
  it('says whether an index was used, and which', async () => {
    await rows.createIndex({ group: 1, _id: 1 }, { name: 'by_group' }, {});
    const used = await rows.find({ group: 3 }).explain('queryPlanner');
    expect(used['queryPlanner']).toMatchObject({ winningPlan: { stage: 'IXSCAN', indexName: 'by_group' } });
    const none = await rows.find({ at: new Date(0) }).explain('executionStats');
    expect(none['queryPlanner']).toMatchObject({ winningPlan: { stage: 'COLLSCAN' } });
    expect(none['executionStats']).toMatchObject({ nReturned: 0, totalDocsExamined: 1_000 });
  });

  it('explains an aggregation', async () => {
    const plan = await rows.aggregate([{ $match: { _id: 5 } }]).explain();
    expect(plan['queryPlanner']).toMatchObject({ winningPlan: { stage: 'IXSCAN', indexName: '_id_' } });
  });
});

describe('many clients', () => {
  it(
    '50 at once, each with a connection of its own, all get their own answers',
    { timeout: 60_000 },
    async () => {
      const clients = await Promise.all(
        Array.from({ length: 50 }, () => MongoClient.connect(services().mongodbUri, { maxPoolSize: 1 })),
      );
      const answers = clients.map(async (one, index) => {
        const own = one.db(db.databaseName).collection<Row>('many');
        for (let step = 0; step < 10; step += 1)
          await own.insertOne({ _id: index * 100 + step, group: index });
        return (await own.find({ group: index }).toArray()).length;
      });
      expect(new Set(await Promise.all(answers))).toEqual(new Set([10]));
      await Promise.all(clients.map((one) => one.close()));
    },
  );
});
