import { connect } from 'node:net';
import { join } from 'node:path';
import type { DataFolder } from './data-folder.ts';
import { inDebian, own } from './in-debian.ts';
import type { InDebian } from './in-debian.ts';
import { dyingWithParent, freePort, spawnServer, untilReady } from './processes.ts';

/** Redis as production has it: append-only file, `noeviction`, loopback only. */
type Running = { readonly port: number; stop: () => Promise<void> };

const options = (port: number, folder: string): readonly string[] => [
  ...['--bind', '127.0.0.1', '--port', String(port), '--dir', folder, '--daemonize', 'no'],
  ...['--appendonly', 'yes', '--save', '', '--maxmemory-policy', 'noeviction', '--databases', '64'],
];

/** Starts Redis on `port` (0 = the port of last time, or any). `program`: a redis-server on the PATH. */
export async function startRedis(
  from: { readonly program: string } | { readonly root: string },
  data: DataFolder,
  port: number,
): Promise<Running> {
  const folder = data.folder('redis');
  const logFile = join(data.path, 'redis.log');
  const chosen = await freePort(port === 0 ? data.lastPort('redis') : port);
  if (port !== 0 && chosen !== port) throw new Error(`port ${port} of Redis was taken while it was stopped`);
  const server = spawnServer(commandLine(from, chosen, folder), logFile);
  data.remember('redis', server.pid, chosen);
  await untilReady(server, () => answersPing(chosen), { what: 'Redis', logFile, timeoutMs: 30_000 });
  return { port: chosen, stop: () => server.stop('SIGTERM') };
}

function commandLine(
  from: { readonly program: string } | { readonly root: string },
  port: number,
  folder: string,
): readonly string[] {
  if ('program' in from) return dyingWithParent('TERM', [from.program, ...options(port, folder)]);
  const where: InDebian = { root: from.root, user: 'redis', dataFolder: folder, deathSignal: 'TERM' };
  own(where);
  return inDebian(where, ['redis-server', ...options(port, '/srv/redis')]);
}

function answersPing(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    const end = (answer: boolean) => (): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(1_000, end(false));
    socket.on('error', end(false));
    socket.on('data', (data) => end(data.toString('latin1').startsWith('+PONG'))());
  });
}
