import { randomBytes } from 'node:crypto';
import { type Connection, type Model, Schema, type SchemaDefinition, type UpdateQuery } from 'mongoose';
import type { z } from 'zod';
import { isDuplicateKey, retrying } from './retry.ts';
import type { Sealing } from './sealing.ts';

/** What every repository is made from. */
export interface StoreParts {
  readonly connection: Connection;
  readonly sealing: Sealing;
  /** Real time in ms, never the injected clock: for leases and locks. */
  readonly realNowMs: () => number;
}

/** Every row. `write` names the guarded write that made it what it is, so that a writer knows its own work again. */
export interface StoredRecord {
  _id: string;
  write?: string | undefined;
}

/** A model on this connection alone. Unknown fields throw; indexes and collections are made by the migration only. */
export function defineModel<R extends StoredRecord>(
  connection: Connection,
  collection: string,
  fields: SchemaDefinition,
): Model<R> {
  const schema = new Schema(
    { ...fields, _id: String, write: String },
    { collection, versionKey: false, minimize: false, strict: 'throw', strictQuery: 'throw', id: false },
  );
  return connection.model(collection, schema) as unknown as Model<R>;
}

/** 144 random bits, URL-safe. */
export function randomToken(): string {
  return randomBytes(18).toString('base64url');
}

/**
 * A change of a row that may not be there yet and then begins as `first`. Not an upsert: of two that meet where nothing is
 * yet, the server may let the later wipe what the first one wrote. `change` answers null while there is no row.
 */
export async function begun<R extends StoredRecord, T>(
  model: Model<R>,
  first: R,
  change: () => Promise<T | null>,
): Promise<T> {
  for (;;) {
    const changed = await change();
    if (changed !== null) return changed;
    await insertOnce(model, first);
  }
}

/** The same for an update that may be done twice, of which nothing has to be known. */
export async function updateOrBegin<R extends StoredRecord>(
  model: Model<R>,
  first: R,
  update: UpdateQuery<R>,
): Promise<void> {
  await begun(model, first, async () => {
    const { matchedCount } = await retrying(() => model.updateOne({ _id: first._id }, update));
    return matchedCount > 0 ? true : null;
  });
}

/**
 * Inserts a row under its own `_id`. False: a row with this key was there. An own insert whose answer got lost counts as
 * inserted.
 */
export async function insertOnce<R extends StoredRecord>(model: Model<R>, record: R): Promise<boolean> {
  const write = randomToken();
  return retrying(async (attempt) => {
    try {
      await model.insertMany([{ ...record, write }], { lean: true });
      return true;
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      return attempt > 1 && (await isOwnWrite(model, record._id, write));
    }
  });
}

/**
 * Compare-and-set: applies `update` when `guard` holds for the row. An own update whose answer got lost counts as applied,
 * although its guard no longer holds.
 */
export async function updateGuarded<R extends StoredRecord>(
  model: Model<R>,
  id: string,
  guard: Record<string, unknown>,
  update: UpdateQuery<R>,
): Promise<boolean> {
  const write = randomToken();
  const marked = { ...update, $set: { ...update.$set, write } } as UpdateQuery<R>;
  return retrying(async (attempt) => {
    const result = await model.updateOne({ ...guard, _id: id }, marked);
    return result.matchedCount === 1 || (attempt > 1 && (await isOwnWrite(model, id, write)));
  });
}

/** A row that is looked at again at its time, and changed by whoever saw its newest revision. */
interface TimedRecord extends StoredRecord {
  readonly nextAtMs: number | null;
  readonly rev: number;
}

/** What every repository of such rows does alike. `due` needs a partial index over `nextAtMs` above 0. */
export function timedRows<R extends TimedRecord, T>(
  model: Model<R>,
  toRecord: (value: T) => R,
  toValue: (raw: unknown) => T,
) {
  return {
    open: async (value: T): Promise<'opened' | 'exists'> =>
      (await insertOnce(model, toRecord(value))) ? 'opened' : 'exists',

    async get(id: string): Promise<T | null> {
      const raw = await model.findById(id).lean();
      return raw === null ? null : toValue(raw);
    },

    async due(nowMs: number, limit: number): Promise<readonly T[]> {
      // The lower bound is the condition of the partial index: without it the index could not be used.
      const filter: Record<string, unknown> = { nextAtMs: { $gt: 0, $lte: nowMs } };
      const found = model.find(filter).sort({ nextAtMs: 1, _id: 1 });
      return (await found.limit(limit).lean()).map(toValue);
    },

    async save(value: T, expectedRev: number): Promise<'saved' | 'conflict'> {
      const { _id, ...fields } = toRecord(value);
      const update = { $set: fields } as unknown as UpdateQuery<R>;
      return (await updateGuarded(model, _id, { rev: expectedRev }, update)) ? 'saved' : 'conflict';
    },

    async saveAll(values: readonly T[]): Promise<ReadonlySet<string>> {
      const records = values.map(toRecord).sort((a, b) => (a._id < b._id ? -1 : 1));
      return records.length === 0 ? new Set() : new Set(await changedByOthers(model, records));
    },
  };
}

interface RevisedRecord extends StoredRecord {
  readonly rev: number;
}

/** What every repository does alike whose rows are changed field by field, by whoever saw the newest revision. */
export function revisedRows<R extends RevisedRecord, T extends { readonly id: string; readonly rev: number }>(
  model: Model<R>,
  toValue: (raw: unknown) => T,
) {
  return {
    /** Answers the row that is there: an older one with this id stays. */
    async create({ id, ...fields }: T): Promise<T> {
      await insertOnce(model, structuredClone({ _id: id, ...fields }) as unknown as R);
      return toValue(await model.findById(id).lean());
    },

    async get(id: string): Promise<T | null> {
      const raw = await model.findById(id).lean();
      return raw === null ? null : toValue(raw);
    },

    async update(
      id: string,
      rev: number,
      change: Partial<Omit<T, 'id' | 'rev'>>,
    ): Promise<'saved' | 'conflict'> {
      const fields = Object.entries(change).filter(([name]) => name !== 'id' && name !== 'rev');
      const update = { $set: { ...Object.fromEntries(fields), rev: rev + 1 } } as unknown as UpdateQuery<R>;
      return (await updateGuarded(model, id, { rev }, update)) ? 'saved' : 'conflict';
    },
  };
}

/** Writes each over the revision before it; answers the ids of those that were at another one. */
async function changedByOthers<R extends TimedRecord>(
  model: Model<R>,
  records: readonly R[],
): Promise<readonly string[]> {
  const write = randomToken();
  const writes = records.map(({ _id, ...fields }) => ({
    updateOne: { filter: { _id, rev: fields.rev - 1 }, update: { $set: { ...fields, write } } },
  })) as unknown as Parameters<typeof model.bulkWrite>[0];
  const { matchedCount } = await retrying(() => model.bulkWrite(writes, { ordered: false }));
  if (matchedCount === records.length) return [];
  // Only a count is told, and a repetition after a lost answer matches none of its own.
  const ids = records.map(({ _id }) => _id);
  const own = new Set((await model.find({ _id: { $in: ids }, write }, '_id').lean()).map(({ _id }) => _id));
  return ids.filter((id) => !own.has(id));
}

async function isOwnWrite<R extends StoredRecord>(
  model: Model<R>,
  id: string,
  write: string,
): Promise<boolean> {
  return (await model.exists({ _id: id, write })) !== null;
}

/** Reads a row in its expected shape; a row of another shape is named, so that it can be found. */
export function parseRecord<S extends z.ZodType>(shape: S, raw: unknown, collection: string): z.output<S> {
  const result = shape.safeParse(raw);
  if (result.success) return result.data;
  const id = (raw as { _id?: unknown } | null)?._id;
  const fields = result.error.issues.map((issue) => issue.path.join('.')).join(', ');
  throw new Error(`${collection} ${String(id)} has not the expected shape: ${fields}`);
}

type WithUndefined<T> = { [K in keyof T]: object extends Pick<T, K> ? T[K] | undefined : T[K] };

/** Drops fields that are `undefined`, so that an optional field is absent and not `undefined`. */
export function compact<T extends object>(value: WithUndefined<T>): T {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as T;
}

/** Freezes plain data through and through. */
export function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || Object.isFrozen(value))
    return value;
  for (const part of Object.values(value)) frozen(part);
  return Object.freeze(value);
}
