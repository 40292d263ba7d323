import { BSON } from 'mongodb';
import type { CursorTable } from './cursor-table.ts';
import type { Database } from './database.ts';
import { CommandError } from './errors.ts';
import { arrayElement, documentOf, elementsOf } from './raw-bson.ts';
import type { RawElement } from './raw-bson.ts';
import type { Request } from './wire.ts';

/** What the engine does not know, or what the gateway itself takes care of. */
const strippedFields = new Set([
  '$db',
  'lsid',
  '$clusterTime',
  'apiVersion',
  'apiStrict',
  'apiDeprecationErrors',
  '$readPreference',
  'maxTimeMS',
  'commitQuorum',
]);

/** Fields that only a transaction or a retryable write has; a standalone server refuses both. */
const transactionFields = new Set(['txnNumber', 'startTransaction', 'autocommit']);

export type Backend = { readonly database: Database; readonly cursors: CursorTable };

/** One command as its handler sees it. */
export class Command {
  /** The first field's name, such as `find`. */
  readonly name: string;
  /** The database it runs against. */
  readonly db: string;
  /** The document for the engine: stripped, with the message's sequences put in as arrays. */
  readonly body: Buffer;
  /** 0 = no limit. */
  readonly maxTimeMs: number;
  readonly backend: Backend;
  private readonly elements: ReadonlyMap<string, Buffer>;

  constructor(request: Request, backend: Backend) {
    const elements = elementsOf(request.body);
    const slice = (element: RawElement): Buffer => request.body.subarray(element.start, element.end);
    const first = elements[0];
    if (first === undefined) throw new CommandError('CommandNotFound', 'the command is empty');
    if (elements.some((element) => transactionFields.has(element.name))) {
      const why = 'Transaction numbers are only allowed on a replica set member or mongos';
      throw new CommandError('IllegalOperation', why);
    }
    this.name = first.name;
    this.backend = backend;
    this.elements = new Map(elements.map((element) => [element.name, slice(element)]));
    const maxTimeMs = this.value('maxTimeMS');
    this.maxTimeMs = typeof maxTimeMs === 'number' ? maxTimeMs : 0;
    const db = this.value('$db') ?? request.namespace?.split('.', 1)[0];
    if (typeof db !== 'string' || db === '')
      throw new CommandError('InvalidNamespace', 'the command names no database');
    this.db = db;
    const kept = elements.filter((element) => !strippedFields.has(element.name)).map(slice);
    const sequences = request.sequences.map(({ name, documents }) => arrayElement(name, documents));
    this.body = documentOf([...kept, ...sequences]);
  }

  /** The decoded value of one top-level field of the command as sent (undefined when absent). */
  value(name: string): unknown {
    const element = this.elements.get(name);
    if (element === undefined) return undefined;
    const decoded: Record<string, unknown> = BSON.deserialize(documentOf([element]));
    return decoded[name];
  }

  /** The collection that the command names as the value of its first field. */
  collection(): string {
    const value = this.value(this.name);
    if (typeof value !== 'string' || value === '') {
      throw new CommandError('InvalidNamespace', `collection name has invalid type for ${this.name}`);
    }
    return value;
  }
}

/** A handler's answer: bytes of a document, or a document still to be encoded. */
export type Reply = Buffer | Record<string, unknown>;
export type Handler = (command: Command) => Promise<Reply> | Reply;
