import { randomBytes } from 'node:crypto';
import { MovableClock, type Sandbox, startSandbox, type SandboxOptions } from '#dev/sandbox/index.ts';
import type { Config } from '#src/config/config.ts';
import { readConfig } from '#src/config/config.ts';
import { atLocal, localDateOf } from '#src/domain/calendar/local-time.ts';
import type { Platform } from '#src/domain/inbound.ts';
import type { Role, StaffMember } from '#src/domain/staff.ts';
import { type Invitation, inviteStaff } from '#src/app/staff/invite-staff.ts';
import { importPlan } from '#src/main/commands/plan.ts';
import { currentPlan } from '#src/main/core.ts';
import { buildRuntime, type Runtime, type RuntimeOptions, startWorkers } from '#src/main/runtime.ts';
import { type RunningBot, startBot } from '#src/main/start-bot.ts';
import { randomTokens } from '#src/main/tokens.ts';
import type { RunningWorkers } from '#src/queue/run-workers.ts';
import { type Someone, someoneOnTelegram, someoneOnZalo } from './people.ts';

export interface WorldOptions {
  readonly mongodbUri: string;
  readonly redisUrl: string;
  readonly clock?: MovableClock;
  readonly platforms?: readonly Platform[];
  readonly sandbox?: Pick<SandboxOptions, 'telegram' | 'zalo'>;
  readonly planFile?: string;
  readonly logLevel?: string;
  readonly putBackEveryMs?: number;
  /** What stands on the platforms before the bot first looks: groups, people. */
  readonly prepare?: (sandbox: Sandbox) => void;
}

/** The sandbox with people in it, and the real bot and worker between them and the real services. */
export interface World {
  readonly sandbox: Sandbox;
  readonly config: Config;
  readonly runtime: Runtime;
  readonly bot: RunningBot;
  readonly workers: RunningWorkers;
  someone(platform: Platform, name: string): Someone;
  /** Invites, and lets the person type the code. `address` is what the bot puts before the given name. */
  joinStaff(
    who: Someone,
    roles: readonly Role[],
    unitId: string,
    neighbourhood?: string | null,
    address?: string,
  ): Promise<StaffMember>;
  stop(): Promise<void>;
}

const SHUTDOWN_MS = 5_000;

/** The settings under which a bot meets this sandbox: only base URLs and keys, as in production. */
export function environmentFor(sandbox: Sandbox, options: WorldOptions): Record<string, string> {
  const platforms = options.platforms ?? ['telegram', 'zalo'];
  const zalo = sandbox.zalo.settings;
  return {
    MONGODB_URI: options.mongodbUri,
    REDIS_URL: options.redisUrl,
    HOST: '127.0.0.1',
    PORT: '0',
    DATA_KEY: randomBytes(32).toString('base64'),
    DENUNCIATION_KEY: randomBytes(32).toString('base64'),
    LOG_LEVEL: options.logLevel ?? 'silent',
    ...(platforms.includes('telegram')
      ? { TELEGRAM_BOT_TOKEN: sandbox.telegram.token, TELEGRAM_API_ROOT: sandbox.rootUrl }
      : {}),
    ...(platforms.includes('zalo')
      ? {
          ZALO_APP_ID: zalo.appId,
          ZALO_APP_SECRET: zalo.appSecret,
          ZALO_OA_ID: zalo.oaId,
          ZALO_OA_SECRET: zalo.oaSecretKey,
          ZALO_REFRESH_TOKEN: sandbox.zalo.issueTokens().refreshToken,
          ZALO_CASE_TEMPLATE_ID: zalo.templateIds[0],
          ZALO_API_ROOT: sandbox.zalo.apiRoot(),
          ZALO_OAUTH_ROOT: sandbox.zalo.apiRoot(),
        }
      : {}),
  };
}

export function configFor(environment: Record<string, string>): Config {
  const result = readConfig(environment);
  if (result.kind === 'problems') throw new Error(JSON.stringify(result.problems));
  return result.config;
}

/** Nine o'clock of today at the ward: at night some messages wait, and tests run at any hour. */
function morning(): MovableClock {
  const clock = new MovableClock();
  clock.setMs(atLocal(localDateOf(Date.now()), '09:00'));
  return clock;
}

export async function startWorld(options: WorldOptions): Promise<World> {
  const sandbox = await startSandbox({ ...options.sandbox, clock: options.clock ?? morning() });
  options.prepare?.(sandbox);
  const config = configFor(environmentFor(sandbox, options));
  const runtimeOptions: RuntimeOptions = {
    clock: sandbox.clock,
    prefix: `world-${randomBytes(4).toString('hex')}`,
    putBackEveryMs: options.putBackEveryMs ?? 2_000,
  };
  const runtime = await buildRuntime(config, runtimeOptions);
  const imported = await importPlan(runtime.core, options.planFile ?? 'plans/bai-chay-2024.yaml');
  if (!imported.ok) throw new Error(imported.lines.join('\n'));
  const workers = startWorkers(runtime, runtimeOptions);
  const bot = await startBot(runtime);
  if (config.zalo) await sandbox.zalo.setWebhook(`${bot.url}/webhooks/zalo`);
  return {
    sandbox,
    config,
    runtime,
    bot,
    workers,
    someone: (platform, name) =>
      platform === 'telegram' ? someoneOnTelegram(sandbox, name) : someoneOnZalo(sandbox, name),
    joinStaff: (who, roles, unitId, neighbourhood = null, address = 'anh/chị') =>
      joinByCode(runtime, who, { roles, unitId, neighbourhood, address }),
    async stop() {
      await bot.close();
      await workers.close(SHUTDOWN_MS);
      await runtime.close();
      await sandbox.stop();
    },
  };
}

/** Invites, and lets the person type the code; a bot must be running. */
export async function joinByCode(
  { core }: Runtime,
  who: Someone,
  rest: Omit<Invitation, 'name'>,
): Promise<StaffMember> {
  const invited = await inviteStaff(
    { staff: core.store.staff, tokens: randomTokens, clock: core.clock },
    await currentPlan(core.store),
    { name: who.name, ...rest },
  );
  if (invited.kind !== 'invited') throw new Error(`${invited.kind}: ${invited.value}`);
  if (who.platform === 'telegram') who.open(invited.code);
  else who.say(invited.code);
  await who.hear('kênh làm việc');
  return invited.member;
}
