import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createZaloApi } from '#src/channels/zalo/api.ts';
import { createZaloHttp, type ZaloHttp } from '#src/channels/zalo/http.ts';
import { requestZaloTokens } from '#src/channels/zalo/oauth.ts';
import { createZaloChannel, type ZaloChannel } from '#src/channels/zalo/send.ts';
import { createZaloTokenKeeper } from '#src/channels/zalo/token-keeper.ts';
import { startSandbox, type Sandbox } from '#dev/sandbox/index.ts';
import { MemoryTokenStore } from './memory-token-store.ts';

const HOUR_MS = 3_600_000;
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

describe("zalo's OAuth, as the sandbox has it", () => {
  let sandbox: Sandbox;
  let http: ZaloHttp;
  let store: MemoryTokenStore;
  let alerts: string[];

  const oauth = () => ({
    http,
    oauthUrl: sandbox.zalo.apiRoot(),
    appId: sandbox.zalo.settings.appId,
    appSecret: sandbox.zalo.settings.appSecret,
  });
  /** A process of its own: keeper and channel over the shared store. */
  function startProcess(): ZaloChannel {
    const { clock, zalo } = sandbox;
    const keeper = createZaloTokenKeeper({
      ...oauth(),
      store,
      clock,
      alerts: { raise: (kind) => Promise.resolve(void alerts.push(kind)) },
      log: silent,
      tokens: { next: () => 'claim' },
      pollMs: 5,
    });
    const api = createZaloApi({ http, keeper, apiUrl: zalo.apiRoot() });
    return createZaloChannel({ api, http, oaId: zalo.settings.oaId, clock });
  }
  function groupChat() {
    const group = sandbox.zalo.createGroup('Khu phố 3');
    return { platform: 'zalo', chatId: `g:${group.groupId}` } as const;
  }

  beforeEach(async () => {
    sandbox = await startSandbox();
    sandbox.clock.freeze();
    http = createZaloHttp({ timeoutMs: 1_000 });
    alerts = [];
    store = new MemoryTokenStore({
      ...sandbox.zalo.issueTokens(),
      expiresAtMs: sandbox.clock.nowMs() + 25 * HOUR_MS,
      generation: 1,
      state: 'good',
    });
  });
  afterEach(async () => {
    await sandbox.stop();
    await http.close();
  });

  it('lets two processes send on after 26 hours, for one refresh token', async () => {
    const chat = groupChat();
    const [a, b] = [startProcess(), startProcess()];
    const send = (channel: ZaloChannel) => channel.send(chat, { text: 'Kính chào' }, []);
    await Promise.all([send(a), send(b)]);
    sandbox.clock.advanceMs(26 * HOUR_MS);
    const outcomes = await Promise.all([send(a), send(b), send(a), send(b)]);
    expect(outcomes.map((outcome) => outcome.kind)).toEqual(['sent', 'sent', 'sent', 'sent']);
    expect(store.saved).toHaveLength(1);
    expect(alerts).toEqual([]);
  });

  it('mends a removed access token within the send, for two processes at once', async () => {
    const chat = groupChat();
    const [a, b] = [startProcess(), startProcess()];
    sandbox.zalo.revokeAccessTokens();
    const outcomes = await Promise.all([a, b].map((one) => one.send(chat, { text: 'Kính chào' }, [])));
    expect(outcomes.map((outcome) => outcome.kind)).toEqual(['sent', 'sent']);
    expect(store.saved).toHaveLength(1);
  });

  it('calls a person once the permission is taken away', async () => {
    const channel = startProcess();
    sandbox.zalo.revokeGrant();
    const outcome = await channel.send(groupChat(), { text: 'Kính chào' }, []);
    expect(outcome).toMatchObject({ kind: 'rejected', cause: 'configuration', code: 'token' });
    expect(alerts).toEqual(['zaloReconnect']);
  });

  it('trades a code for a pair, once', async () => {
    const code = sandbox.zalo.issueCode();
    expect(await requestZaloTokens(oauth(), { kind: 'code', code })).toMatchObject({
      kind: 'pair',
      lifeMs: 25 * HOUR_MS,
    });
    expect(await requestZaloTokens(oauth(), { kind: 'code', code })).toMatchObject({ kind: 'refused' });
  });
});
