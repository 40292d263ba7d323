import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import type {} from './services-setup.ts';

/** Where the services of this test run are. Each worker of the run has a Redis database of its own, the same for all its files. */
export function services(): { mongodbUri: string; redisUrl: string } {
  return { mongodbUri: inject('mongodbUri'), redisUrl: redisDatabase(Number(process.env['VITEST_POOL_ID'])) };
}

/** The URL of a Redis database by its number: those from 16 to 63 are for whoever names one. */
export function redisDatabase(number: number): string {
  return new URL(`/${number}`, inject('redisUrl')).href;
}

/** A database name that nobody else uses. */
export function freshDatabaseName(): string {
  return `test_${randomBytes(6).toString('hex')}`;
}

/** The URI of a database that nobody else uses; its name is the URI's path. */
export function freshDatabaseUri(): string {
  const uri = new URL(services().mongodbUri);
  uri.pathname = `/${freshDatabaseName()}`;
  return uri.href;
}

/**
 * A Redis of one's own: the URL, and a key prefix that nobody else uses (for bullmq's `prefix`; ioredis calls it
 * `keyPrefix`). Without a ":" at its end, as bullmq adds its own.
 */
export function freshRedis(): { url: string; prefix: string } {
  return { url: services().redisUrl, prefix: `test_${randomBytes(6).toString('hex')}` };
}
