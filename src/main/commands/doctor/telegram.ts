import { createTelegramApi, getTelegramUsername, type TelegramApi } from '#src/channels/telegram/api.ts';
import { TelegramCallError } from '#src/channels/telegram/errors.ts';
import type { Config } from '#src/config/config.ts';
import { TELEGRAM_PATH } from '../../webhooks.ts';
import { doubtful, type Finding, ill, well } from './finding.ts';

const PART = 'telegram';
const CALL_MS = 8_000;

/** Whose token it is, and, where webhooks are wanted, whether Telegram has the address and gets through to it. */
export async function telegramFindings(config: Config): Promise<readonly Finding[]> {
  if (!config.telegram) return [];
  const { token, apiRoot } = config.telegram;
  const api = createTelegramApi({ token, apiRoot });
  try {
    const me = well(PART, `@${await getTelegramUsername(api, CALL_MS)}`);
    if (config.publicUrl === null) return [me];
    return [me, await addressFinding(api, new URL(TELEGRAM_PATH, config.publicUrl).href)];
  } finally {
    api.close();
  }
}

/** How long after it a failed delivery is still worth a word. */
const RECENT_S = 3_600;

async function addressFinding(api: TelegramApi, wanted: string): Promise<Finding> {
  const part = 'telegram webhook';
  const info = await api.call('getWebhookInfo', {}, { timeoutMs: CALL_MS });
  if (info.url !== wanted) {
    const detail = info.url === undefined || info.url === '' ? 'no address is set' : 'another address is set';
    return doubtful(part, detail, 'the bot sets it when it starts: npm start');
  }
  const failedS = info.last_error_date ?? 0;
  if (failedS > Date.now() / 1_000 - RECENT_S) {
    return doubtful(
      part,
      `Telegram did not get through within the last hour: ${info.last_error_message ?? ''}`,
      'does the reverse proxy pass /webhooks/telegram on, with a valid certificate?',
    );
  }
  return well(part, `set, ${String(info.pending_update_count)} waiting`);
}

const SILENCE = {
  'not-connected': 'cannot be reached',
  timeout: 'does not answer in time',
  cut: 'breaks off while it answers',
  unreadable: 'answers something else than the Bot API',
} as const;

export function telegramTrouble(error: unknown): Finding {
  if (!(error instanceof TelegramCallError)) throw error;
  const { failure } = error;
  // A wrong token is 401; one that is not even formed like one is 404.
  if (failure.kind === 'refused' && (failure.code === 401 || failure.code === 404)) {
    return ill(
      PART,
      'the token is refused',
      'TELEGRAM_BOT_TOKEN: ask BotFather for the one that is valid now',
    );
  }
  const detail = 'code' in failure ? `answers with error ${String(failure.code)}` : SILENCE[failure.kind];
  return ill(PART, detail, 'is the network up, and is Telegram open from here? (TELEGRAM_API_ROOT)');
}
