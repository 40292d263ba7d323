import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Redis } from 'ioredis';
import { MongoClient } from 'mongodb';
import { afterEach, describe, expect, it } from 'vitest';

/**
 * Starters are child processes with data folders of their own. They run without the URIs of a surrounding environment,
 * so that they start servers and do not just repeat the URIs.
 */
const main = join(import.meta.dirname, '../../../dev/services/main.ts');

type Started = { child: ChildProcess; mongodbUri: string; redisUrl: string; tookMs: number };

const folders: string[] = [];
const children: ChildProcess[] = [];

afterEach(async () => {
  for (const child of children.splice(0)) await ended(child, 'SIGTERM');
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function freshFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'loa-phuong-lifecycle-'));
  folders.push(folder);
  return folder;
}

function starter(folder: string): ChildProcess {
  const env = { ...process.env, MONGODB_URI: '', REDIS_URL: '' };
  const child = spawn(process.execPath, [main, '--data', folder], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  return child;
}

async function start(folder: string): Promise<Started> {
  const startedAtMs = performance.now();
  const child = starter(folder);
  let mongodbUri = '';
  for await (const line of createInterface({ input: child.stdout ?? process.stdin })) {
    if (line.startsWith('MONGODB_URI=')) mongodbUri = line.slice('MONGODB_URI='.length);
    if (line.startsWith('REDIS_URL=')) {
      return { child, mongodbUri, redisUrl: line.slice(10), tookMs: performance.now() - startedAtMs };
    }
  }
  throw new Error('the starter ended before its services were ready');
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill(signal);
  await exit;
}

async function write(started: Started, _id: number): Promise<void> {
  const client = await MongoClient.connect(started.mongodbUri);
  await client.db('kept').collection<{ _id: number }>('rows').insertOne({ _id });
  await client.close();
  const redis = new Redis(started.redisUrl);
  await redis.rpush('rows', String(_id));
  redis.disconnect();
}

async function read(started: Started): Promise<{ database: number[]; redis: string[] }> {
  const client = await MongoClient.connect(started.mongodbUri);
  const rows = await client.db('kept').collection<{ _id: number }>('rows').find().sort({ _id: 1 }).toArray();
  await client.close();
  const redis = new Redis(started.redisUrl);
  const list = await redis.lrange('rows', 0, -1);
  redis.disconnect();
  return { database: rows.map((row) => row._id), redis: list };
}

const serverPids = (folder: string): number[] => {
  const notes = JSON.parse(readFileSync(join(folder, 'services.json'), 'utf8')) as {
    servers: Record<string, { pid: number }>;
  };
  return [notes.servers['postgres'], notes.servers['mongod'], notes.servers['redis']].flatMap(
    (mark) => mark?.pid ?? [],
  );
};

const runs = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

describe('the services', () => {
  it('keep their data and their ports over a stop and a start', { timeout: 60_000 }, async () => {
    const folder = freshFolder();
    const first = await start(folder);
    await write(first, 1);
    await ended(first.child, 'SIGTERM');
    const second = await start(folder);
    expect(await read(second)).toEqual({ database: [1], redis: ['1'] });
    expect([second.mongodbUri, second.redisUrl]).toEqual([first.mongodbUri, first.redisUrl]);
    expect(second.tookMs).toBeLessThan(5_000);
  });

  it(
    'leave no process when their starter is killed, and the next start works at once',
    { timeout: 120_000 },
    async () => {
      const folder = freshFolder();
      const expected: number[] = [];
      for (let round = 1; round <= 3; round += 1) {
        const started = await start(folder);
        if (round > 1) expect(started.tookMs).toBeLessThan(5_000);
        await write(started, round);
        expected.push(round);
        expect((await read(started)).database).toEqual(expected);
        const pids = serverPids(folder);
        expect(pids).toHaveLength(2);
        await ended(started.child, 'SIGKILL');
        if (round === 3) await expect.poll(() => pids.filter(runs), { timeout: 10_000 }).toEqual([]);
      }
      const last = await start(folder);
      expect(await read(last)).toEqual({ database: expected, redis: expected.map(String) });
    },
  );

  it(
    'are refused, with one sentence, a data folder that another starter uses',
    { timeout: 60_000 },
    async () => {
      const folder = freshFolder();
      await start(folder);
      const second = starter(folder);
      let said = '';
      second.stderr?.on('data', (piece: Buffer) => (said += piece.toString()));
      const [code] = (await once(second, 'close')) as [number];
      expect(code).toBe(1);
      expect(said).toMatch(/^\S+ is used by process \d+: stop it or choose another data folder\.\n$/);
    },
  );
});
