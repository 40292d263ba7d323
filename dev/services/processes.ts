import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, constants, openSync, readFileSync, accessSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** Child processes that never outlive this one, and ports. */

/** A running server process. */
export type ServerProcess = {
  readonly pid: number;
  /** True once the process has ended. */
  readonly ended: () => boolean;
  /** Sends `signal`, and SIGKILL when the process is still there after `deadlineMs`. Resolves when it has ended. */
  readonly stop: (signal: NodeJS.Signals, deadlineMs?: number) => Promise<void>;
};

/** The path of a program on the PATH, or undefined. */
export function onPath(program: string): string | undefined {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const candidate = join(folder, program);
    try {
      accessSync(candidate, constants.X_OK);
      return candidate;
    } catch {
      // not in this folder
    }
  }
  return undefined;
}

/**
 * The command line with which the kernel sends `signal` to the program when this process dies, however it dies.
 * The signal belongs to the thread that spawns: call spawnServer from the main thread, never from a worker.
 */
export function dyingWithParent(signal: string, command: readonly string[]): readonly string[] {
  return onPath('setpriv') === undefined ? command : ['setpriv', '--pdeathsig', signal, ...command];
}

/** Starts a server whose output goes to `logFile` (appended). */
export function spawnServer(command: readonly string[], logFile: string): ServerProcess {
  const [program = '', ...args] = command;
  const output = openSync(logFile, 'a');
  const child = spawn(program, args, { stdio: ['ignore', output, output], cwd: '/' });
  closeSync(output);
  child.on('error', () => undefined); // seen as ended
  return { pid: child.pid ?? 0, ended: () => hasEnded(child), stop: (signal, ms) => stop(child, signal, ms) };
}

const hasEnded = (child: ChildProcess): boolean =>
  child.pid === undefined || child.exitCode !== null || child.signalCode !== null;

async function stop(child: ChildProcess, signal: NodeJS.Signals, deadlineMs = 30_000): Promise<void> {
  if (hasEnded(child)) return;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const killer = setTimeout(() => child.kill('SIGKILL'), deadlineMs);
  child.kill(signal);
  await ended;
  clearTimeout(killer);
}

/** Asks `ready` every 20 ms until it is true. Throws with the end of the log when the process ends or time runs out. */
export async function untilReady(
  server: ServerProcess,
  ready: () => Promise<boolean>,
  about: { what: string; logFile: string; timeoutMs: number },
): Promise<void> {
  const deadline = performance.now() + about.timeoutMs;
  while (!(await ready())) {
    if (server.ended()) throw new Error(`${about.what} ended at its start: ${endOf(about.logFile)}`);
    if (performance.now() > deadline)
      throw new Error(`${about.what} was not ready in time: ${endOf(about.logFile)}`);
    await delay(20);
  }
}

function endOf(file: string): string {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-5).join(' | ');
  } catch {
    return `no log in ${file}`;
  }
}

/** A free port of 127.0.0.1: `preferred` when nobody has it, else one chosen by the system. */
export async function freePort(preferred = 0): Promise<number> {
  const free = await tryPort(preferred);
  if (free !== undefined) return free;
  const chosen = await tryPort(0);
  if (chosen === undefined) throw new Error('the system gave no free port');
  return chosen;
}

function tryPort(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : undefined));
    });
  });
}

/** When the process started (clock ticks since boot), or undefined when it is gone. Tells a reused pid apart. */
export function startedAt(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : fields[19];
  } catch {
    return undefined;
  }
}
