import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Someone } from '#dev/world/people.ts';
import type { Platform } from '#src/domain/inbound.ts';
import { startWebhookStage, telegramUpdate, type WebhookStage } from '#test/support/webhook-stage.ts';

let stage: WebhookStage;
beforeAll(async () => {
  stage = await startWebhookStage();
});
afterAll(() => stage.close());

const TIMES = 3;

/** Says it once, and lets the platform deliver it three times: at once, or one after the other. */
async function sayThrice(who: Someone, words: string, how: 'at once' | 'in turn'): Promise<void> {
  const statuses: number[] = [];
  const posts = who.platform === 'telegram' ? telegramPosts(who, words) : zaloPosts(who, words);
  if (how === 'at once') statuses.push(...(await Promise.all(posts.map((post) => post()))));
  else for (const post of posts) statuses.push(await post());
  expect(statuses.every((status) => status === 200)).toBe(true);
}

function telegramPosts(who: Someone, words: string): readonly (() => Promise<number>)[] {
  const update = telegramUpdate(who.chatId, words);
  return Array.from({ length: TIMES }, () => () => stage.postToTelegram(update, stage.telegramSecret));
}

function zaloPosts(who: Someone, words: string): readonly (() => Promise<number>)[] {
  const { zalo } = stage.sandbox;
  who.say(words);
  const eventNumber = zalo.events().length;
  // The first of the three went out by itself.
  return Array.from({ length: TIMES - 1 }, () => async () => {
    const [attempt] = await zalo.redeliver(eventNumber);
    return attempt?.kind === 'answered' ? attempt.status : 0;
  });
}

const PLACES = {
  'telegram at once': '5',
  'telegram in turn': '6',
  'zalo at once': '7',
  'zalo in turn': '8',
} as const;

describe.concurrent.each<Platform>(['telegram', 'zalo'])(
  'an update that %s delivers three times',
  (platform) => {
    it.each(['at once', 'in turn'] as const)('%s makes one answer and one case', async (how) => {
      const resident = stage.someone(platform, `Bà Tư ${how}`);
      resident.open();
      await resident.hear('Kính chào ông/bà');
      const form = [
        ['Đèn đường hỏng rồi', 'Bước 1/2'],
        // Neighbours who report one thing at one place are asked whether they follow it.
        [`Tổ ${PLACES[`${platform} ${how}`]} Khu 3`, 'Bước 2/2'],
        ['0', 'xem lại giúp'],
        ['1', 'Phường đã nhận'],
      ] as const;
      for (const [words, answer] of form) {
        await sayThrice(resident, words, how);
        await resident.hear(answer);
      }
      await sayThrice(resident, 'menu', how);
      await resident.hear('Kính chào ông/bà');
      await sayThrice(resident, 'menu', how);
      await resident.hear('Kính chào ông/bà');
      // The greeting, four answers of the form, two menus: nothing was said twice.
      expect(resident.heard()).toHaveLength(7);
      const cases = await stage.runtime.core.store.cases.ofResident(
        { platform, chatId: resident.chatId },
        10,
      );
      expect(cases).toHaveLength(1);
      expect(cases[0]?.text).toBe('Đèn đường hỏng rồi');
    });
  },
);
