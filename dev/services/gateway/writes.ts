import type { Command, Reply } from './command.ts';
import { bsonBytes, EngineError } from './database.ts';
import type { Sql } from './database.ts';
import { duplicateKey } from './duplicate-key.ts';
import { codeOfName, nameOfSqlState, sqlStateOfPacked } from './errors.ts';
import { decodeExact, encode } from './raw-bson.ts';

/**
 * Writes. Batches go through the bulk procedures, which commit as they go: the plain function is one transaction per
 * batch, and two clients that update the same rows in opposite order then deadlock and lose writes.
 */
const batchSql = {
  insert: { name: 'insert_bulk', text: 'CALL documentdb_api.insert_bulk($1, $2)' },
  update: { name: 'update_bulk', text: 'CALL documentdb_api.update_bulk($1, $2)' },
  delete: { name: 'delete', text: 'SELECT p_result, p_success FROM documentdb_api.delete($1, $2)' },
} satisfies Record<string, Sql>;

const findAndModifySql: Sql = {
  name: 'find_and_modify',
  text: 'SELECT p_result, p_success FROM documentdb_api.find_and_modify($1, $2)',
};

type WriteError = { index: unknown; code: unknown; errmsg: unknown };

/** A handler for insert, update or delete. */
export function writeBatch(kind: keyof typeof batchSql): (command: Command) => Promise<Reply> {
  return async (command) => {
    const row = await command.backend.database.call(
      batchSql[kind],
      [command.db, command.body],
      command.maxTimeMs,
    );
    const result = bsonBytes(row['p_result']);
    return row['p_success'] === true ? result : await withMongoErrors(command, result);
  };
}

async function withMongoErrors(command: Command, result: Buffer): Promise<Reply> {
  const reply = decodeExact(result);
  const errors = reply['writeErrors'] as WriteError[] | undefined;
  if (errors === undefined) return result;
  const mapped: Record<string, unknown>[] = [];
  for (const error of errors) mapped.push(await mongoError(command, error));
  return encode({ ...reply, writeErrors: mapped });
}

async function mongoError(command: Command, error: WriteError): Promise<Record<string, unknown>> {
  const name = nameOfSqlState(sqlStateOfPacked(Number(error.code)));
  const text = String(error.errmsg);
  if (name !== 'DuplicateKey') return { index: error.index, code: codeOfName(name), errmsg: text };
  const duplicate = await duplicateKey(command, text);
  return { index: error.index, code: duplicate.code, ...duplicate.extra, errmsg: duplicate.message };
}

/** findAndModify; a unique index that refuses the result answers 11000 as mongod does. */
export async function findAndModify(command: Command): Promise<Reply> {
  try {
    const row = await command.backend.database.call(
      findAndModifySql,
      [command.db, command.body],
      command.maxTimeMs,
    );
    return bsonBytes(row['p_result']);
  } catch (error) {
    throw await asMongoError(command, error);
  }
}

/** The error as MongoDB words it: a thrown duplicate gets the index's name and keys. */
export async function asMongoError(command: Command, error: unknown): Promise<unknown> {
  if (error instanceof EngineError && error.codeName === 'DuplicateKey') {
    return await duplicateKey(command, error.message);
  }
  return error;
}
