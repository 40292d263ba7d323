import { type Sandbox, type SandboxOptions, startSandbox } from '#dev/sandbox/index.ts';
import { freePort } from '#dev/services/processes.ts';
import type { Config } from '#src/config/config.ts';
import type { Platform } from '#src/domain/inbound.ts';
import { importPlan } from '#src/main/commands/plan.ts';
import { buildRuntime, type Runtime, type RuntimeOptions } from '#src/main/runtime.ts';
import { type Someone, someoneOnTelegram, someoneOnZalo } from './people.ts';
import { configFor, environmentFor } from './world.ts';

export interface StageOptions {
  readonly mongodbUri: string;
  /** With the number of a database in it where several installations share one Redis: they use the same keys. */
  readonly redisUrl: string;
  readonly sandbox?: Pick<SandboxOptions, 'clock' | 'telegram' | 'zalo'>;
  /** Settings on top, or instead, of those under which a bot meets the sandbox. */
  readonly environment?: (botUrl: string) => Readonly<Record<string, string>>;
  readonly runtime?: RuntimeOptions;
}

/** The sandbox and a ward with its plan, before anybody serves it: the test starts bots and workers, and ends them. */
export interface Stage {
  readonly sandbox: Sandbox;
  /** For a process of its own; `botUrl` is where it will listen. */
  readonly environment: Readonly<Record<string, string>>;
  readonly config: Config;
  readonly botUrl: string;
  /** This process's own view of the services; nothing runs in it until told. */
  readonly runtime: Runtime;
  /** For whoever starts workers on it. */
  readonly runtimeOptions: RuntimeOptions;
  someone(platform: Platform, name: string): Someone;
  /** Points Zalo at the bot; the bot must be well already, as it is asked at once. */
  connectZalo(): Promise<void>;
  close(): Promise<void>;
}

export async function setStage(options: StageOptions): Promise<Stage> {
  const sandbox = await startSandbox(options.sandbox);
  const port = await freePort();
  const botUrl = `http://127.0.0.1:${port}`;
  const environment = {
    ...environmentFor(sandbox, options),
    PORT: String(port),
    ...options.environment?.(botUrl),
  };
  const config = configFor(environment);
  const runtimeOptions = options.runtime ?? {};
  const runtime = await buildRuntime(config, runtimeOptions);
  const imported = await importPlan(runtime.core, 'plans/bai-chay-2024.yaml');
  if (!imported.ok) throw new Error(imported.lines.join('\n'));
  return {
    sandbox,
    environment,
    config,
    botUrl,
    runtime,
    runtimeOptions,
    someone: (platform, name) =>
      platform === 'telegram' ? someoneOnTelegram(sandbox, name) : someoneOnZalo(sandbox, name),
    async connectZalo() {
      const { saved } = await sandbox.zalo.setWebhook(`${botUrl}/webhooks/zalo`);
      if (!saved) throw new Error('the webhook did not answer the probe');
    },
    async close() {
      await sandbox.stop();
      await runtime.close();
    },
  };
}

/** Longer than leases and calls may last. */
const PAST_LEASES_MS = 61_000;
const STUCK_AFTER_MS = 60_000;

/** Leases of the dead run out by the time that is told to the ledger, and not by waiting for it. */
export async function runOutLeases({ runtime }: Stage): Promise<void> {
  await runtime.core.store.deliveries.recover(Date.now() + PAST_LEASES_MS, STUCK_AFTER_MS);
}
