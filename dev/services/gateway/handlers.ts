import type { Command, Handler, Reply } from './command.ts';
import { CommandError } from './errors.ts';
import { explain, explainAggregate } from './explain.ts';
import { localCommands } from './local-commands.ts';
import {
  collStats,
  dbStats,
  documentQuery,
  getMore,
  killCursors,
  listDatabases,
  openCursor,
} from './reads.ts';
import {
  collMod,
  create,
  createIndexes,
  drop,
  dropDatabase,
  dropIndexes,
  renameCollection,
} from './structure.ts';
import { findAndModify, writeBatch } from './writes.ts';

const aggregate = openCursor('aggregate');

const handlers: ReadonlyMap<string, Handler> = new Map(
  Object.entries<Handler>({
    ...localCommands,
    insert: writeBatch('insert'),
    update: writeBatch('update'),
    delete: writeBatch('delete'),
    findAndModify,
    findandmodify: findAndModify,
    find: openCursor('find'),
    aggregate: (command) =>
      command.value('explain') === true ? explainAggregate(command) : aggregate(command),
    getMore,
    killCursors,
    count: documentQuery('count_query'),
    distinct: documentQuery('distinct_query'),
    validate: documentQuery('validate'),
    listCollections: openCursor('listCollections'),
    listIndexes: openCursor('listIndexes'),
    listDatabases,
    collStats,
    dbStats,
    explain,
    create,
    collMod,
    renameCollection,
    drop,
    dropDatabase,
    createIndexes,
    dropIndexes,
    deleteIndexes: dropIndexes,
  }),
);

/** Runs one command. Throws a CommandError for what MongoDB would answer with `ok: 0`. */
export async function runCommand(command: Command): Promise<Reply> {
  const handler = handlers.get(command.name);
  if (handler === undefined) throw new CommandError('CommandNotFound', `no such command: '${command.name}'`);
  return await handler(command);
}

/** The commands that old handshakes send as OP_QUERY. */
export const handshakeCommands: ReadonlySet<string> = new Set(['hello', 'isMaster', 'ismaster']);
