import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Redis } from 'ioredis';
import { MongoClient } from 'mongodb';
import { configFor } from '#dev/world/world.ts';
import { type LiveProcess, startProcess, startScript } from '#dev/world/process.ts';
import { orderRun } from '#src/app/broadcast/order-run.ts';
import { startDueRuns } from '#src/app/broadcast/start-due-runs.ts';
import { importPlan } from '#src/main/commands/plan.ts';
import { buildRuntime, type Runtime } from '#src/main/runtime.ts';
import { freePort } from '#dev/services/processes.ts';
import type { ChatRef } from '#src/domain/inbound.ts';
import type { RunCounts } from '#src/domain/run.ts';
import type { Role } from '#src/domain/staff.ts';
import type { Platform } from './platform.ts';
import type { WorkerChange } from './worker-child.ts';

export interface Services {
  readonly mongodbUri: string;
  readonly redisUrl: string;
}

/** A ward of its own on the real services: our engine, whole, with groups and people to send from. */
export interface Ward {
  readonly runtime: Runtime;
  readonly databaseUri: string;
  /** Of what is sealed at rest. */
  readonly dataKey: string;
  /** Makes these groups destinations of broadcasts. */
  addGroups(chatIds: readonly number[]): Promise<void>;
  startWorker(change?: WorkerChange): LiveProcess;
  startBot(): LiveProcess;
  /** Orders a post; a worker sends it. Its author has no chat, so that nobody hears how far it is. */
  order(): Promise<string>;
  /** Makes the rows of what was ordered, here and now. */
  fanOut(): Promise<unknown>;
  counts(runId: string): Promise<RunCounts>;
  close(): Promise<void>;
}

const POST = 'TT-01-1';
const INSERT_BATCH = 5_000;
const OWNER_UNIT = 'culture-information';
const WEEK_MS = 7 * 24 * 3_600_000;

let wards = 0;

export async function openWard(services: Services, platform: Platform): Promise<Ward> {
  wards += 1;
  const databaseUri = new URL(`/bench_${randomBytes(4).toString('hex')}`, services.mongodbUri).href;
  // Installations that share a Redis need a database each; the last ones belong to the benchmarks.
  const redisUrl = `${services.redisUrl.replace(/\/\d*$/u, '')}/${String(63 - (wards % 40))}`;
  await emptied(redisUrl);
  const environment = {
    MONGODB_URI: databaseUri,
    REDIS_URL: redisUrl,
    HOST: '127.0.0.1',
    PORT: String(await freePort()),
    DATA_KEY: randomBytes(32).toString('base64'),
    LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'silent',
    TELEGRAM_BOT_TOKEN: platform.token,
    TELEGRAM_API_ROOT: platform.rootUrl,
  };
  const runtime = await buildRuntime(configFor(environment));
  const imported = await importPlan(runtime.core, 'plans/bai-chay-2024.yaml');
  if (!imported.ok) throw new Error(imported.lines.join('\n'));
  const silent = (role: Role) => joinStaff(runtime, role, OWNER_UNIT, { platform: 'zalo', chatId: role });
  const [authorId, approverId] = [await silent('editor'), await silent('approver')];
  let orders = 0;
  return {
    runtime,
    databaseUri,
    dataKey: environment.DATA_KEY,
    addGroups: (chatIds) => addDestinations(databaseUri, chatIds),
    startWorker: (change = {}) =>
      startScript(
        fileURLToPath(new URL('./worker-child.ts', import.meta.url)),
        { ...environment, BENCH_WORKER: JSON.stringify(change) },
        workerFlags(),
      ),
    startBot: () => startProcess('bot', environment),
    async order() {
      orders += 1;
      const order = { id: `R-${String(orders)}`, postId: POST, authorId, approverId, sendAtMs: Date.now() };
      const ordered = await orderRun(runtime.core.app, order);
      if (ordered.kind !== 'ordered') throw new Error(ordered.kind);
      return ordered.run.id;
    },
    fanOut: () => startDueRuns(runtime.core.app),
    counts: (runId) => runtime.core.store.deliveries.counts(runId),
    async close() {
      await runtime.close();
      await dropDatabase(databaseUri);
    },
  };
}

/** As `npm run start:worker` gives them to node. */
function workerFlags(): readonly string[] {
  const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  const { scripts } = JSON.parse(manifest) as { scripts: Readonly<Record<string, string>> };
  return (scripts['start:worker'] ?? '').split(' ').filter((word) => word.startsWith('--'));
}

async function emptied(redisUrl: string): Promise<void> {
  const redis = new Redis(redisUrl);
  await redis.flushdb();
  redis.disconnect();
}

/** A member of staff with one chat; one on a platform that is off hears nothing. */
export async function joinStaff(
  { core }: Runtime,
  role: Role,
  unitId: string,
  chat: ChatRef,
): Promise<string> {
  const member = { name: role, address: 'anh', roles: [role], unitId, neighbourhood: null };
  const nowMs = core.clock.nowMs();
  const code = `code-${role}-${chat.chatId}`;
  const { id } = await core.store.staff.invite(member, code, nowMs + WEEK_MS);
  await core.store.staff.join(code, chat, nowMs);
  return id;
}

/** Straight into the collection: a hundred thousand confirmed groups, as an import would have left them. */
async function addDestinations(databaseUri: string, chatIds: readonly number[]): Promise<void> {
  const client = await MongoClient.connect(databaseUri);
  try {
    const rows = client.db().collection<{ _id: string }>('destinations');
    for (let first = 0; first < chatIds.length; first += INSERT_BATCH) {
      await rows.insertMany(chatIds.slice(first, first + INSERT_BATCH).map(destinationRow), {
        ordered: false,
      });
    }
  } finally {
    await client.close();
  }
}

function destinationRow(chatId: number): { _id: string } & Readonly<Record<string, unknown>> {
  return {
    _id: `bench-${String(-chatId)}`,
    chatKey: `telegram:${String(chatId)}`,
    platform: 'telegram',
    chatId: String(chatId),
    kind: 'group',
    title: `Khu ${String(chatId)}`,
    neighbourhood: null,
    audience: 'residents',
    state: 'active',
  };
}

async function dropDatabase(databaseUri: string): Promise<void> {
  const client = await MongoClient.connect(databaseUri);
  await client.db().dropDatabase();
  await client.close();
}
