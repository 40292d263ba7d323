import type { Config } from '#src/config/config.ts';
import { openStore, type Store } from '#src/store/connect.ts';
import { calendarFinding, databaseTrouble, dataFindings } from './doctor/data.ts';
import { doubtful, type Finding, well, within } from './doctor/finding.ts';
import { redisFindings, redisTrouble } from './doctor/redis.ts';
import { telegramFindings, telegramTrouble } from './doctor/telegram.ts';
import { webhookFinding } from './doctor/webhooks.ts';
import { zaloFindings, zaloNotSeen, zaloTrouble } from './doctor/zalo.ts';
import { type CommandAnswer, table } from './output.ts';

/**
 * Looks at everything the bot stands on, all at once and each with a time limit. Changes nothing, but that Zalo's first
 * refresh token is spent and its successor stored, as at the bot's start.
 * JSON: `{ok, findings: [{part, state, detail, hint}]}`: `state` is `ok`, `warning` or `failed`, `hint` says what to do
 * or is null. `ok` is false, and the exit code 1, when a part has failed.
 */
export async function doctor(config: Config, nowMs: () => number): Promise<CommandAnswer> {
  const found = await Promise.all([
    lookAtDatabase(config, nowMs),
    within('redis', () => redisFindings(config.redisUrl), redisTrouble),
    within('telegram', () => telegramFindings(config), telegramTrouble),
  ]);
  const findings = [
    configurationFinding(config),
    ...found.flat(),
    webhookFinding(config),
    calendarFinding(nowMs()),
  ];
  const isWell = findings.every((finding) => finding.state !== 'failed');
  return { ok: isWell, isReport: true, json: { ok: isWell, findings }, lines: linesOf(findings) };
}

function configurationFinding({ denunciationKey }: Config): Finding {
  if (denunciationKey !== null) return well('configuration', 'complete');
  return doubtful(
    'configuration',
    'no DENUNCIATION_KEY: what sounds like a denunciation is not kept, and nobody can read it later',
    'openssl rand -base64 32',
  );
}

/** The database and what lies in it, Zalo's tokens among it. */
async function lookAtDatabase(config: Config, nowMs: () => number): Promise<readonly Finding[]> {
  const opened: { store: Store | null } = { store: null };
  const findings = await within(
    'database',
    async () => {
      opened.store = await openStore({ mongodbUri: config.mongodbUri, dataKey: config.dataKey });
      return dataFindings(opened.store);
    },
    databaseTrouble,
  );
  const { store } = opened;
  const isWell = findings.some((finding) => finding.part === 'database' && finding.state === 'ok');
  const zalo = store !== null && isWell ? await lookAtZalo(config, store, nowMs) : [zaloNotSeen];
  await store?.close().catch(() => undefined);
  return [...findings, ...(config.zalo ? zalo : [])];
}

/** Without a limit of ours: a refresh that is cut off burns the token. Its calls have limits of their own. */
async function lookAtZalo(config: Config, store: Store, nowMs: () => number): Promise<readonly Finding[]> {
  try {
    return await zaloFindings(config, store, nowMs);
  } catch (error) {
    return [zaloTrouble(error)];
  }
}

const MARK: Readonly<Record<Finding['state'], string>> = { ok: 'ok', warning: 'warning', failed: 'FAILED' };

function linesOf(findings: readonly Finding[]): readonly string[] {
  const rows = findings.map((one) => [MARK[one.state], one.part, one.detail]);
  return table(rows).flatMap((line, at) => {
    const hint = findings[at]?.hint ?? null;
    return hint === null ? [line] : [line, `         -> ${hint}`];
  });
}
