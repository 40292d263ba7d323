import { MongoClient } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { openStore } from '#src/store/connect.ts';
import { INDEXES } from '#src/store/indexes.ts';
import { freshDatabaseName, services } from '#test/support/services.ts';
import { DATA_KEY, useDatabase } from './harness.ts';
import { delivery, event } from './samples.ts';

describe('the migration', () => {
  it('makes every index once when several processes start together on an empty database', async () => {
    const { mongodbUri } = services();
    const databaseName = freshDatabaseName();
    const open = () => openStore({ mongodbUri, databaseName, dataKey: DATA_KEY });
    const stores = await Promise.all([open(), open(), open()]);
    await Promise.all(stores.map((store) => store.migrate()));
    await stores[0].migrate();

    const client = await MongoClient.connect(mongodbUri, { retryWrites: false });
    const db = client.db(databaseName);
    for (const [collection, indexes] of Object.entries(INDEXES)) {
      const names = (await db.collection(collection).indexes()).map((index) => index.name);
      expect(names.sort()).toEqual(['_id_', ...indexes.map((index) => index.name)].sort());
    }
    expect(await db.collection('migrations').find().toArray()).toEqual([]);
    await Promise.all(stores.map((store) => store.close()));
    await db.dropDatabase();
    await client.close();
  });

  it('takes the lock over from a process that died holding it', async () => {
    const { mongodbUri } = services();
    const databaseName = freshDatabaseName();
    const client = await MongoClient.connect(mongodbUri, { retryWrites: false });
    const db = client.db(databaseName);
    await db
      .collection<{ _id: string }>('migrations')
      .insertOne({ _id: 'lock', token: 'dead', untilMs: 5 } as { _id: string });
    const store = await openStore({ mongodbUri, databaseName, dataKey: DATA_KEY });
    await store.migrate();
    await store.ping();
    await store.close();
    await db.dropDatabase();
    await client.close();
  });
});

describe('a store that cannot work', () => {
  const database = useDatabase();

  it('refuses a key that is not 32 bytes before it connects', async () => {
    const { mongodbUri } = services();
    await expect(openStore({ mongodbUri, dataKey: 'c2hvcnQ=' })).rejects.toThrow(/32 bytes/u);
  });

  it('throws once it is closed instead of waiting', async () => {
    const store = await database().openAnother();
    await store.close();
    await expect(store.inbox.add(event())).rejects.toThrow();
    await expect(store.ping()).rejects.toThrow();
  });

  it('gives frozen values, so that nobody changes what he shares with others', async () => {
    const { store } = database();
    await store.deliveries.insert([delivery()]);
    const row = await store.deliveries.get('d1');
    expect(Object.isFrozen(row) && Object.isFrozen(row?.sentParts) && Object.isFrozen(row?.target)).toBe(
      true,
    );
  });
});
