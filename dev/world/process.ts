import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as delay } from 'node:timers/promises';
import { dyingWithParent } from '#dev/services/processes.ts';

/** Which program of `src/main`: taking in, sending, or both in one. */
export type Entry = 'bot' | 'worker' | 'main';

/** One of the bot's own processes, started as an operator starts it. */
export interface LiveProcess {
  readonly pid: number;
  /** `kill -9`; resolves when the process is gone. */
  kill(): Promise<void>;
  /** SIGTERM; resolves with the exit code when the process has put its things in order. */
  stop(): Promise<number | null>;
  isRunning(): boolean;
  /** What it wrote, for the message of a test that failed. */
  output(): string;
}

/** Loading is most of what a process that soon ends has to do: those after the first find it done. */
export const COMPILE_CACHE = join(tmpdir(), 'loa-phuong-compile-cache');

const KEPT_OUTPUT_CHARS = 20_000;

/** Starts a program with this environment and nothing else. It dies with the thread that started it. */
export function startProcess(entry: Entry, environment: Readonly<Record<string, string>>): LiveProcess {
  return startScript(fileURLToPath(new URL(`../../src/main/${entry}.ts`, import.meta.url)), environment);
}

/** The same for any script; `flags` are those of node. */
export function startScript(
  script: string,
  environment: Readonly<Record<string, string>>,
  flags: readonly string[] = [],
): LiveProcess {
  const [program = '', ...args] = dyingWithParent('KILL', [process.execPath, ...flags, script]);
  const child = spawn(program, args, {
    env: { PATH: process.env['PATH'] ?? '', NODE_COMPILE_CACHE: COMPILE_CACHE, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const keep = (chunk: Buffer): void => {
    output = (output + chunk.toString('utf8')).slice(-KEPT_OUTPUT_CHARS);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  return {
    pid: child.pid ?? 0,
    kill: async () => {
      await end(child, 'SIGKILL');
    },
    stop: () => end(child, 'SIGTERM'),
    isRunning: () => child.exitCode === null && child.signalCode === null,
    output: () => output,
  };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const exited = once(child, 'exit');
  child.kill(signal);
  await exited;
  return child.exitCode;
}

/** Asks the health page until it says that all is well. @throws when it does not in `timeoutMs` */
export async function untilWell(url: string, timeoutMs = 30_000): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const isWell = await fetch(`${url}/health`).then(
      async (response) => {
        await response.body?.cancel();
        return response.ok;
      },
      () => false,
    );
    if (isWell) return;
    if (performance.now() > deadline) throw new Error(`${url} was not well in ${timeoutMs} ms`);
    await delay(50);
  }
}
