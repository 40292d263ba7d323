import { setTimeout as sleep } from 'node:timers/promises';
import { mongo } from 'mongoose';

const MAX_ATTEMPTS = 4;
const FIRST_PAUSE_MS = 20;

const DUPLICATE_KEY = 11000;
/** ShutdownInProgress, WriteConflict: the server did nothing and asks to be asked again. */
const PASSING_CODES: ReadonlySet<unknown> = new Set([91, 112]);

/** True when a unique key was already taken, in a single write or in a bulk. */
export function isDuplicateKey(error: unknown): boolean {
  return error instanceof mongo.MongoServerError && error.code === DUPLICATE_KEY;
}

function passes(error: unknown, duplicatesPass: boolean): boolean {
  if (error instanceof mongo.MongoNetworkError) return true;
  if (!(error instanceof mongo.MongoServerError)) return false;
  return PASSING_CODES.has(error.code) || (duplicatesPass && error.code === DUPLICATE_KEY);
}

/**
 * The store's one retry layer, for idempotent work only: the server's own retryable writes are off, so an answer that got
 * lost may belong to a write that was done. `work` learns the number of the attempt, from 1.
 * A server that cannot be found at all is not waited for again: the driver has done so already.
 * @param options.duplicatesPass set for upserts, where two writers of one new key meet and one is told 11000
 */
export async function retrying<T>(
  work: (attempt: number) => Promise<T>,
  options: { readonly duplicatesPass?: boolean } = {},
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work(attempt);
    } catch (error) {
      if (attempt >= MAX_ATTEMPTS || !passes(error, options.duplicatesPass ?? false)) throw error;
      await sleep(FIRST_PAUSE_MS * 2 ** (attempt - 1) * (0.5 + Math.random()));
    }
  }
}
