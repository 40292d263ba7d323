import type { WebhookRoute } from '#src/http/server.ts';
import type { Config } from '#src/config/config.ts';
import { telegramInbound } from '#src/channels/telegram/inbound.ts';
import { isTelegramSecret, TELEGRAM_SECRET_HEADER } from '#src/channels/telegram/webhook.ts';
import { zaloInbound } from '#src/channels/zalo/inbound.ts';
import { parseZaloJson } from '#src/channels/zalo/json.ts';
import {
  isZaloSignature,
  ZALO_SIGNATURE_HEADER,
  ZALO_TIMESTAMP_HEADER,
} from '#src/channels/zalo/signature.ts';

export const TELEGRAM_PATH = '/webhooks/telegram';
const ZALO_PATH = '/webhooks/zalo';

/** The routes of the channels that are on. */
export function webhookRoutes(config: Config, nowMs: () => number): readonly WebhookRoute[] {
  const routes: WebhookRoute[] = [];
  const secret = config.telegram?.webhookSecret;
  if (secret) {
    routes.push({
      path: TELEGRAM_PATH,
      check: (headers) => (isTelegramSecret(headers[TELEGRAM_SECRET_HEADER], secret) ? 'ok' : 'refused'),
      parse: (body) => telegramInbound(parseZaloJson(body), nowMs()),
    });
  }
  if (config.zalo) routes.push(zaloRoute(config.zalo));
  return routes;
}

function zaloRoute(keys: { readonly appId: string; readonly oaSecret: string }): WebhookRoute {
  return {
    path: ZALO_PATH,
    check(headers, raw) {
      const signature = headers[ZALO_SIGNATURE_HEADER];
      // Saving the address in the console sends one empty, unsigned call that must hear 200.
      if (raw.length === 0 && signature === undefined) return 'probe';
      return isZaloSignature({ raw, signature, timestamp: headers[ZALO_TIMESTAMP_HEADER] }, keys)
        ? 'ok'
        : 'refused';
    },
    parse: (body) => zaloInbound(parseZaloJson(body)),
  };
}
