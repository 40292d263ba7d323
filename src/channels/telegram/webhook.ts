import { createHash, timingSafeEqual } from 'node:crypto';
import type { TelegramApi } from './api.ts';
import { ALLOWED_UPDATES } from './poller.ts';

/** The header in which Telegram repeats the secret given to `setWebhook`. */
export const TELEGRAM_SECRET_HEADER = 'x-telegram-bot-api-secret-token';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Whether the request comes from Telegram. Constant time, also over the length; an empty secret fits nothing. */
export function isTelegramSecret(header: string | undefined, secret: string): boolean {
  if (header === undefined || secret === '') return false;
  return timingSafeEqual(digest(header), digest(secret));
}

/**
 * Asks Telegram to post updates to `url`. Waiting updates are kept. Throws `TelegramCallError`.
 * @param webhook `secret` is 1 to 256 of `A-Z a-z 0-9 _ -`
 */
export async function setTelegramWebhook(
  api: TelegramApi,
  webhook: { readonly url: string; readonly secret: string },
  timeoutMs = 10_000,
): Promise<void> {
  await api.call(
    'setWebhook',
    { url: webhook.url, secret_token: webhook.secret, allowed_updates: ALLOWED_UPDATES },
    { timeoutMs },
  );
}
