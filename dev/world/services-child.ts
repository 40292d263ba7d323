import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServices } from '#dev/services/index.ts';
import { startOwnGateway } from './own-gateway.ts';

/** The process behind own-services.ts: carries out one order a message and answers when it is done. */

const dataDir = mkdtempSync(join(tmpdir(), 'loa-phuong-own-'));
const services = await startServices({ dataDir });
const gateway = process.argv.includes('own-gateway') ? await startOwnGateway(dataDir) : null;

const orders: Readonly<Record<string, () => Promise<void>>> = {
  'database.stop': services.database.stop,
  'database.start': services.database.start,
  'redis.stop': services.redis.stop,
  'redis.start': services.redis.start,
  ...(gateway && { 'gateway.stop': gateway.kill, 'gateway.start': gateway.start }),
  stop,
};

async function stop(): Promise<void> {
  await services.stop();
  rmSync(dataDir, { recursive: true, force: true });
}

process.on('message', (order) => {
  void Promise.resolve(orders[String(order)]?.()).then(() => {
    if (process.connected) process.send?.({ done: order });
  });
});
// Whoever started this is gone: nothing may be left behind.
process.on('disconnect', () => void stop().finally(() => process.exit(0)));
process.send?.({ mongodbUri: gateway?.uri ?? services.mongodbUri, redisUrl: services.redisUrl });
