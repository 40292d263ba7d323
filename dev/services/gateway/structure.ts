import { BSON } from 'mongodb';
import type { Command, Reply } from './command.ts';
import { bsonBytes } from './database.ts';
import type { Sql } from './database.ts';
import { CommandError } from './errors.ts';
import { asMongoError } from './writes.ts';

/** Changes of structure, one at a time (see Database.exclusively). */

const sql = {
  create: { name: 'create', text: 'SELECT documentdb_api.create_collection_view($1, $2) AS document' },
  collMod: { name: 'coll_mod', text: 'SELECT documentdb_api.coll_mod($1, $2, $3) AS document' },
  rename: { name: 'rename', text: 'SELECT documentdb_api.rename_collection($1, $2, $3, $4)' },
  drop: { name: 'drop', text: 'SELECT documentdb_api.drop_collection($1, $2) AS dropped' },
  dropDatabase: { name: 'drop_database', text: 'SELECT documentdb_api.drop_database($1)' },
  // The background form lets duplicates in for a while; this one holds the collection until the index stands.
  createIndexes: {
    name: 'create_indexes',
    text: 'SELECT documentdb_api_internal.create_indexes_non_concurrently($1, $2, true) AS document',
  },
  dropIndexes: { name: 'drop_indexes', text: 'CALL documentdb_api.drop_indexes($1, $2)' },
} satisfies Record<string, Sql>;

export async function create(command: Command): Promise<Reply> {
  const { database } = command.backend;
  const row = await database.exclusively(() => database.call(sql.create, [command.db, command.body]));
  return bsonBytes(row['document']);
}

export async function collMod(command: Command): Promise<Reply> {
  const { database } = command.backend;
  const values = [command.db, command.collection(), command.body];
  const row = await database.exclusively(() => database.call(sql.collMod, values));
  return bsonBytes(row['document']);
}

const namespaceParts = (value: unknown): readonly [db: string, collection: string] => {
  const [, db, collection] = /^([^.]+)\.(.+)$/.exec(String(value)) ?? [];
  if (db === undefined || collection === undefined) {
    throw new CommandError('InvalidNamespace', `Invalid namespace: ${String(value)}`);
  }
  return [db, collection];
};

export async function renameCollection(command: Command): Promise<Reply> {
  const { database } = command.backend;
  const [db, from] = namespaceParts(command.value('renameCollection'));
  const [targetDb, to] = namespaceParts(command.value('to'));
  if (db !== targetDb)
    throw new CommandError('CommandNotSupported', 'a collection cannot move to another database');
  const dropTarget = command.value('dropTarget') === true;
  await database.exclusively(() => database.call(sql.rename, [db, from, to, dropTarget]));
  return { ok: 1 };
}

export async function drop(command: Command): Promise<Reply> {
  const { database } = command.backend;
  const collection = command.collection();
  await database.exclusively(() => database.call(sql.drop, [command.db, collection]));
  return { ns: `${command.db}.${collection}`, ok: 1 };
}

export async function dropDatabase(command: Command): Promise<Reply> {
  const { database } = command.backend;
  await database.exclusively(() => database.call(sql.dropDatabase, [command.db]));
  return { dropped: command.db, ok: 1 };
}

export async function createIndexes(command: Command): Promise<Reply> {
  const { database } = command.backend;
  try {
    const row = await database.exclusively(() =>
      database.call(sql.createIndexes, [command.db, command.body]),
    );
    const reply = BSON.deserialize(bsonBytes(row['document']));
    const raw = reply['raw'] as { defaultShard?: Record<string, unknown> } | undefined;
    return { ...raw?.defaultShard, ok: reply['ok'] === 0 ? 0 : 1 };
  } catch (error) {
    throw await asMongoError(command, error);
  }
}

export async function dropIndexes(command: Command): Promise<Reply> {
  const { database } = command.backend;
  const row = await database.exclusively(() => database.call(sql.dropIndexes, [command.db, command.body]));
  return { nIndexesWas: BSON.deserialize(bsonBytes(row['retval']))['nIndexesWas'] as unknown, ok: 1 };
}
