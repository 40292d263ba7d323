import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseValidThrough, readZaloAllowance } from '#src/channels/zalo/allowance.ts';
import { createZaloApi, type ZaloApi } from '#src/channels/zalo/api.ts';
import { countZaloMembers, getZaloOa, listZaloGroups } from '#src/channels/zalo/groups.ts';
import { createZaloHttp, type ZaloHttp } from '#src/channels/zalo/http.ts';
import { ZaloCallError } from '#src/channels/zalo/outcome.ts';
import { createZaloChannel } from '#src/channels/zalo/send.ts';
import { startSandbox, type Sandbox } from '#dev/sandbox/index.ts';
import { startScriptedServer } from './scripted-server.ts';

const photo = { bytes: Buffer.from('PNGBYTES'), contentType: 'image/png' };
const PHOTO_MESSAGE = { text: 'Kính chào', photoIds: ['media-1'] };

describe('zalo groups', () => {
  let sandbox: Sandbox;
  let http: ZaloHttp;
  let api: ZaloApi;
  beforeEach(async () => {
    sandbox = await startSandbox();
    http = createZaloHttp({ timeoutMs: 1_000 });
    const { accessToken } = sandbox.zalo.issueTokens();
    const token = { kind: 'token', accessToken, generation: 1 } as const;
    const keeper = { token: () => Promise.resolve(token), renew: () => Promise.resolve(token) };
    api = createZaloApi({ http, keeper, apiUrl: sandbox.zalo.apiRoot() });
  });
  afterEach(async () => {
    await sandbox.stop();
    await http.close();
  });

  it('are listed over all pages, each once', async () => {
    const made = Array.from({ length: 73 }, (_, index) => sandbox.zalo.createGroup(`Khu phố ${index + 1}`));
    const listed = await listZaloGroups(api);
    expect(listed.map((group) => group.chatId).sort()).toEqual(
      made.map((group) => `g:${group.groupId}`).sort(),
    );
    expect(listed[0]).toMatchObject({ isEnabled: true, link: expect.stringContaining('https://') as string });
  });

  it('count their members', async () => {
    const [a, b] = [sandbox.zalo.createPerson('A'), sandbox.zalo.createPerson('B')];
    const group = sandbox.zalo.createGroup('Khu phố 1', [a, b]);
    expect(await countZaloMembers(api, group.groupId)).toBeGreaterThanOrEqual(2);
  });

  it('say when their place runs out, and what is left of the plan', async () => {
    const [soon, never] = [sandbox.zalo.createGroup('Khu phố 1'), sandbox.zalo.createGroup('Khu phố 2')];
    sandbox.zalo.setValidThrough(soon, Date.UTC(2026, 10, 30));
    const { groups, callsPerMinute, privateLeft } = await readZaloAllowance(api);
    const until = new Map(groups.map(({ chatId, untilMs }) => [chatId, untilMs]));
    // To the end of the day at the ward.
    expect(until.get(`g:${soon.groupId}`)).toBe(Date.UTC(2026, 10, 30, 17) - 1);
    expect(until.get(`g:${never.groupId}`)).toBeGreaterThan(Date.UTC(2090, 0, 1));
    expect(callsPerMinute).toBeGreaterThan(0);
    expect(privateLeft).toBeGreaterThanOrEqual(0);
  });

  it.each([
    [1_764_500_000_000, 1_764_500_000_000],
    ['1764500000000', 1_764_500_000_000],
    ['30/11/2025', Date.UTC(2025, 10, 30, 17) - 1],
    ['soon', null],
  ])('write that day in several ways: %s', (given, atMs) => {
    expect(parseValidThrough(given)).toBe(atMs);
  });

  it('belong to the OA that getoa names', async () => {
    expect(await getZaloOa(api)).toMatchObject({ oaId: sandbox.zalo.settings.oaId });
  });

  it('throw a mapped error when the platform refuses', async () => {
    sandbox.zalo.refuseWith(-212);
    const error: unknown = await listZaloGroups(api).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ZaloCallError);
    expect(error).toMatchObject({ message: 'zalo getgroupsofoa: refused -212' });
  });
});

describe('zalo pictures', () => {
  const DAY_MS = 24 * 3_600_000;
  const uploaded = { kind: 'json', body: { error: 0, data: { attachment_id: 'att1' } } } as const;
  const sent = { kind: 'json', body: { error: 0, data: { message_id: 'm1' } } } as const;
  const chat = { platform: 'zalo', chatId: '7' } as const;
  let nowMs = 1_764_000_000_000;

  async function stand() {
    const server = await startScriptedServer((request) =>
      request.path.includes('upload') ? uploaded : sent,
    );
    const http = createZaloHttp({ timeoutMs: 1_000 });
    const token = { kind: 'token', accessToken: 'a', generation: 1 } as const;
    const keeper = { token: () => Promise.resolve(token), renew: () => Promise.resolve(token) };
    const api = createZaloApi({ http, keeper, apiUrl: server.url });
    const channel = createZaloChannel({ api, http, oaId: '388', clock: { nowMs: () => nowMs } });
    const uploads = () => server.seen.filter((request) => request.path.includes('upload')).length;
    const stop = async () => {
      await server.stop();
      await http.close();
    };
    return { server, channel, uploads, stop };
  }

  it('are uploaded once for many sends at the same time, and again after six days', async () => {
    const { channel, uploads, stop } = await stand();
    const send = () => channel.send(chat, PHOTO_MESSAGE, [photo]);
    const outcomes = await Promise.all(Array.from({ length: 20 }, send));
    expect(outcomes.every((outcome) => outcome.kind === 'sent')).toBe(true);
    expect(uploads()).toBe(1);
    nowMs += 6 * DAY_MS - 1;
    await send();
    expect(uploads()).toBe(1);
    nowMs += 1;
    await send();
    expect(uploads()).toBe(2);
    await stop();
  });

  it('are uploaded anew when the platform has forgotten them', async () => {
    const { server, channel, uploads, stop } = await stand();
    server.script(uploaded, { kind: 'json', body: { error: -100, message: 'attachment_id was expired' } });
    expect(await channel.send(chat, PHOTO_MESSAGE, [photo])).toEqual({
      kind: 'retry',
      why: 'network',
      afterMs: 1_000,
    });
    expect(await channel.send(chat, PHOTO_MESSAGE, [photo])).toMatchObject({ kind: 'sent' });
    expect(uploads()).toBe(2);
    await stop();
  });

  it('over one mebibyte are content that is rejected before any call', async () => {
    const { server, channel, stop } = await stand();
    const large = { bytes: Buffer.alloc(1024 * 1024 + 1), contentType: 'image/png' };
    expect(await channel.send(chat, PHOTO_MESSAGE, [large])).toMatchObject({
      kind: 'rejected',
      code: 'media-size',
    });
    expect(server.seen).toEqual([]);
    await stop();
  });
});

describe('files of residents on zalo', () => {
  it.each(['http://127.0.0.1:1/x', 'file:///etc/passwd', 'data:text/plain,x', 'no address', ''])(
    'are fetched over https alone: %s',
    async (ref) => {
      const http = createZaloHttp();
      const token = { kind: 'unavailable', why: 'busy' } as const;
      const keeper = { token: () => Promise.resolve(token), renew: () => Promise.resolve(token) };
      const api = createZaloApi({ http, keeper });
      const channel = createZaloChannel({ api, http, oaId: '388', clock: { nowMs: () => 0 } });
      await expect(channel.fetchFile({ kind: 'photo', ref })).rejects.toThrow('zalo fetchFile: unreadable');
      await http.close();
    },
  );
});
