import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { Redis } from 'ioredis';
import { MongoClient } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** One pair of services of its own, whose parts are stopped and started by messages (see outage-services.ts). */
let child: ChildProcess;
let uris: { mongodbUri: string; redisUrl: string };

async function tell(order: string): Promise<unknown> {
  const answer = once(child, 'message');
  child.send(order);
  return (await answer)[0] as unknown;
}

beforeAll(async () => {
  const script = new URL('./outage-services.ts', import.meta.url);
  child = fork(script, { env: { ...process.env, MONGODB_URI: '', REDIS_URL: '' }, execArgv: [] });
  const [message] = (await once(child, 'message')) as [typeof uris];
  uris = message;
}, 120_000);

afterAll(async () => {
  const exit = once(child, 'exit');
  child.send('stop');
  await exit;
});

describe('a stopped service', () => {
  it(
    'is not reachable, and comes back on its port with its data: the database',
    { timeout: 30_000 },
    async () => {
      const client = new MongoClient(uris.mongodbUri, { serverSelectionTimeoutMS: 300 });
      const rows = client.db('outage').collection<{ _id: number }>('rows');
      await rows.insertOne({ _id: 1 });
      await tell('database.stop');
      await expect(rows.findOne({ _id: 1 })).rejects.toThrow();
      await tell('database.start');
      expect(await rows.findOne({ _id: 1 })).toEqual({ _id: 1 });
      await client.close();
    },
  );

  it('is not reachable, and comes back on its port with its data: Redis', { timeout: 30_000 }, async () => {
    const redis = new Redis(uris.redisUrl, { retryStrategy: () => 50, maxRetriesPerRequest: 1 });
    redis.on('error', () => undefined);
    await redis.set('kept', 'yes');
    await tell('redis.stop');
    await expect(redis.get('kept')).rejects.toThrow();
    await tell('redis.start');
    await expect.poll(() => redis.get('kept').catch(() => 'not yet'), { timeout: 10_000 }).toBe('yes');
    redis.disconnect();
  });

  it('has the settings of production: Redis', async () => {
    const redis = new Redis(uris.redisUrl);
    expect(await redis.config('GET', 'maxmemory-policy')).toEqual(['maxmemory-policy', 'noeviction']);
    expect(await redis.config('GET', 'appendonly')).toEqual(['appendonly', 'yes']);
    redis.disconnect();
  });
});

describe('PostgreSQL that dies behind the gateway', () => {
  it(
    'gives clients an error at once, never a false success, and a start mends it',
    { timeout: 60_000 },
    async () => {
      const client = new MongoClient(uris.mongodbUri, { serverSelectionTimeoutMS: 2_000 });
      const rows = client.db('outage').collection<{ _id: number }>('crash');
      await rows.insertOne({ _id: 1 });
      await tell('postgres.kill');
      // A backend that is at work outlives its server by a moment and may still commit: what it acknowledged must stay.
      const acknowledged = [1];
      let code: unknown;
      for (let _id = 2; code !== 91; _id += 1) {
        await rows.insertOne({ _id }).then(
          () => acknowledged.push(_id),
          (error: unknown) => (code = (error as { code?: unknown }).code),
        );
      }
      await tell('database.stop');
      await tell('database.start');
      const kept = (await rows.find().toArray()).map((row) => row._id);
      expect(kept).toEqual(expect.arrayContaining(acknowledged));
      await client.close();
    },
  );
});
