import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createJsonPost, type JsonAnswer, type JsonPost } from '#src/channels/telegram/post-json.ts';

/** A server that keeps every request until the test answers it. */
let server: Server;
let received: { readonly body: string; readonly response: ServerResponse }[] = [];
let post: JsonPost;
let wake: () => void = () => undefined;

beforeEach(async () => {
  received = [];
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (piece: Buffer) => (body += piece.toString()));
    request.on('end', () => {
      received.push({ body, response });
      wake();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  post = createJsonPost({ origin: `http://127.0.0.1:${String(port)}`, maxSockets: 1, freeSocketMs: 4_000 });
});
afterEach(() => {
  post.close();
  server.closeAllConnections();
  server.close();
});

const call = (body: string, timeoutMs = 5_000, signal?: AbortSignal) =>
  post.post({ path: '/x', body, timeoutMs, signal });
const failureOf = async (answer: Promise<JsonAnswer>): Promise<string | null> => {
  const end = await answer;
  return end.kind === 'failed' ? end.why : null;
};
async function arrived(count: number): Promise<void> {
  while (received.length < count) {
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
  }
}

it('gives the answer of each call to that call, one after the other over one connection', async () => {
  const calls = [call('a'), call('b')];
  await arrived(1);
  received[0]?.response.writeHead(400).end('đầu');
  await arrived(2);
  received[1]?.response.end('sau');
  expect(await Promise.all(calls)).toMatchObject([
    { status: 400, text: 'đầu' },
    { status: 200, text: 'sau' },
  ]);
});

it('says that a call without an answer in time is uncertain', async () => {
  expect(await failureOf(call('a', 30))).toBe('timeout');
  expect(received.map(({ body }) => body)).toEqual(['a']);
});

it('says that a call given up while it waited for a connection surely did not leave, and never sends it', async () => {
  const first = call('a');
  const second = failureOf(call('b', 30));
  expect(await second).toBe('not-connected');
  const third = call('c');
  await arrived(1);
  received[0]?.response.end();
  await arrived(2);
  received[1]?.response.end();
  await Promise.all([first, third]);
  expect(received.map(({ body }) => body)).toEqual(['a', 'c']);
});

it('says that a call is uncertain whose connection broke, in the middle of the answer too', async () => {
  const broken = failureOf(call('a'));
  await arrived(1);
  received[0]?.response.writeHead(200, { 'content-length': '100' });
  received[0]?.response.write('{"ok"', () => received[0]?.response.destroy());
  expect(await broken).toBe('cut');
});

it('lets go of a call when its signal fires, and does not begin one whose signal has fired', async () => {
  const stop = new AbortController();
  const polling = failureOf(call('a', 5_000, stop.signal));
  await arrived(1);
  stop.abort();
  expect(await polling).toBe('timeout');
  expect(await failureOf(call('b', 5_000, stop.signal))).toBe('not-connected');
  expect(received.map(({ body }) => body)).toEqual(['a']);
});

it('says that a server that refuses the connection has nothing', async () => {
  await new Promise((resolve) => server.close(resolve));
  expect(await failureOf(call('a'))).toBe('not-connected');
});
