import { setTimeout as sleep } from 'node:timers/promises';
import { type Connection, mongo } from 'mongoose';
import { INDEXES } from './indexes.ts';
import { defineModel, randomToken, type StoredRecord, type StoreParts } from './records.ts';
import { isDuplicateKey, retrying } from './retry.ts';

const LOCK = 'lock';
/** Renewed before each collection; a process that died holds the others up no longer than this. */
const LOCK_MS = 60_000;
const LOOK_EVERY_MS = 100;
const NAMESPACE_EXISTS = 48;

interface LockRecord extends StoredRecord {
  readonly token: string;
  readonly untilMs: number;
}

/**
 * Makes all collections and indexes that are missing, before anything else starts. Under a lock document: several
 * processes may start at once, one works and the others wait for it.
 */
export function migration({ connection, realNowMs }: StoreParts): () => Promise<void> {
  const model = defineModel<LockRecord>(connection, 'migrations', { token: String, untilMs: Number });

  /** Takes the lock, or takes it over from one whose time is over, or prolongs one's own. */
  const hold = async (token: string): Promise<boolean> => {
    const nowMs = realNowMs();
    const update = { $set: { token, untilMs: nowMs + LOCK_MS } };
    const taken = await retrying(() =>
      model.updateOne({ _id: LOCK, $or: [{ token }, { untilMs: { $lte: nowMs } }] }, update),
    );
    if (taken.matchedCount === 1) return true;
    try {
      await model.insertMany([{ _id: LOCK, token, untilMs: nowMs + LOCK_MS }], { lean: true });
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  };

  return async () => {
    const token = randomToken();
    await createCollection(connection, model.collection.collectionName);
    while (!(await hold(token))) await sleep(LOOK_EVERY_MS);
    try {
      for (const [name, indexes] of Object.entries(INDEXES)) {
        if (!(await hold(token))) throw new Error('the migration lost its lock to another process');
        await createCollection(connection, name);
        if (indexes.length > 0) await retrying(() => connection.collection(name).createIndexes([...indexes]));
      }
    } finally {
      await retrying(() => model.deleteOne({ _id: LOCK, token }));
    }
  };
}

async function createCollection(connection: Connection, name: string): Promise<void> {
  try {
    await retrying(() => connection.createCollection(name));
  } catch (error) {
    if (!(error instanceof mongo.MongoServerError) || error.code !== NAMESPACE_EXISTS) throw error;
  }
}
