import type { Alerts, Clock, Log } from '#src/app/ports/services.ts';
import type { Channel } from '#src/app/ports/channel.ts';
import type { Store } from '#src/store/connect.ts';
import type { Config } from '#src/config/config.ts';
import { createTelegramApi, getTelegramUsername, type TelegramApi } from '#src/channels/telegram/api.ts';
import { createTelegramChannel } from '#src/channels/telegram/send.ts';
import { createZaloApi, type ZaloApi } from '#src/channels/zalo/api.ts';
import { createZaloHttp, type ZaloHttp } from '#src/channels/zalo/http.ts';
import { createZaloChannel } from '#src/channels/zalo/send.ts';
import { createZaloTokenKeeper } from '#src/channels/zalo/token-keeper.ts';
import { randomTokens } from './tokens.ts';

export interface BuiltChannels {
  readonly channels: { readonly telegram?: Channel; readonly zalo?: Channel };
  readonly telegramApi: TelegramApi | null;
  readonly zaloApi: ZaloApi | null;
  close(): Promise<void>;
}

export interface ChannelParts {
  readonly config: Config;
  readonly store: Store;
  readonly clock: Clock;
  readonly alerts: Alerts;
  readonly log: Log;
}

/** The channels whose settings are there. Telegram may be out of reach: then the link lacks its name until the next start. */
export async function buildChannels(parts: ChannelParts): Promise<BuiltChannels> {
  const { config } = parts;
  const telegramApi = config.telegram ? createTelegramApi({ ...config.telegram, log: parts.log }) : null;
  const telegram = telegramApi
    ? createTelegramChannel({
        api: telegramApi,
        username: await usernameOf(telegramApi, parts.log),
        log: parts.log,
      })
    : null;
  const zalo = config.zalo ? await buildZalo(config.zalo, parts) : null;
  return {
    channels: { ...(telegram ? { telegram } : {}), ...(zalo ? { zalo: zalo.channel } : {}) },
    telegramApi,
    zaloApi: zalo?.api ?? null,
    async close() {
      telegramApi?.close();
      await zalo?.http.close();
    },
  };
}

/** The token begins with the bot's id, which opens the same chat when the name is not known. */
async function usernameOf(api: TelegramApi, log: Log): Promise<string> {
  try {
    return await getTelegramUsername(api);
  } catch (error) {
    log.warn({ error }, 'telegram did not say who we are; links to the private chat are incomplete');
    return '';
  }
}

async function buildZalo(
  settings: NonNullable<Config['zalo']>,
  parts: ChannelParts,
): Promise<{ readonly channel: Channel; readonly api: ZaloApi; readonly http: ZaloHttp }> {
  const { store, clock, alerts, log } = parts;
  // The first pair comes from a person, and so does the one after the connection was lost; between them the stored one is
  // the only good one.
  await store.zaloTokens.takeOver(settings.refreshToken);
  const http = createZaloHttp();
  const keeper = createZaloTokenKeeper({
    http,
    oauthUrl: settings.oauthRoot,
    appId: settings.appId,
    appSecret: settings.appSecret,
    store: store.zaloTokens,
    clock,
    alerts,
    log,
    tokens: randomTokens,
  });
  const api = createZaloApi({ http, keeper, apiUrl: settings.apiRoot });
  const allowsHttpFiles = settings.apiRoot.startsWith('http://');
  return {
    channel: createZaloChannel({
      ...{ api, http, clock, allowsHttpFiles },
      ...{ oaId: settings.oaId, caseTemplateId: settings.caseTemplateId },
    }),
    api,
    http,
  };
}
