import { setTimeout as delay } from 'node:timers/promises';
import mongoose from 'mongoose';
import { afterEach, expect, it } from 'vitest';
import { openStore, type Store } from '#src/store/connect.ts';
import { freshDatabaseUri } from '#test/support/services.ts';

const LEAST_BETWEEN_CHECKS_MS = 600;

let store: Store | null = null;
afterEach(() => store?.close());

/** What of the driver's inside is needed to bring it where it goes deaf. */
interface Inside {
  readonly topology: { readonly s: { readonly servers: ReadonlyMap<string, { readonly monitor: Monitor }> } };
}

interface Monitor {
  readonly connection: { readonly socket: { destroy(): void } };
  requestCheck(): void;
}

it('a driver whose check of the server never ends is started anew, once, and everything goes on', async () => {
  const stuck: number[] = [];
  store = await openStore({
    mongodbUri: freshDatabaseUri(),
    dataKey: Buffer.alloc(32, 7).toString('base64'),
    onStuck: () => stuck.push(performance.now()),
    lookEveryMs: 20,
  });
  await store.migrate();
  await store.media.put('before', { bytes: new Uint8Array([1]), contentType: 'image/png' });
  const client = mongoose.connections.at(-1)?.getClient();
  const ends: string[] = [];
  client?.on('serverHeartbeatSucceeded', () => ends.push('succeeded'));
  client?.on('serverHeartbeatFailed', () => ends.push('failed'));

  // A check that comes sooner after the last one is put off.
  await delay(LEAST_BETWEEN_CHECKS_MS);
  const [server] = (client as unknown as Inside).topology.s.servers.values();
  server?.monitor.connection.socket.destroy();
  server?.monitor.requestCheck();

  await expect.poll(() => stuck.length, { timeout: 10_000 }).toBe(1);
  await expect.poll(() => store?.ping().then(() => 'well', String), { timeout: 10_000 }).toBe('well');
  expect(ends).toEqual([]);
  expect((await store.media.get('before'))?.bytes).toEqual(new Uint8Array([1]));
  await store.beats.beat('test', 5);
  expect(await store.beats.lastMs('test')).toBe(5);
  expect(stuck).toHaveLength(1);
});
