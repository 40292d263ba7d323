import { type Collection, type FindOptions, MongoClient } from 'mongodb';
import mongoose from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore, type Store } from '#src/store/connect.ts';
import { freshDatabaseUri } from '#test/support/services.ts';

const NOW = 1_700_000_000_000;
const ROWS = 5_000;
/** One of so many is of the unit, the officer and the resident looked for; every second of them is open. */
const ONE_IN = 100;
const OWN = ROWS / ONE_IN;

interface Asked {
  readonly filter: object;
  readonly options: FindOptions;
}

interface Explained {
  readonly queryPlanner: unknown;
  readonly executionStats: { readonly totalDocsExamined: number };
}

let store: Store;
let client: MongoClient;
let cases: Collection<{ _id: string }>;
let asked: Asked[] = [];

beforeAll(async () => {
  const mongodbUri = freshDatabaseUri();
  mongoose.set('debug', (collection: string, method: string, filter: object, options: FindOptions) => {
    if (collection === 'cases' && method === 'find') asked.push({ filter, options });
  });
  store = await openStore({ mongodbUri, dataKey: Buffer.alloc(32, 7).toString('base64') });
  await store.migrate();
  client = await MongoClient.connect(mongodbUri);
  cases = client.db().collection<{ _id: string }>('cases');
  await cases.insertMany(Array.from({ length: ROWS }, (_, n) => rowNo(n)));
});
afterAll(async () => {
  mongoose.set('debug', false);
  await client.db().dropDatabase();
  await client.close();
  await store.close();
});

function rowNo(n: number): { _id: string } & Readonly<Record<string, unknown>> {
  const isOurs = n % ONE_IN === 0;
  return {
    _id: `case-${String(n)}`,
    code: `3-${String(n)}`,
    platform: 'telegram',
    chatId: isOurs ? 'ours' : `r${String(n)}`,
    unitId: isOurs ? 'ours' : `u${String(n % 7)}`,
    handlerId: isOurs ? 'ours' : `h${String(n % 40)}`,
    state: n % (2 * ONE_IN) === 0 ? 'taken' : 'closed',
    createdAtMs: NOW - n,
    dueAtMs: NOW + n,
  };
}

/** What the database says of the one question that the store asked meanwhile. */
async function explained(ask: () => Promise<unknown>) {
  asked = [];
  // The rows hold nothing sealed, which whoever reads them rejects.
  await ask().catch(() => undefined);
  const [{ filter, options } = { filter: {}, options: {} }] = asked;
  const { hint, sort, limit } = options;
  const find = cases.find(filter, { hint, sort, limit } as FindOptions);
  const plan = (await find.explain('executionStats')) as Explained;
  return { index: JSON.stringify(plan.queryPlanner), examined: plan.executionStats.totalDocsExamined };
}

describe('among very many cases', () => {
  const resident = { platform: 'telegram', chatId: 'ours' } as const;
  it.each([
    ['a resident’s own', 'resident', OWN, () => store.cases.ofResident(resident, 8)],
    ['an officer’s open ones', 'handler_state_due', OWN / 2, () => store.cases.openOfHandler('ours', 20)],
    ['a unit’s open ones', 'unit_state_due', OWN / 2, () => store.cases.openOfUnit('ours', 20)],
  ])('%s are found by an index, and no other case is looked at', async (_, index, rows, ask) => {
    const seen = await explained(ask);
    expect(seen.index).toContain(`"indexName":"${index}"`);
    expect(seen.examined).toBeLessThanOrEqual(rows);
  });
});
