import { BSON } from 'mongodb';
import type { Command, Reply } from './command.ts';
import { bsonBytes } from './database.ts';
import type { Sql } from './database.ts';
import { CommandError } from './errors.ts';

/** Reads: cursors and their pages, counts, distinct values, statistics. */

const firstPageOf = (name: string): Sql => ({
  name,
  text: `SELECT cursorpage, continuation, cursorid::text AS cursorid FROM documentdb_api.${name}($1, $2)`,
});

const firstPage = {
  find: firstPageOf('find_cursor_first_page'),
  aggregate: firstPageOf('aggregate_cursor_first_page'),
  listCollections: firstPageOf('list_collections_cursor_first_page'),
  listIndexes: firstPageOf('list_indexes_cursor_first_page'),
};

const nextPage: Sql = {
  name: 'cursor_get_more',
  text: 'SELECT cursorpage, continuation FROM documentdb_api.cursor_get_more($1, $2, $3)',
};
const deleteCursors: Sql = {
  name: 'delete_cursors',
  text: 'SELECT documentdb_api_internal.delete_cursors($1::bigint[])',
};

/** A handler that opens a cursor. Never inside BEGIN: the engine would then pin the cursor to the connection. */
export function openCursor(kind: keyof typeof firstPage): (command: Command) => Promise<Reply> {
  return async (command) => {
    const { database, cursors } = command.backend;
    const row = await database.call(firstPage[kind], [command.db, command.body], command.maxTimeMs);
    if (typeof row['continuation'] === 'string' && typeof row['cursorid'] === 'string') {
      cursors.keep(row['cursorid'], command.db, row['continuation']);
    }
    return bsonBytes(row['cursorpage']);
  };
}

const idOf = (value: unknown): string => (BSON.Long.isLong(value) ? value.toString() : String(value));

/** The next page of an open cursor. */
export async function getMore(command: Command): Promise<Reply> {
  const { database, cursors } = command.backend;
  const id = idOf(command.value('getMore'));
  const cursor = cursors.find(id);
  if (cursor === undefined || cursor.db !== command.db) {
    throw new CommandError('CursorNotFound', `cursor id ${id} not found`);
  }
  const row = await database.call(
    nextPage,
    [command.db, command.body, cursor.continuation],
    command.maxTimeMs,
  );
  if (typeof row['continuation'] === 'string') cursor.continuation = row['continuation'];
  else cursors.forget(id);
  return bsonBytes(row['cursorpage']);
}

/** Forgets cursors and their files. */
export async function killCursors(command: Command): Promise<Reply> {
  const { database, cursors } = command.backend;
  const asked = command.value('cursors');
  const ids: unknown[] = Array.isArray(asked) ? asked : [];
  const killed = ids.filter((id) => cursors.forget(idOf(id)));
  if (killed.length > 0) await database.call(deleteCursors, [killed.map(idOf)]);
  const long = (id: unknown): BSON.Long => BSON.Long.fromString(idOf(id));
  return {
    cursorsKilled: killed.map(long),
    cursorsNotFound: ids.filter((id) => !killed.includes(id)).map(long),
    cursorsAlive: [],
    cursorsUnknown: [],
    ok: 1,
  };
}

/** A handler for a function (db, command) → document. */
export function documentQuery(
  name: 'count_query' | 'distinct_query' | 'validate',
): (command: Command) => Promise<Reply> {
  const sql: Sql = { name, text: `SELECT document FROM documentdb_api.${name}($1, $2)` };
  return async (command) => {
    const row = await command.backend.database.call(sql, [command.db, command.body], command.maxTimeMs);
    return bsonBytes(row['document']);
  };
}

const listDatabasesSql: Sql = {
  name: 'list_databases',
  text: 'SELECT documentdb_api.list_databases($1) AS document',
};
const collStatsSql: Sql = {
  name: 'coll_stats',
  text: 'SELECT documentdb_api.coll_stats($1, $2, $3) AS document',
};
const dbStatsSql: Sql = { name: 'db_stats', text: 'SELECT documentdb_api.db_stats($1, $2) AS document' };

const scaleOf = (command: Command): number => {
  const scale = command.value('scale');
  return typeof scale === 'number' ? scale : 1;
};

export async function listDatabases(command: Command): Promise<Reply> {
  const row = await command.backend.database.call(listDatabasesSql, [command.body]);
  return bsonBytes(row['document']);
}

export async function collStats(command: Command): Promise<Reply> {
  const values = [command.db, command.collection(), scaleOf(command)];
  const row = await command.backend.database.call(collStatsSql, values);
  return bsonBytes(row['document']);
}

export async function dbStats(command: Command): Promise<Reply> {
  const row = await command.backend.database.call(dbStatsSql, [command.db, scaleOf(command)]);
  return bsonBytes(row['document']);
}
