import { createChatQueue } from '#src/app/inbound/chat-queue.ts';
import { handleInbox } from '#src/app/inbound/handle-inbox.ts';
import { receive } from '#src/app/inbound/receive.ts';
import { takeInZaloGroups } from '#src/app/groups/take-in-zalo-groups.ts';
import { runTelegramPoller } from '#src/channels/telegram/poller.ts';
import { setTelegramWebhook } from '#src/channels/telegram/webhook.ts';
import { listZaloGroups } from '#src/channels/zalo/groups.ts';
import { buildHttpServer } from '#src/http/server.ts';
import type { InboundEvent } from '#src/domain/inbound.ts';
import { runWithin } from '#src/queue/run-within.ts';
import type { Runtime } from './runtime.ts';
import { TELEGRAM_PATH, webhookRoutes } from './webhooks.ts';

export interface RunningBot {
  /** Where webhooks and health are heard. */
  readonly url: string;
  close(): Promise<void>;
}

const CHATS_AT_ONCE = 32;
/** Also keeps a quiet OA connected: a refresh token that is not used for three months dies. */
const LIST_GROUPS_EVERY_MS = 6 * 3_600_000;

/** What takes longer is given up: it hangs, and nobody after it would ever be heard. The platform or the inbox brings it again. */
export interface BotLimits {
  readonly takeInMs: number;
  readonly chatMs: number;
}

const LIMITS: BotLimits = { takeInMs: 20_000, chatMs: 60_000 };

/** The inbound side: webhooks or our own poller, into the inbox, and from there chat by chat. */
export async function startBot(runtime: Runtime, limits: BotLimits = LIMITS): Promise<RunningBot> {
  const { core } = runtime;
  const { app, config, log } = core;
  const stop = new AbortController();
  const queue = createChatQueue(
    // Told to stop, it finishes the message at hand; the rest waits in the inbox for the next process.
    (chatKey) => runWithin(limits.chatMs, stop.signal, (signal) => handleInbox(app, chatKey, signal)),
    // The row stands in the inbox: the putting-back timer brings it again.
    (_chatKey, error) => log.error({ error }, 'chat not worked off'),
    CHATS_AT_ONCE,
  );
  const receivePorts = { inbox: app.inbox, log, handleSoon: (chatKey: string) => queue.push(chatKey) };
  const takeIn = async (event: InboundEvent): Promise<void> => {
    const answer = await runWithin(limits.takeInMs, new AbortController().signal, () =>
      receive(receivePorts, event),
    );
    runtime.metrics.inboxRow(event.platform, answer);
  };
  const server = buildHttpServer({
    webhooks: webhookRoutes(config, () => core.clock.nowMs()),
    receive: takeIn,
    health: async () => ({
      database: await core.store.ping().then(
        () => true,
        () => false,
      ),
    }),
    metrics: async () => (await runtime.metrics.scrape()).text,
    log,
  });
  const url = await server.listen({ host: config.host, port: config.port });
  const polling = startTelegram(runtime, stop.signal, takeIn);
  void takeInGroups(runtime);
  const listing = setInterval(() => void takeInGroups(runtime), LIST_GROUPS_EVERY_MS);
  listing.unref();
  return {
    url,
    async close() {
      clearInterval(listing);
      stop.abort();
      await polling;
      await server.close();
      await queue.idle();
    },
  };
}

async function startTelegram(
  runtime: Runtime,
  signal: AbortSignal,
  intake: Parameters<typeof runTelegramPoller>[0]['intake'],
): Promise<void> {
  const { config, built, log, clock } = runtime.core;
  const api = built.telegramApi;
  if (!api || !config.telegram) return;
  if (config.publicUrl !== null && config.telegram.webhookSecret !== null) {
    const url = new URL(TELEGRAM_PATH, config.publicUrl).href;
    try {
      await setTelegramWebhook(api, { url, secret: config.telegram.webhookSecret });
    } catch (error) {
      log.error({ error }, 'telegram webhook not set');
    }
    return;
  }
  await runTelegramPoller({ api, intake, log, signal, nowMs: () => clock.nowMs() });
}

/** Groups made in the OA's console show up without anybody typing them. */
async function takeInGroups(runtime: Runtime): Promise<void> {
  const { built, app, log } = runtime.core;
  if (!built.zaloApi) return;
  try {
    const groups = await listZaloGroups(built.zaloApi);
    await takeInZaloGroups(app, groups);
  } catch (error) {
    log.warn({ error }, 'zalo groups not listed');
  }
}
