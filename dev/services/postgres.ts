import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import type { DataFolder } from './data-folder.ts';
import { inDebian, own } from './in-debian.ts';
import type { InDebian } from './in-debian.ts';
import { freePort, spawnServer, untilReady } from './processes.ts';
import type { ServerProcess } from './processes.ts';

/** PostgreSQL with DocumentDB, from the Debian root. */
export type Postgres = { readonly port: number; stop: () => Promise<void> };

type Running = { readonly server: ServerProcess; readonly port: number };

const binaries = '/usr/lib/postgresql/18/bin';

const settings = `
# written at each start by dev/services
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 100
shared_buffers = 128MB
max_wal_size = 1GB
shared_preload_libraries = 'pg_cron,pg_documentdb_core,pg_documentdb'
cron.database_name = 'postgres'
cron.log_statement = off
cron.log_run = off
# Without it every open sorted cursor holds a connection.
documentdb.useFileBasedPersistedCursors = on
# As mongod: a cursor may rest for ten minutes.
documentdb.defaultCursorExpiryTimeLimitSeconds = 600
# A plan prepared for "any" filter would read whole collections.
plan_cache_mode = force_custom_plan
log_min_messages = warning
log_min_error_statement = panic
`;

/** Starts the server on the data in `data`, which is made at the first start. Ready when it resolves. */
export async function startPostgres(root: string, data: DataFolder): Promise<Postgres> {
  const where: InDebian = { root, user: 'postgres', dataFolder: data.folder('postgres'), deathSignal: 'INT' };
  const logFile = join(data.path, 'postgres.log');
  own(where);
  // The folder counts as prepared only after its extension is there; a start that was killed before begins again.
  const prepared = join(data.path, 'postgres.prepared');
  if (!existsSync(prepared)) await prepareCluster(where, logFile);
  writeFileSync(join(where.dataFolder, 'dev-services.conf'), settings);
  const { server, port } = await launch(where, data, logFile);
  if (!existsSync(prepared)) {
    await query(port, 'CREATE EXTENSION IF NOT EXISTS documentdb CASCADE');
    writeFileSync(prepared, '');
  }
  return { port, stop: () => server.stop('SIGINT') };
}

async function prepareCluster(where: InDebian, logFile: string): Promise<void> {
  rmSync(where.dataFolder, { recursive: true, force: true });
  mkdirSync(where.dataFolder, { recursive: true });
  own(where);
  const options = ['-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--locale=C.UTF-8', '--no-sync'];
  const initdb = spawnServer(
    inDebian(where, [`${binaries}/initdb`, '-D', '/srv/postgres', ...options]),
    logFile,
  );
  const made = join(where.dataFolder, 'postgresql.conf');
  await untilReady(initdb, () => Promise.resolve(initdb.ended() && existsSync(made)), {
    what: 'initdb',
    logFile,
    timeoutMs: 60_000,
  });
  writeFileSync(made, "include 'dev-services.conf'\n", { flag: 'a' });
}

// After a crash the last backends need a moment to let go of what they share.
const remainsOfACrash = /pre-existing shared memory|lock file .* already exists/;
const crashPatienceMs = 15_000;

async function launch(where: InDebian, data: DataFolder, logFile: string): Promise<Running> {
  const deadline = performance.now() + crashPatienceMs;
  for (;;) {
    try {
      return await launchOnce(where, data, logFile);
    } catch (error) {
      const passing = error instanceof Error && remainsOfACrash.test(error.message);
      if (!passing || performance.now() > deadline) throw error;
      await delay(200);
    }
  }
}

async function launchOnce(where: InDebian, data: DataFolder, logFile: string): Promise<Running> {
  const port = await freePort(data.lastPort('postgres'));
  const command = [`${binaries}/postgres`, '-D', '/srv/postgres', '-p', String(port)];
  const server = spawnServer(inDebian(where, command), logFile);
  data.remember('postgres', server.pid, port);
  await untilReady(server, () => answers(port), { what: 'PostgreSQL', logFile, timeoutMs: 60_000 });
  return { server, port };
}

async function answers(port: number): Promise<boolean> {
  try {
    await query(port, 'SELECT 1');
    return true;
  } catch {
    return false;
  }
}

async function query(port: number, sql: string): Promise<void> {
  const client = new pg.Client({ host: '127.0.0.1', port, user: 'postgres', database: 'postgres' });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query(sql);
  } finally {
    await client.end().catch(() => undefined);
  }
}
