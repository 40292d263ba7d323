import { describe, expect, it } from 'vitest';
import { createTelegramApi, getTelegramUsername } from '#src/channels/telegram/api.ts';
import { TelegramCallError } from '#src/channels/telegram/errors.ts';
import { isTelegramSecret, setTelegramWebhook } from '#src/channels/telegram/webhook.ts';
import { startScriptedServer } from './scripted-server.ts';

const TOKEN = '123456789:AAHbd5example_of-a-token0123456789abc';

describe('the telegram webhook', () => {
  it('knows its secret and nothing else', () => {
    expect(isTelegramSecret('s3cret', 's3cret')).toBe(true);
    expect(isTelegramSecret('s3cre', 's3cret')).toBe(false);
    expect(isTelegramSecret(undefined, 's3cret')).toBe(false);
    expect(isTelegramSecret('', '')).toBe(false);
  });

  it('is set with the secret and the kinds of update that are read', async () => {
    const server = await startScriptedServer(() => ({ kind: 'json', body: { ok: true, result: true } }));
    const api = createTelegramApi({ token: TOKEN, apiRoot: server.url });
    await setTelegramWebhook(api, { url: 'https://bot.example/tg', secret: 's3cret' });
    expect(JSON.parse(server.seen[0]?.raw.toString() ?? '')).toEqual({
      url: 'https://bot.example/tg',
      secret_token: 's3cret',
      allowed_updates: ['message', 'callback_query', 'my_chat_member'],
    });
    await server.stop();
  });
});

describe('getMe at boot', () => {
  it('gives the username', async () => {
    const result = { id: 1, is_bot: true, first_name: 'Loa', username: 'loa_bot' };
    const server = await startScriptedServer(() => ({ kind: 'json', body: { ok: true, result } }));
    const api = createTelegramApi({ token: TOKEN, apiRoot: server.url });
    expect(await getTelegramUsername(api)).toBe('loa_bot');
    await server.stop();
  });

  it('fails for a wrong token without naming it', async () => {
    const body = { ok: false, error_code: 401, description: `Unauthorized ${TOKEN}` };
    const server = await startScriptedServer(() => ({ kind: 'json', status: 401, body }));
    const api = createTelegramApi({ token: TOKEN, apiRoot: server.url });
    const error: unknown = await getTelegramUsername(api).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(TelegramCallError);
    expect(error).toMatchObject({ message: 'telegram getMe: refused 401' });
    expect(JSON.stringify(error)).not.toContain(TOKEN);
    await server.stop();
  });
});
