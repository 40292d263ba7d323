import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { dyingWithParent, onPath } from './processes.ts';
import { ServicesUnavailable } from './unavailable.ts';

/** A Debian root file system with DocumentDB and Redis, made once a machine and kept outside the repository. */

/** Raise the number when the recipe in build-debian-root.ts changes: an older root is then not used any more. */
const recipe = 'debian-forky-1';
const lockTaken = 75;

const instead = 'set MONGODB_URI and REDIS_URL, or put mongod and redis-server on the PATH';

function cacheFolder(): string {
  const base = process.env['XDG_CACHE_HOME'];
  return join(base === undefined || base === '' ? join(homedir(), '.cache') : base, 'loa-phuong');
}

/**
 * The path of the root, prepared first when missing (about a minute). Two callers at once build it once: the second
 * waits. Throws ServicesUnavailable with one sentence when this machine cannot have it.
 */
export async function debianRoot(log: (line: string) => void): Promise<string> {
  if (process.getuid?.() !== 0) {
    throw new ServicesUnavailable(
      `Local services from Debian's packages need root: run as root, or ${instead}.`,
    );
  }
  const cache = cacheFolder();
  const root = join(cache, recipe);
  if (existsSync(root)) return root;
  const missing = ['apt-get', 'unshare', 'setpriv', 'flock', 'chroot'].filter(
    (tool) => onPath(tool) === undefined,
  );
  if (missing.length > 0) {
    throw new ServicesUnavailable(
      `Local services need Debian (${missing.join(', ')} not found here): ${instead}.`,
    );
  }
  mkdirSync(cache, { recursive: true });
  await build(root, cache, log);
  return root;
}

async function build(root: string, cache: string, log: (line: string) => void): Promise<void> {
  const lock = join(cache, `${recipe}.lock`);
  const logFile = join(cache, `${recipe}.log`);
  const builder = [process.execPath, join(import.meta.dirname, 'build-debian-root.ts'), root, logFile];
  let status = await run(
    ['flock', '--nonblock', '--conflict-exit-code', String(lockTaken), lock, ...builder],
    log,
  );
  if (status === lockTaken) {
    log('another process is preparing the Debian root file system: waiting for it');
    status = await run(['flock', lock, ...builder], log);
  }
  if (status === 0) return;
  const step =
    /^failed: (.*)$/m.exec(existsSync(logFile) ? readFileSync(logFile, 'utf8') : '')?.[1] ?? 'the build';
  throw new ServicesUnavailable(
    `Debian's packages could not be prepared (${step}; see ${logFile}): check the network and start again, or ${instead}.`,
  );
}

/** Runs in a process namespace of its own, which the kernel empties when this process dies: no half build goes on. */
function run(command: readonly string[], log: (line: string) => void): Promise<number> {
  const isolated = ['unshare', '--mount', '--pid', '--fork', '--kill-child=KILL', '--mount-proc', ...command];
  const [program = '', ...args] = dyingWithParent('KILL', isolated);
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    createInterface({ input: child.stdout }).on('line', log);
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
}
