import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createTimedPost, type TimedPost } from '#src/channels/telegram/timed-post.ts';
import { steadyMs } from '#src/app/ports/steady.ts';

let server: Server;
let received: string[] = [];
let isSilent = false;
let arrived: () => void = () => undefined;
let post: TimedPost;
let faults: Error[] = [];

beforeEach(async () => {
  received = [];
  isSilent = false;
  server = createServer((request, response) => {
    request.resume().on('end', () => {
      received.push(request.url ?? '');
      if (!isSilent) response.end('{"ok":true}');
      arrived();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  faults = [];
  post = createTimedPost(
    { origin: `http://127.0.0.1:${String(port)}`, maxSockets: 8, freeSocketMs: 4_000 },
    (error) => faults.push(error),
  );
});
afterEach(() => {
  post.close();
  server.closeAllConnections();
  server.close();
});

const call = (path: string, inMs = 0) =>
  post.post({ path, body: '{}', timeoutMs: 5_000, atMs: steadyMs() + inMs });

it('lets calls leave in the order of their moments, and none before its own', async () => {
  await call('/first');
  const startedMs = steadyMs();
  const [later, sooner] = await Promise.all([call('/later', 60), call('/sooner', 30)]);
  expect(received).toEqual(['/first', '/sooner', '/later']);
  expect(sooner.times.leftMs).toBeGreaterThanOrEqual(startedMs + 30);
  expect(later.times.leftMs).toBeGreaterThanOrEqual(startedMs + 60);
  expect(later).toMatchObject({ kind: 'answered', status: 200, text: '{"ok":true}' });
});

it('lets a call leave at its moment while the process does something else', async () => {
  await call('/first');
  const atMs = steadyMs() + 20;
  const answer = post.post({ path: '/x', body: '{}', timeoutMs: 5_000, atMs });
  const busyUntilMs = atMs + 200;
  while (steadyMs() < busyUntilMs);
  expect((await answer).times.leftMs).toBeLessThan(busyUntilMs - 50);
});

it('says that what it had in hand as it ended is uncertain, and goes on with the next call', async () => {
  isSilent = true;
  const open = call('/open');
  await new Promise<void>((resolve) => (arrived = resolve));
  post.close();
  expect(await open).toMatchObject({ kind: 'failed', why: 'cut' });
  isSilent = false;
  expect(await call('/next')).toMatchObject({ kind: 'answered' });
  expect(received).toEqual(['/open', '/next']);
  expect(faults).toEqual([]);
});

it('says that a server that is away has nothing', async () => {
  await new Promise((resolve) => server.close(resolve));
  expect(await call('/x')).toMatchObject({ kind: 'failed', why: 'not-connected', times: { leftMs: null } });
});

it('tells why it died, and what it had in hand is uncertain', async () => {
  const broken = createTimedPost({ origin: 'no address', maxSockets: 1, freeSocketMs: 1 }, (error) =>
    faults.push(error),
  );
  const answer = await broken.post({ path: '/x', body: '{}', timeoutMs: 5_000, atMs: steadyMs() });
  expect(answer).toMatchObject({ kind: 'failed', why: 'cut' });
  expect(faults).toHaveLength(1);
  broken.close();
});
