import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { expect } from 'vitest';
import { z } from 'zod';
import type { World } from '#dev/world/world.ts';
import { COMPILE_CACHE } from '#dev/world/process.ts';

export type Environment = Readonly<Record<string, string>>;

/** What a command needs to work on a world, at that world's time; of the platforms Telegram. */
export function environmentOf({ config, sandbox }: World): Environment {
  return {
    MONGODB_URI: config.mongodbUri,
    REDIS_URL: config.redisUrl,
    DATA_KEY: config.dataKey,
    TELEGRAM_BOT_TOKEN: sandbox.telegram.token,
    TELEGRAM_API_ROOT: sandbox.rootUrl,
    NODE_OPTIONS: `--import=${import.meta.resolve('./shifted-time.ts')}`,
    SHIFTED_BY_MS: String(sandbox.clock.offsetMs()),
  };
}

/** A command that has not ended by then hangs. */
const LIMIT_MS = 30_000;

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command that runs. */
export interface Running {
  /** It has written something, or ended. */
  readonly speaks: Promise<unknown>;
  readonly ended: Promise<Ended>;
}

/** Starts the command line as a process of its own, with this environment and nothing else. */
export function startLoa(environment: Environment, ...words: readonly string[]): Running {
  const child = spawn(process.execPath, ['src/main/loa.ts', ...words], {
    env: {
      PATH: process.env['PATH'] ?? '',
      NODE_COMPILE_CACHE: COMPILE_CACHE,
      TZ: 'America/Lima',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: LIMIT_MS,
    killSignal: 'SIGKILL',
  });
  const code = new Promise<number | null>((resolve) => child.once('close', resolve));
  const speaks = Promise.race([once(child.stdout, 'data'), code]);
  const ended = Promise.all([code, text(child.stdout), text(child.stderr)]);
  return { speaks, ended: ended.then(([of, stdout, stderr]) => ({ code: of, stdout, stderr })) };
}

/** Runs it to its end. */
export function loa(environment: Environment, ...words: readonly string[]): Promise<Ended> {
  return startLoa(environment, ...words).ended;
}

/** The JSON that a command that goes well prints, and prints alone. */
export async function answered<T>(
  schema: z.ZodType<T>,
  environment: Environment,
  ...words: string[]
): Promise<T> {
  const ended = await loa(environment, ...words, '--json');
  expect(ended, ended.stderr).toMatchObject({ code: 0, stderr: '' });
  return schema.parse(JSON.parse(ended.stdout));
}

/** The JSON of a command that does not go well. */
export async function refused(environment: Environment, ...words: string[]): Promise<unknown> {
  const ended = await loa(environment, ...words, '--json');
  expect(ended).toMatchObject({ code: 1, stderr: '' });
  return JSON.parse(ended.stdout);
}

/** For answers of which a test looks at some fields. */
export const anything = z.looseObject({});
