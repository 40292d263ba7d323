import { autoRetry } from '@grammyjs/auto-retry';
import { apiThrottler } from '@grammyjs/transformer-throttler';
import { Bot } from 'grammy';
import { Telegram, TelegramError } from 'telegraf';
import { Agent } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Platform } from './platform.ts';

/** How somebody who takes a library and writes the loop sends one text to many chats. No ledger, no shared budget. */
export interface Peer {
  readonly name: string;
  send(platform: Platform, chatIds: readonly number[], text: string): Promise<void>;
}

/** As wide as their users set it. */
const IN_FLIGHT = 32;
const GIVE_UP_AFTER = 50;

export const PEERS: readonly Peer[] = [
  { name: 'telegraf-sequential', send: telegrafInSequence },
  { name: 'telegraf-parallel', send: telegrafInParallel },
  { name: 'grammy-auto-retry', send: grammyAutoRetry },
  { name: 'grammy-throttler', send: grammyThrottler },
];

function telegrafOf(platform: Platform): Telegram {
  const telegram = new Telegram(platform.token, { apiRoot: platform.rootUrl });
  // telegraf drops the agent of an http: root in its constructor; without one each call would open a connection.
  telegram.options.agent = new Agent({ keepAlive: true });
  return telegram;
}

/** What surely was not delivered is sent again when the platform says so; whatever else went wrong is passed over. */
async function obeying(send: () => Promise<unknown>): Promise<void> {
  for (let attempt = 0; attempt < GIVE_UP_AFTER; attempt += 1) {
    try {
      await send();
      return;
    } catch (error) {
      const waitS = error instanceof TelegramError ? error.parameters?.retry_after : undefined;
      if (waitS === undefined) return;
      await delay(waitS * 1_000);
    }
  }
}

async function telegrafInSequence(
  platform: Platform,
  chatIds: readonly number[],
  text: string,
): Promise<void> {
  const telegram = telegrafOf(platform);
  for (const chatId of chatIds) await obeying(() => telegram.sendMessage(chatId, text));
}

async function telegrafInParallel(
  platform: Platform,
  chatIds: readonly number[],
  text: string,
): Promise<void> {
  const telegram = telegrafOf(platform);
  await inParallel(chatIds, (chatId) => obeying(() => telegram.sendMessage(chatId, text)));
}

async function grammyAutoRetry(platform: Platform, chatIds: readonly number[], text: string): Promise<void> {
  const bot = new Bot(platform.token, { client: { apiRoot: platform.rootUrl } });
  bot.api.config.use(autoRetry());
  await inParallel(chatIds, (chatId) => bot.api.sendMessage(chatId, text));
}

async function grammyThrottler(platform: Platform, chatIds: readonly number[], text: string): Promise<void> {
  const bot = new Bot(platform.token, { client: { apiRoot: platform.rootUrl } });
  bot.api.config.use(apiThrottler());
  await Promise.allSettled(chatIds.map((chatId) => bot.api.sendMessage(chatId, text)));
}

async function inParallel(
  chatIds: readonly number[],
  send: (chatId: number) => Promise<unknown>,
): Promise<void> {
  const left = chatIds.values();
  const lane = async (): Promise<void> => {
    for (const chatId of left) await send(chatId).catch(() => undefined);
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, lane));
}
