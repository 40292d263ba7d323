import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { createHeartbeat } from '#src/main/heartbeat.ts';

const servers: ReturnType<typeof createServer>[] = [];
afterEach(() => servers.splice(0).forEach((server) => server.close()));

async function monitor(status: number): Promise<{ readonly url: string; readonly asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.writeHead(status).end('ok');
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/ping/secret-key`, asked };
}

it('asks the monitor once a beat', async () => {
  const { url, asked } = await monitor(200);
  const beat = createHeartbeat(url);
  await beat();
  await beat();
  expect(asked).toEqual(['/ping/secret-key', '/ping/secret-key']);
});

it('says that it was refused, without the address', async () => {
  const { url } = await monitor(404);
  await expect(createHeartbeat(url)()).rejects.toThrow(/^the monitor answers 404$/u);
});
