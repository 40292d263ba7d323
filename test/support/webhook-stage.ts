import { setStage, type Stage } from '#dev/world/stage.ts';
import { startWorkers } from '#src/main/runtime.ts';
import { startBot } from '#src/main/start-bot.ts';
import { freshDatabaseUri, freshRedis, services } from './services.ts';

const SECRET = 'the-secret-of-the-telegram-webhook';
const SHUTDOWN_MS = 3_000;

/** A served ward that hears Telegram by webhook, as it always hears Zalo. */
export interface WebhookStage extends Stage {
  readonly telegramSecret: string;
  /** One call as Telegram makes it; answers the status. */
  postToTelegram(body: string, secret: string | null): Promise<number>;
}

export async function startWebhookStage(): Promise<WebhookStage> {
  const stage = await setStage({
    mongodbUri: freshDatabaseUri(),
    redisUrl: services().redisUrl,
    runtime: { prefix: freshRedis().prefix, putBackEveryMs: 1_000 },
    environment: (botUrl) => ({ PUBLIC_URL: botUrl, TELEGRAM_WEBHOOK_SECRET: SECRET }),
  });
  const workers = startWorkers(stage.runtime, stage.runtimeOptions);
  const bot = await startBot(stage.runtime);
  await stage.connectZalo();
  return {
    ...stage,
    telegramSecret: SECRET,
    async postToTelegram(body, secret) {
      const response = await fetch(`${stage.botUrl}/webhooks/telegram`, {
        method: 'POST',
        body,
        headers: {
          'content-type': 'application/json',
          ...(secret === null ? {} : { 'x-telegram-bot-api-secret-token': secret }),
        },
      });
      await response.body?.cancel();
      return response.status;
    },
    async close() {
      await bot.close();
      await workers.close(SHUTDOWN_MS);
      await stage.close();
    },
  };
}

let lastUpdateId = 500_000_000;

/** What Telegram would post for one message in the person's private chat, under an id of its own. */
export function telegramUpdate(chatId: string, text: string): string {
  lastUpdateId += 1;
  const id = Number(chatId);
  return JSON.stringify({
    update_id: lastUpdateId,
    message: {
      message_id: lastUpdateId,
      from: { id, is_bot: false, first_name: 'Bà Tư' },
      chat: { id, type: 'private', first_name: 'Bà Tư' },
      date: Math.floor(Date.now() / 1_000),
      text,
    },
  });
}
