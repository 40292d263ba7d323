import { BSON } from 'mongodb';
import type { Command } from './command.ts';
import type { Sql } from './database.ts';
import { bsonBytes } from './database.ts';
import { CommandError } from './errors.ts';

/** The engine's text names only the index (or PostgreSQL's constraint); MongoDB's answer has its keys too. */

const indexSql: Sql = {
  name: 'index_of_duplicate',
  text: `SELECT (i.index_spec).index_name AS name, (i.index_spec).index_key AS key
         FROM documentdb_api_catalog.collection_indexes i
         JOIN documentdb_api_catalog.collections c USING (collection_id)
         WHERE c.database_name = $1 AND c.collection_name = $2
           AND ((i.index_spec).index_name = $3 OR i.index_id = $4)
         LIMIT 1`,
};

/** The error 11000 for the engine's text of a duplicate. */
export async function duplicateKey(command: Command, text: string): Promise<CommandError> {
  const collection = command.collection();
  const name = /Index '([^']+)'/.exec(text)?.[1] ?? '';
  const id = Number(/documents_rum_index_(\d+)/.exec(text)?.[1] ?? 0);
  const row = await command.backend.database.call(indexSql, [command.db, collection, name, id]);
  const found = typeof row['key'] === 'string';
  const indexName = found ? String(row['name']) : name === '' ? '_id_' : name;
  const message = `E11000 duplicate key error collection: ${command.db}.${collection} index: ${indexName}`;
  const keyPattern: unknown = found ? BSON.deserialize(bsonBytes(row['key'])) : { _id: 1 };
  return new CommandError('DuplicateKey', message, { keyPattern });
}
