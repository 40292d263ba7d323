import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { zaloMac } from '#dev/sandbox/zalo/signature.ts';
import { chatKey, PLATFORMS } from '#src/domain/inbound.ts';
import { startWebhookStage, telegramUpdate, type WebhookStage } from '#test/support/webhook-stage.ts';

let stage: WebhookStage;
beforeAll(async () => {
  stage = await startWebhookStage();
});
afterAll(() => stage.close());

/** Everything that a message could have changed. */
async function traces(): Promise<unknown> {
  const { inbox, conversations, deliveries } = stage.runtime.core.store;
  return {
    inbox: await inbox.waitingChats(10),
    effects: await conversations.waitingEffects(10),
    sends: await deliveries.waiting(Date.now()),
  };
}
const nothing = { inbox: [], effects: [], sends: [] };

describe('the Telegram webhook', () => {
  it.each([
    ['without a secret', null],
    ['with a wrong secret', 'the-secret-of-the-telegram-webhooK'],
    ['with a part of the secret', 'the-secret'],
    ['with an empty secret', ''],
  ])('refuses a call %s, and nothing is stored, handled or sent', async (_how, secret) => {
    expect(await stage.postToTelegram(telegramUpdate('4242', 'menu'), secret)).toBe(401);
    expect(await traces()).toEqual(nothing);
    expect(
      await stage.runtime.core.store.conversations.load(chatKey({ platform: 'telegram', chatId: '4242' })),
    ).toBeNull();
    expect(stage.sandbox.journal.count({ method: 'sendMessage' })).toBe(0);
  });

  it.each(['', '{', '[]', 'null', '{"update_id":"x"}', '{"update_id":1}'])(
    'takes %j with the right secret for what it is: nothing, so that it does not come again',
    async (body) => {
      expect(await stage.postToTelegram(body, stage.telegramSecret)).toBe(200);
      expect(await traces()).toEqual(nothing);
    },
  );
});

describe('the Zalo webhook', () => {
  it('answers the empty unsigned probe with 200', async () => {
    expect(await stage.sandbox.zalo.webhooks.postRaw('')).toEqual({ kind: 'answered', status: 200 });
  });

  it.each([
    ['a wrong MAC', { wrongMac: true }],
    ['no MAC', { unsigned: true }],
  ])('refuses %s, and nothing is stored, handled or sent', async (_what, options) => {
    const { zalo, journal } = stage.sandbox;
    const person = zalo.createPerson('Ông Bảy');
    zalo.webhooks.clearUrl();
    zalo.say(person, 'menu');
    await stage.connectZalo();
    const attempts = await zalo.redeliver(zalo.events().length, options);
    expect(attempts).toEqual([{ kind: 'answered', status: 401 }]);
    expect(await traces()).toEqual(nothing);
    expect(journal.count({ platform: 'zalo', method: 'message/cs' })).toBe(0);
  });

  it('refuses a body that was changed after it was signed', async () => {
    const { zalo } = stage.sandbox;
    const person = zalo.createPerson('Ông Tám');
    zalo.webhooks.clearUrl();
    zalo.say(person, 'menu');
    await stage.connectZalo();
    const raw = zalo.events().at(-1)?.rawBody ?? '';
    const keys = zalo.settings;
    const timestamp = (JSON.parse(raw) as { timestamp: string }).timestamp;
    const mac = zaloMac(keys.appId, raw, timestamp, keys.oaSecretKey);
    const answer = await zalo.webhooks.postRaw(raw.replace('menu', 'menU'), {
      'x-zevent-signature': `mac=${mac}`,
    });
    expect(answer).toEqual({ kind: 'answered', status: 401 });
    expect(await traces()).toEqual(nothing);
  });
});

it.each(PLATFORMS)('%s is heard when all is right', async (platform) => {
  const resident = stage.someone(platform, 'Bà Tư');
  resident.open();
  await resident.hear('Kính chào ông/bà');
});
