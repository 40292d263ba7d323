import { getTelegramUsername } from '#src/channels/telegram/api.ts';
import { getZaloOa } from '#src/channels/zalo/groups.ts';
import { shippedDecisions } from '#src/calendar/build-calendar.ts';
import type { Config } from '#src/config/config.ts';
import { inspectRedis } from '#src/queue/inspect-redis.ts';
import { buildRuntime } from '../runtime.ts';
import type { CommandAnswer } from './output.ts';

interface Finding {
  readonly part: string;
  readonly ok: boolean;
  readonly detail: string;
}

/** Looks at everything the bot stands on. Exit 1 when one part is not well. */
export async function doctor(config: Config): Promise<CommandAnswer> {
  const findings = [{ part: 'configuration', ok: true, detail: 'complete' }, ...(await look(config))];
  return {
    ok: findings.every((finding) => finding.ok),
    json: findings,
    lines: findings.map(
      (finding) => `${finding.ok ? 'ok  ' : 'FAIL'} ${finding.part.padEnd(14)} ${finding.detail}`,
    ),
  };
}

async function look(config: Config): Promise<readonly Finding[]> {
  const redis = await check('redis', () => inspectRedis(config.redisUrl));
  const runtime = await buildRuntime({ ...config, logLevel: 'silent' }).catch((error: unknown) =>
    nameOf(error),
  );
  if (typeof runtime === 'string') return [{ part: 'database', ok: false, detail: runtime }, redis];
  const { store, built } = runtime.core;
  try {
    const { telegramApi, zaloApi } = built;
    return [
      await check('database', async () => {
        await store.ping();
        return 'answers';
      }),
      redis,
      await check('plan', async () => {
        const current = await store.plans.current();
        if (!current) throw new Error('none imported');
        return `${current.plan.ward.code} ${String(current.plan.ward.year)}`;
      }),
      ...(telegramApi
        ? [await check('telegram', async () => `@${await getTelegramUsername(telegramApi)}`)]
        : []),
      ...(zaloApi ? [await check('zalo', async () => `OA ${(await getZaloOa(zaloApi)).oaId}`)] : []),
      webhookFinding(config),
      calendarFinding(new Date(runtime.core.clock.nowMs()).getUTCFullYear() + 1),
    ];
  } finally {
    await runtime.close();
  }
}

function webhookFinding(config: Config): Finding {
  if (config.publicUrl !== null) return { part: 'webhooks', ok: true, detail: config.publicUrl };
  return config.zalo
    ? { part: 'webhooks', ok: false, detail: 'Zalo needs PUBLIC_URL: it has no other way to reach the bot' }
    : { part: 'webhooks', ok: true, detail: 'none: Telegram is polled' };
}

function calendarFinding(year: number): Finding {
  const known = shippedDecisions.years.some((decided) => decided.year === year && decided.official);
  return {
    part: 'calendar',
    ok: known,
    detail: known
      ? `days off of ${String(year)} are decided`
      : `the official days off of ${String(year)} are not in the table yet`,
  };
}

async function check(part: string, run: () => Promise<string>): Promise<Finding> {
  try {
    return { part, ok: true, detail: await run() };
  } catch (error) {
    return { part, ok: false, detail: nameOf(error) };
  }
}

/** Our own errors are safe to show; a driver's message may hold an address with a password. */
function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return 'failed';
  return error.constructor === Error ? error.message : error.name;
}
