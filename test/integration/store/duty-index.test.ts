import { type Collection, MongoClient } from 'mongodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openStore, type Store } from '#src/store/connect.ts';
import { duty } from '#test/contract/store/samples.ts';
import { freshDatabaseUri } from '#test/support/services.ts';

const NOW = 1_700_000_000_000;
const DUE = 3;

let store: Store;
let client: MongoClient;
let duties: Collection<{ _id: string }>;

beforeAll(async () => {
  const mongodbUri = freshDatabaseUri();
  store = await openStore({ mongodbUri, dataKey: Buffer.alloc(32, 7).toString('base64') });
  await store.migrate();
  client = await MongoClient.connect(mongodbUri);
  duties = client.db().collection<{ _id: string }>('duties');
  const rows = Array.from({ length: 5_000 }, (_, n) => {
    const { id, ...fields } = duty({ id: `D-${String(n)}`, nextAtMs: n < DUE ? NOW - n : NOW + 1 + n });
    return { _id: id, ...fields };
  });
  await duties.insertMany(rows, { ordered: false });
});
afterAll(async () => {
  await client.db().dropDatabase();
  await client.close();
  await store.close();
});

it('the next reminder of each duty is found by an index that holds nothing else, and only what is due is looked at', async () => {
  expect(await store.duties.due(NOW, 50)).toHaveLength(DUE);
  const asked = duties.find({ nextAtMs: { $gt: 0, $lte: NOW } }).sort({ nextAtMs: 1, _id: 1 });
  const { executionStats } = await asked.limit(50).explain('executionStats');
  expect(executionStats).toMatchObject({ nReturned: DUE, totalDocsExamined: DUE });
  const { queryPlanner } = await asked.explain('queryPlanner');
  expect(JSON.stringify(queryPlanner)).toContain('"indexName":"next"');
  const indexes = await duties.indexes();
  expect(indexes.find(({ name }) => name === 'next')).toMatchObject({
    key: { nextAtMs: 1 },
    partialFilterExpression: { nextAtMs: { $gt: 0 } },
  });
});
