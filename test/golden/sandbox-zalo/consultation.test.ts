import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { ZaloPerson } from '#dev/sandbox/zalo/index.ts';
import { startStand } from './harness.ts';
import type { Answer, Stand } from './harness.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const CS = '/v3.0/oa/message/cs';

const buttons = (...items: readonly unknown[]): unknown => ({
  text: 'Chọn',
  attachment: { type: 'template', payload: { buttons: items } },
});
const query = (title: string): unknown => ({ title, type: 'oa.query.hide', payload: `#${title}` });

describe('consultation messages of the Zalo sandbox', () => {
  let stand: Stand;
  let lan: ZaloPerson;
  beforeEach(async () => {
    stand = await startStand({ monthlyConsultations: 2, templateIds: ['template-1'] });
    lan = stand.zalo.createPerson('Lan');
  });
  afterEach(async () => stand.stop());

  const send = async (message: unknown, userId: unknown = lan.userId): Promise<Answer> =>
    stand.post(CS, { recipient: { user_id: userId }, message });

  it('takes an approved template after seven days, too, and no other, and bills it', async () => {
    const code = { code: '3-0001', state: 'xong' };
    const template = async (templateId: string, data: unknown = code): Promise<Answer> =>
      stand.post('/v3.0/oa/message/template', {
        ...{ user_id: lan.userId, template_id: templateId, template_data: data },
      });
    stand.zalo.say(lan, 'alo');
    stand.core.clock.advanceMs(8 * DAY_MS);
    expect((await send({ text: 'words' })).error).toBe(-230);
    const sent = await template('template-1');
    expect(sent.error).toBe(0);
    expect(sent.data['quota']).toMatchObject({ quota_type: 'sub_quota', remain: '1' });
    expect(stand.zalo.messagesTo(lan).at(-1)?.text).toBe('code: 3-0001\nstate: xong');
    expect((await template('template-2')).error).toBe(-201);
    expect((await template('template-1', {})).error).toBe(-201);
  });

  it('is free within 48 h, billed to 7 days, then -230, by the movable clock', async () => {
    stand.zalo.say(lan, 'alo');
    stand.core.clock.advanceMs(48 * HOUR_MS);
    expect((await send({ text: 'a' })).data['quota']).toMatchObject({
      quota_type: 'reply',
      owner_type: 'OA',
    });
    stand.core.clock.advanceMs(1);
    const billed = await send({ text: 'b' });
    expect(billed.data['quota']).toMatchObject({ quota_type: 'sub_quota', remain: '1', total: '2' });
    stand.core.clock.advanceMs(5 * DAY_MS - 1);
    expect((await send({ text: 'c' })).error).toBe(0);
    stand.core.clock.advanceMs(1);
    expect(await send({ text: 'd' })).toMatchObject({ status: 200, error: -230 });
    stand.zalo.say(lan, 'alo');
    expect((await send({ text: 'e' })).error).toBe(0);
  });

  it('gives -211 once the billed messages of the month are used up, and counts anew next month', async () => {
    stand.core.clock.setMs(Date.parse('2026-11-27T00:00:00Z'));
    stand.zalo.follow(lan);
    stand.core.clock.advanceMs(3 * DAY_MS);
    expect([(await send({ text: '1' })).error, (await send({ text: '2' })).error]).toEqual([0, 0]);
    expect((await send({ text: '3' })).error).toBe(-211);
    stand.core.clock.setMs(Date.parse('2026-11-30T17:00:00Z'));
    expect((await send({ text: '4' })).error).toBe(0);
  });

  it('refuses strangers -213, the unknown -201, the blocked -217 or -244', async () => {
    expect((await send({ text: 'x' })).error).toBe(-213);
    expect((await send({ text: 'x' }, '1')).error).toBe(-201);
    expect((await send({ text: 'x' }, Number(lan.userId))).error).toBe(-201);
    stand.zalo.follow(lan);
    stand.zalo.block(lan);
    expect((await send({ text: 'x' })).error).toBe(-217);
    stand.zalo.block(lan, -244);
    expect((await send({ text: 'x' })).error).toBe(-244);
    stand.zalo.unblock(lan);
    expect((await send({ text: 'x' })).error).toBe(0);
  });

  it('takes 2,000 characters and refuses 2,001 with -210', async () => {
    stand.zalo.follow(lan);
    expect((await send({ text: 'ă'.repeat(2_000) })).error).toBe(0);
    expect(await send({ text: 'ă'.repeat(2_001) })).toMatchObject({ status: 200, error: -210 });
    expect((await send({ text: '' })).error).toBe(-201);
  });

  it('takes five buttons, and a tap comes back as user_send_text with the payload', async () => {
    stand.zalo.follow(lan);
    const five = await send(buttons(...['a', 'b', 'c', 'd', 'e'].map(query)));
    expect(five.error).toBe(0);
    expect((await send(buttons(...['a', 'b', 'c', 'd', 'e', 'f'].map(query)))).error).toBe(-210);
    expect((await send(buttons(query('x'.repeat(101))))).error).toBe(-210);
    expect((await send(buttons({ title: 'x', type: 'oa.query.hide', payload: {} }))).error).toBe(-201);
    expect((await send(buttons({ title: 'x', type: 'callback', payload: 'x' }))).error).toBe(-201);
    const messageId = String(five.data['message_id']);
    expect(stand.zalo.tap(lan, messageId, 'c')).toMatchObject({ kind: 'sent' });
    expect(stand.zalo.events().at(-1)?.event.body).toMatchObject({
      event_name: 'user_send_text',
      sender: { id: lan.userId },
      message: { text: '#c' },
    });
  });

  it('takes pictures by address or upload, files by token, and refuses what is seven days old with -100', async () => {
    stand.zalo.follow(lan);
    const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 1]);
    const image = await stand.upload('/v2.0/oa/upload/image', 'a.png', png);
    const file = await stand.upload('/v2.0/oa/upload/file', 'a.pdf', png);
    const media = (source: unknown): unknown => ({
      text: 'ảnh',
      attachment: {
        type: 'template',
        payload: { template_type: 'media', elements: [{ media_type: 'image', ...(source as object) }] },
      },
    });
    const uploaded = media({ attachment_id: image.data['attachment_id'] });
    const document = { attachment: { type: 'file', payload: { token: file.data['token'] } } };
    expect((await send(media({ url: 'https://bot.example/a.png' }))).error).toBe(0);
    expect((await send(uploaded)).error).toBe(0);
    expect((await send(document)).error).toBe(0);
    expect(stand.zalo.messagesTo(lan).map((message) => message.upload?.name)).toEqual([
      undefined,
      'a.png',
      'a.pdf',
    ]);
    expect((await send({ attachment: { type: 'image', payload: { attachment_id: 'x' } } })).error).toBe(-201);
    stand.core.clock.advanceMs(7 * DAY_MS);
    stand.zalo.say(lan, 'alo');
    const late = await send(uploaded);
    expect(late.error).toBe(-100);
  });

  it('refuses uploads over 1 MB with -210 and pictures that are none with -201', async () => {
    const large = new Uint8Array(1_048_577);
    large.set([0xff, 0xd8, 0xff]);
    expect((await stand.upload('/v2.0/oa/upload/image', 'a.jpg', large)).error).toBe(-210);
    expect((await stand.upload('/v2.0/oa/upload/image', 'a.jpg', large.slice(0, 1_048_576))).error).toBe(0);
    expect((await stand.upload('/v2.0/oa/upload/image', 'a.jpg', new Uint8Array([1, 2]))).error).toBe(-201);
  });

  it('asks for contact data, and the answer is an event in the current or the old shape', async () => {
    stand.zalo.follow(lan);
    const element = { title: 'Liên hệ', subtitle: 'Mời điền', image_url: 'https://bot.example/a.png' };
    const ask = {
      attachment: { type: 'template', payload: { template_type: 'request_user_info', elements: [element] } },
    };
    const info = {
      name: 'Lan',
      phone: '84900000001',
      city: 'TP.HCM',
      ward: 'Tân Thuận',
      address: '1 Đường số 1',
    };
    expect(() => stand.zalo.submitInfo(lan, info)).toThrow();
    expect((await send(ask)).error).toBe(0);
    stand.zalo.submitInfo(lan, info);
    expect(stand.zalo.events().at(-1)?.event.body).toMatchObject({
      event_name: 'user_submit_info',
      info: { phone: '84900000001', full_address: { user_ward: 'Tân Thuận' } },
    });
    stand.zalo.submitInfo(lan, info, 'old');
    expect(stand.zalo.events().at(-1)?.event.body).toMatchObject({
      info: { phone: 84900000001, ward: 'Tân Thuận' },
    });
    const detail = await stand.get(
      `/v3.0/oa/user/detail?data=${encodeURIComponent(JSON.stringify({ user_id: lan.userId }))}`,
    );
    expect(detail.data).toMatchObject({ display_name: 'Lan', shared_info: { phone: '84900000001' } });
  });

  it('reports one person’s window and keeps ids as text above 2^53', async () => {
    stand.zalo.follow(lan);
    const quota = await stand.post('/v3.0/oa/quota/message', { user_id: lan.userId });
    expect(quota.data['last_interaction']).toBe(String(Math.floor(stand.core.clock.nowMs())));
    const neighbour = stand.zalo.createPerson('Hoa');
    expect(neighbour.userId).not.toBe(lan.userId);
    expect(Number(neighbour.userId)).toBe(Number(lan.userId));
  });

  it('resolves a wait as soon as the message is there, and journals chat and message id', async () => {
    stand.zalo.follow(lan);
    const waiting = stand.zalo.waitFor(lan, (message) => message.text === 'xin chào', { timeoutMs: 2_000 });
    const answer = await send({ text: 'xin chào' });
    expect((await waiting).messageId).toBe(answer.data['message_id']);
    const [entry] = stand.core.journal.entries({ method: 'message/cs' });
    expect(entry).toMatchObject({ ok: true, chatId: lan.userId, messageId: answer.data['message_id'] });
  });
});

describe('options of the Zalo sandbox', () => {
  it('limits free replies and button titles when told, and lives under a path prefix', async () => {
    const stand = await startStand({
      freeRepliesPerWindow: 2,
      monthlyConsultations: 0,
      purchasedConsultations: 1,
      maxButtonTitleLength: 20,
      pathPrefix: '/zalo',
    });
    const lan = stand.zalo.createPerson('Lan');
    stand.zalo.follow(lan);
    const send = async (message: unknown): Promise<Answer> =>
      stand.post(CS, { recipient: { user_id: lan.userId }, message });
    const title = 'x'.repeat(21);
    expect((await send(buttons(query(title)))).error).toBe(-210);
    const quotas = [await send({ text: '1' }), await send({ text: '2' }), await send({ text: '3' })];
    expect(quotas.map(({ data }) => (data['quota'] as { quota_type: string }).quota_type)).toEqual([
      'reply',
      'reply',
      'purchase_quota',
    ]);
    expect((await send({ text: '4' })).error).toBe(-211);
    await stand.stop();
  });
});
