import { MongoClient } from 'mongodb';
import { afterAll, beforeAll, beforeEach, describe } from 'vitest';
import { openStore, type Store } from '#src/store/connect.ts';
import { memoryStores } from '#test/support/memory-stores.ts';
import { freshDatabaseName, services } from '#test/support/services.ts';

const DENUNCIATION_KEY = Buffer.alloc(32, 8).toString('base64');
export const DATA_KEY = Buffer.alloc(32, 7).toString('base64');

export type Stores = Omit<Store, 'ping' | 'migrate' | 'close'>;

/** What a suite is given: the stores of the running test, empty at its start, and the real time they live in. */
export interface Bench {
  readonly stores: () => Stores;
  readonly realTime: { nowMs: number };
}

/** Runs one suite twice: against the database, and against the fakes which other tests use in its place. */
export function describeStores(name: string, suite: (bench: Bench) => void): void {
  describe(`${name} in memory`, () => {
    const realTime = { nowMs: 0 };
    let stores: Stores;
    beforeEach(() => {
      realTime.nowMs = 1_000_000;
      stores = memoryStores({ realNowMs: () => realTime.nowMs });
    });
    suite({ stores: () => stores, realTime });
  });

  describe(`${name} in the database`, () => {
    const realTime = { nowMs: 0 };
    const database = useDatabase(() => realTime.nowMs);
    beforeEach(() => {
      realTime.nowMs = 1_000_000;
    });
    suite({ stores: () => database().store, realTime });
  });
}

export interface RawDocument {
  readonly collection: string;
  readonly document: Record<string, unknown>;
}

export interface TestDatabase {
  readonly store: Store;
  /** A second process, as far as the database can tell. */
  readonly openAnother: (dataKey?: string, denunciationKey?: string | null) => Promise<Store>;
  /** Every document as it lies in the database, with its collection. */
  readonly raw: () => Promise<readonly RawDocument[]>;
  /** A row as an older release wrote it. */
  readonly insertRaw: (collection: string, row: Record<string, unknown> & { _id: string }) => Promise<void>;
}

/** A migrated database for the tests of this block, empty before each of them. */
export function useDatabase(realNowMs: () => number = Date.now): () => TestDatabase {
  const databaseName = freshDatabaseName();
  const opened: Store[] = [];
  let client: MongoClient;
  let store: Store;

  const openAnother: TestDatabase['openAnother'] = async (
    dataKey = DATA_KEY,
    denunciationKey = DENUNCIATION_KEY,
  ) => {
    const { mongodbUri } = services();
    const another = await openStore({
      mongodbUri,
      databaseName,
      dataKey,
      denunciationKey: denunciationKey ?? undefined,
      realNowMs,
    });
    opened.push(another);
    return another;
  };
  const collections = () => client.db(databaseName).collections();
  const raw = async () => {
    const found: RawDocument[] = [];
    for (const collection of await collections())
      for (const document of await collection.find().toArray())
        found.push({ collection: collection.collectionName, document });
    return found;
  };

  const insertRaw: TestDatabase['insertRaw'] = async (collection, row) => {
    await client.db(databaseName).collection<{ _id: string }>(collection).insertOne(row);
  };

  beforeAll(async () => {
    client = await MongoClient.connect(services().mongodbUri, { retryWrites: false });
    store = await openAnother();
    await store.migrate();
  });
  beforeEach(async () => {
    await Promise.all((await collections()).map((collection) => collection.deleteMany({})));
  });
  afterAll(async () => {
    await Promise.all(opened.map((one) => one.close()));
    await client.db(databaseName).dropDatabase();
    await client.close();
  });
  return () => ({ store, openAnother, raw, insertRaw });
}
