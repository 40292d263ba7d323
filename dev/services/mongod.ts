import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import type { DataFolder } from './data-folder.ts';
import { dyingWithParent, freePort, spawnServer, untilReady } from './processes.ts';

/** Starts the `mongod` of the PATH on `port` (0 = the port of last time, or any). Ready when it resolves. */
export async function startMongod(
  program: string,
  data: DataFolder,
  port: number,
): Promise<{ port: number; stop: () => Promise<void> }> {
  const logFile = join(data.path, 'mongod.log');
  const chosen = await freePort(port === 0 ? data.lastPort('mongod') : port);
  if (port !== 0 && chosen !== port) throw new Error(`port ${port} of mongod was taken while it was stopped`);
  const options = ['--dbpath', data.folder('mongod'), '--port', String(chosen), '--bind_ip', '127.0.0.1'];
  const server = spawnServer(dyingWithParent('TERM', [program, ...options]), logFile);
  data.remember('mongod', server.pid, chosen);
  await untilReady(server, () => answersPing(chosen), { what: 'mongod', logFile, timeoutMs: 60_000 });
  return { port: chosen, stop: () => server.stop('SIGTERM') };
}

async function answersPing(port: number): Promise<boolean> {
  const client = new MongoClient(`mongodb://127.0.0.1:${port}/`, { serverSelectionTimeoutMS: 500 });
  try {
    await client.db('admin').command({ ping: 1 });
    return true;
  } catch {
    return false;
  } finally {
    await client.close();
  }
}
