import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { RECIPES } from './debian-recipes.ts';
import { dyingWithParent, onPath } from './processes.ts';
import { ServicesUnavailable } from './unavailable.ts';

/** Debian root file systems with the programs we need, each made once a machine and kept outside the repository. */

const lockTaken = 75;

function cacheFolder(): string {
  const base = process.env['XDG_CACHE_HOME'];
  return join(base === undefined || base === '' ? join(homedir(), '.cache') : base, 'loa-phuong');
}

/**
 * The path of the root, prepared first when missing (about a minute). Two callers at once build it once: the second
 * waits. Throws ServicesUnavailable with one sentence when this machine cannot have it.
 */
export async function debianRoot(which: keyof typeof RECIPES, log: (line: string) => void): Promise<string> {
  const { name, what, instead } = RECIPES[which];
  if (process.getuid?.() !== 0) {
    throw new ServicesUnavailable(
      `${what} from Debian's packages can be prepared by root only: run as root, or ${instead}.`,
    );
  }
  const cache = cacheFolder();
  const root = join(cache, name);
  if (existsSync(root)) return root;
  const missing = ['apt-get', 'unshare', 'setpriv', 'flock', 'chroot'].filter(
    (tool) => onPath(tool) === undefined,
  );
  if (missing.length > 0) {
    throw new ServicesUnavailable(
      `${what} can be prepared on Debian only (${missing.join(', ')} not found here): ${instead}.`,
    );
  }
  mkdirSync(cache, { recursive: true });
  await build(which, cache, log);
  return root;
}

async function build(which: keyof typeof RECIPES, cache: string, log: (line: string) => void): Promise<void> {
  const { name, what, instead } = RECIPES[which];
  const lock = join(cache, `${name}.lock`);
  const logFile = join(cache, `${name}.log`);
  const script = join(import.meta.dirname, 'build-debian-root.ts');
  const builder = [process.execPath, script, which, join(cache, name), logFile];
  let status = await run(
    ['flock', '--nonblock', '--conflict-exit-code', String(lockTaken), lock, ...builder],
    log,
  );
  if (status === lockTaken) {
    log(`another process is preparing ${what}: waiting for it`);
    status = await run(['flock', lock, ...builder], log);
  }
  if (status === 0) return;
  const step =
    /^failed: (.*)$/m.exec(existsSync(logFile) ? readFileSync(logFile, 'utf8') : '')?.[1] ?? 'the build';
  throw new ServicesUnavailable(
    `${what} could not be prepared from Debian's packages (${step}; see ${logFile}): check the network and start again, or ${instead}.`,
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
