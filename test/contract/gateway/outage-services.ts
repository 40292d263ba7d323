import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServices } from '#dev/services/index.ts';

/** The process behind outage.test.ts: carries out one order a message and answers when it is done. */

const dataDir = mkdtempSync(join(tmpdir(), 'loa-phuong-outage-'));
const services = await startServices({ dataDir });

function killDatabase(): void {
  const notes = JSON.parse(readFileSync(join(dataDir, 'services.json'), 'utf8')) as {
    servers: Record<string, { pid: number }>;
  };
  const server = notes.servers['postgres'] ?? notes.servers['mongod'];
  if (server !== undefined) process.kill(server.pid, 'SIGKILL');
}

const orders: Readonly<Record<string, () => Promise<void> | void>> = {
  'database.stop': services.database.stop,
  'database.start': services.database.start,
  'redis.stop': services.redis.stop,
  'redis.start': services.redis.start,
  'postgres.kill': killDatabase,
  stop: async () => {
    await services.stop();
    rmSync(dataDir, { recursive: true, force: true });
    process.disconnect();
  },
};

process.on('message', (order) => {
  void Promise.resolve(orders[String(order)]?.()).then(() => {
    if (process.connected) process.send?.({ done: order });
  });
});
process.send?.({ mongodbUri: services.mongodbUri, redisUrl: services.redisUrl });
