import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { RETRY_LADDER_MS, zaloMac } from '#dev/sandbox/zalo/index.ts';
import type { ZaloSandboxOptions } from '#dev/sandbox/zalo/index.ts';
import { startReceiver, startStand } from './harness.ts';
import type { Received, Receiver, Stand } from './harness.ts';

const nameOf = ({ rawBody }: Received): unknown => (JSON.parse(rawBody) as { event_name: string }).event_name;

describe('signatures of Zalo webhooks', () => {
  const appId = '360846524940903967';
  const key = 'test_oa_secret_key';

  it.each([
    [
      '{"app_id":"360846524940903967","sender":{"id":"246845883529197922"},"user_id_by_app":"552177279717587730","recipient":{"id":"388613280878808645"},"event_name":"user_send_text","message":{"text":"message","msg_id":"96d3cdf3af150460909"},"timestamp":"1544608053474"}',
      '1544608053474',
      '5d9e0e1a7d27e2fee1d0c4c01c55077a2f47af90cf8b56d633b8c60a42ce3327',
    ],
    [
      '{"event_name":"user_send_group_text","app_id":"360846524940903967","oa_id":"388613280878808645","sender":{"id":"246845883529197922"},"recipient":{"id":"f414c8f76fa586fbdfb4"},"message":{"text":"Đường số 13 ngập","msg_id":"6d3771b5c7f5d0a889e7"},"timestamp":"1764000000000"}',
      '1764000000000',
      '5b7663a08e655d6a4f5e850570c1aed3b60649e7f79f746ac57cbdffb0b67961',
    ],
  ])('match the reference vector %#', (body, timestamp, mac) => {
    expect(zaloMac(appId, body, timestamp, key)).toBe(mac);
  });
});

describe('webhooks of the Zalo sandbox', () => {
  let stand: Stand;
  let receiver: Receiver;
  const begin = async (options: ZaloSandboxOptions = {}): Promise<void> => {
    stand = await startStand({ retryScale: 0.000_01, ...options });
  };
  const attach = async (): Promise<void> => {
    expect(await stand.zalo.setWebhook(receiver.url)).toMatchObject({ saved: true });
  };
  beforeEach(async () => {
    receiver = await startReceiver();
  });
  afterEach(async () => {
    await stand.stop();
    await receiver.stop();
  });

  it('saves an address only after an empty unsigned POST was answered 200', async () => {
    await begin();
    receiver.answerWith([403, 200]);
    expect(await stand.zalo.setWebhook(receiver.url)).toMatchObject({ saved: false, probe: { status: 403 } });
    expect(stand.zalo.webhooks.state).toBe('unset');
    await attach();
    expect(receiver.received[1]?.rawBody).toBe('');
    expect(receiver.received[1]?.headers['x-zevent-signature']).toBeUndefined();
    expect(stand.core.journal.entries({ method: 'webhook/probe' }).map((entry) => entry.ok)).toEqual([
      false,
      true,
    ]);
  });

  it('signs the raw bytes with the OA secret key and journals the acknowledgement', async () => {
    await begin();
    await attach();
    const lan = stand.zalo.createPerson('Lan');
    const messageId = stand.zalo.say(lan, 'Đường ngập');
    await stand.zalo.webhooks.settled();
    const [, received] = receiver.received;
    const body = JSON.parse(received?.rawBody ?? '') as { timestamp: string };
    const { appId, oaSecretKey, oaId } = stand.zalo.settings;
    expect(body).toEqual({
      event_name: 'user_send_text',
      app_id: appId,
      sender: { id: lan.userId },
      recipient: { id: oaId },
      message: { text: 'Đường ngập', msg_id: messageId },
      timestamp: String(Math.floor(stand.core.clock.nowMs())),
      user_id_by_app: lan.userIdByApp,
    });
    const mac = zaloMac(appId, received?.rawBody ?? '', body.timestamp, oaSecretKey);
    expect(received?.headers['x-zevent-signature']).toBe(`mac=${mac}`);
    expect(received?.headers['num_retry']).toBeUndefined();
    expect(stand.core.journal.entries({ kind: 'ack' })).toMatchObject([
      { ok: true, chatId: lan.userId, messageId },
    ]);
  });

  it('retries the same bytes with num_retry until it gets 200', async () => {
    await begin();
    await attach();
    receiver.answerWith([500, 204, 200]);
    stand.zalo.follow(stand.zalo.createPerson('Lan'));
    await stand.zalo.webhooks.settled();
    const attempts = receiver.received.slice(1);
    expect(attempts.map(({ headers }) => headers['num_retry'])).toEqual([undefined, '1', '2']);
    expect(new Set(attempts.map(({ rawBody }) => rawBody)).size).toBe(1);
    expect(stand.core.journal.entries({ kind: 'ack' }).map((entry) => entry.errorCode)).toEqual([
      500,
      204,
      undefined,
    ]);
    expect(stand.zalo.webhooks.state).toBe('active');
  });

  it('climbs 30 s, 5, 15, 30 min, 1 h and then disables the webhook until it is set again', async () => {
    expect(RETRY_LADDER_MS).toEqual([30_000, 300_000, 900_000, 1_800_000, 3_600_000]);
    await begin();
    await attach();
    receiver.answerWith([500]);
    const lan = stand.zalo.createPerson('Lan');
    stand.zalo.say(lan, '1');
    await stand.zalo.webhooks.settled();
    expect(receiver.received).toHaveLength(1 + 6);
    expect(stand.zalo.webhooks.state).toBe('disabled');
    expect(stand.core.journal.count({ method: 'webhook/disabled' })).toBe(1);
    receiver.answerWith([200]);
    stand.zalo.say(lan, '2');
    await stand.zalo.webhooks.settled();
    expect(receiver.received).toHaveLength(7);
    await attach();
    stand.zalo.say(lan, '3');
    expect(await receiver.waitForCount(9)).toHaveLength(9);
  });

  it('takes no answer within the timeout for a failure', async () => {
    await begin({ webhookTimeoutMs: 300 });
    await attach();
    receiver.answerWith([0, 200]);
    stand.zalo.follow(stand.zalo.createPerson('Lan'));
    await stand.zalo.webhooks.settled();
    expect(receiver.received.at(-1)?.headers['num_retry']).toBe('1');
    expect(stand.core.journal.entries({ kind: 'ack' })).toMatchObject([
      { ok: false, errorCode: 0 },
      { ok: true },
    ]);
  });

  it('delivers an event again on demand, several times, with a wrong MAC or none', async () => {
    await begin();
    await attach();
    stand.zalo.follow(stand.zalo.createPerson('Lan'));
    await stand.zalo.webhooks.settled();
    expect(await stand.zalo.redeliver(1, { times: 2 })).toHaveLength(2);
    await stand.zalo.redeliver(1, { wrongMac: true });
    await stand.zalo.redeliver(1, { unsigned: true });
    const macs = receiver.received.slice(1).map(({ headers }) => headers['x-zevent-signature']);
    expect(macs[1]).toBe(macs[0]);
    expect(macs[2]).toBe(macs[0]);
    expect(macs[3]).toMatch(/^mac=[0-9a-f]{64}$/);
    expect(macs[3]).not.toBe(macs[0]);
    expect(macs[4]).toBeUndefined();
  });

  it('brings echoes and receipts when asked to, and what staff type always', async () => {
    await begin({ echoes: true, receipts: true });
    await attach();
    const lan = stand.zalo.createPerson('Lan');
    stand.zalo.follow(lan);
    const recipient = { user_id: lan.userId };
    await stand.post('/v3.0/oa/message/cs', { recipient, message: { text: 'x' } });
    stand.zalo.see(lan);
    stand.zalo.staffSays(lan, 'Cán bộ đây', '42');
    await stand.zalo.webhooks.settled();
    const names = receiver.received.slice(1).map(nameOf);
    expect(names.toSorted()).toEqual(
      ['follow', 'oa_send_text', 'user_received_message', 'user_seen_message', 'oa_send_text'].toSorted(),
    );
    expect(stand.zalo.events().at(-1)?.event.body).toMatchObject({
      sender: { id: stand.zalo.settings.oaId, admin_id: '42' },
      recipient: { id: lan.userId },
    });
  });

  it('sends every kind of private message, places as text, files from an address the bot can fetch', async () => {
    await begin();
    const lan = stand.zalo.createPerson('Lan');
    stand.zalo.sendImage(lan, { bytes: Buffer.from('picture'), text: 'đây' });
    stand.zalo.sendAudio(lan);
    stand.zalo.sendVideo(lan);
    stand.zalo.sendSticker(lan);
    stand.zalo.sendLocation(lan, 10.762622, 106.660172);
    stand.zalo.sendFile(lan, 'don.pdf');
    stand.zalo.sendLink(lan, 'https://example.vn');
    stand.zalo.unfollow(lan);
    const bodies = stand.zalo.events().map(({ event }) => event.body);
    expect(bodies.map((body) => body['event_name'])).toEqual([
      ...['image', 'audio', 'video', 'sticker', 'location', 'file', 'link'].map(
        (kind) => `user_send_${kind}`,
      ),
      'unfollow',
    ]);
    expect(bodies[4]).toMatchObject({
      message: {
        attachments: [{ payload: { coordinates: { latitude: '10.762622', longitude: '106.660172' } } }],
      },
    });
    expect(bodies[7]).toMatchObject({ follower: { id: lan.userId }, source: 'oa_profile' });
    const image = bodies[0]?.['message'] as { attachments: readonly { payload: { url: string } }[] };
    const fetched = await fetch(image.attachments[0]?.payload.url ?? '');
    expect(await fetched.text()).toBe('picture');
  });
});
