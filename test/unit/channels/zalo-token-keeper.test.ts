import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createZaloHttp } from '#src/channels/zalo/http.ts';
import { createZaloTokenKeeper, type ZaloTokenKeeper } from '#src/channels/zalo/token-keeper.ts';
import type { ZaloTokens } from '#src/app/ports/health.ts';
import { MemoryTokenStore } from './memory-token-store.ts';
import { startScriptedServer, type ScriptedReply, type ScriptedServer } from './scripted-server.ts';

const HOUR_MS = 3_600_000;
const START_MS = 1_764_000_000_000;
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

const goodTokens: ZaloTokens = {
  accessToken: 'access-1',
  refreshToken: 'refresh-1',
  expiresAtMs: START_MS + 25 * HOUR_MS,
  generation: 1,
  state: 'good',
};

const pair: ScriptedReply = {
  kind: 'json',
  body: { access_token: 'access-2', refresh_token: 'refresh-2', expires_in: '90000' },
};

describe('the zalo token keeper', () => {
  let server: ScriptedServer;
  let store: MemoryTokenStore;
  let nowMs = START_MS;
  let realMs = START_MS;
  let alerts: string[] = [];

  const keeperAt = (oauthUrl: string): ZaloTokenKeeper =>
    createZaloTokenKeeper({
      http: createZaloHttp({ timeoutMs: 200 }),
      oauthUrl,
      appId: '3608',
      appSecret: 'app-secret',
      store,
      clock: { nowMs: () => nowMs },
      alerts: { raise: (kind) => Promise.resolve(void alerts.push(kind)) },
      log: silent,
      tokens: { next: () => 'claim' },
      pollMs: 5,
      httpTimeoutMs: 200,
      realNowMs: () => realMs,
    });
  const spent = (): readonly (string | null)[] =>
    server.seen.map((request) => new URLSearchParams(request.raw.toString()).get('refresh_token'));
  const expire = (): void => void (nowMs = START_MS + 25 * HOUR_MS);

  beforeEach(async () => {
    server = await startScriptedServer(() => pair);
    store = new MemoryTokenStore(goodTokens);
    nowMs = START_MS;
    realMs = START_MS;
    alerts = [];
  });
  afterEach(() => server.stop());

  it('uses the token without a call while it is young', async () => {
    const keeper = keeperAt(server.url);
    expect(await keeper.token()).toEqual({ kind: 'token', accessToken: 'access-1', generation: 1 });
    expect(await keeper.token()).toMatchObject({ accessToken: 'access-1' });
    expect(spent()).toEqual([]);
  });

  it('renews at four fifths of the life and stores both tokens before using one', async () => {
    const keeper = keeperAt(server.url);
    nowMs = START_MS + 20 * HOUR_MS;
    expect(await keeper.token()).toMatchObject({ accessToken: 'access-2', generation: 2 });
    expect(store.saved).toEqual([
      {
        accessToken: 'access-2',
        refreshToken: 'refresh-2',
        expiresAtMs: nowMs + 25 * HOUR_MS,
        generation: 2,
        state: 'good',
      },
    ]);
  });

  it('spends one refresh token when two processes find the token expired at the same moment', async () => {
    expire();
    const [a, b] = [keeperAt(server.url), keeperAt(server.url)];
    const answers = await Promise.all([a.token(), b.token(), a.token(), b.token()]);
    expect(answers.map((answer) => answer.kind === 'token' && answer.accessToken)).toEqual(
      answers.map(() => 'access-2'),
    );
    expect(spent()).toEqual(['refresh-1']);
  });

  it('spends one refresh token when the platform refuses the token of two processes', async () => {
    const [a, b] = [keeperAt(server.url), keeperAt(server.url)];
    const answers = await Promise.all([a.renew(1), b.renew(1), a.renew(1)]);
    expect(answers.every((answer) => answer.kind === 'token' && answer.generation === 2)).toBe(true);
    expect(spent()).toEqual(['refresh-1']);
  });

  it.each<[string, ScriptedReply]>([
    ['times out', { kind: 'silent' }],
    ['is cut', { kind: 'cut' }],
    ['is cut in the body', { kind: 'cut-body', body: '{"access_token":"a","refresh_token":"b"}' }],
    ['cannot be read', { kind: 'raw', body: '{"access_to' }],
    ['is a server error', { kind: 'raw', status: 502, body: 'x' }],
    ['holds half a pair', { kind: 'json', body: { access_token: 'a', expires_in: '90000' } }],
  ])(
    'never sends a refresh token again after an answer that %s, and calls a person',
    async (_label, reply) => {
      expire();
      server.script(reply);
      const keeper = keeperAt(server.url);
      expect(await keeper.token()).toEqual({ kind: 'unavailable', why: 'reconnect' });
      expect(alerts).toEqual(['zaloReconnect']);
      expect(store.tokens).toMatchObject({ state: 'uncertain', refreshToken: 'refresh-1' });

      realMs += HOUR_MS;
      expect(await keeper.token()).toMatchObject({ kind: 'unavailable' });
      expect(await keeper.renew(1)).toMatchObject({ kind: 'unavailable' });
      expect(await keeperAt(server.url).token()).toEqual({ kind: 'unavailable', why: 'reconnect' });
      expect(spent()).toEqual(['refresh-1']);
    },
  );

  it('goes on with the old access token to its end when an early refresh is uncertain', async () => {
    nowMs = START_MS + 21 * HOUR_MS;
    server.script({ kind: 'cut' });
    const keeper = keeperAt(server.url);
    expect(await keeper.token()).toMatchObject({ accessToken: 'access-1' });
    expect(await keeper.token()).toMatchObject({ accessToken: 'access-1' });
    expect(alerts).toEqual(['zaloReconnect']);
    expect(spent()).toEqual(['refresh-1']);
  });

  it('takes an OAuth error with status 200 for what it is and keeps the good pair', async () => {
    expire();
    const body = { error_name: 'invalid_grant', error_reason: 'x', error_description: 'x', error: -14014 };
    server.script({ kind: 'json', body });
    expect(await keeperAt(server.url).token()).toEqual({ kind: 'unavailable', why: 'reconnect' });
    expect(store.tokens).toMatchObject({ state: 'uncertain', refreshToken: 'refresh-1' });
    expect(store.saved).toEqual([]);
    expect(alerts).toEqual(['zaloReconnect']);
  });

  it('tries again after a wrong secret was mended: that spent nothing', async () => {
    expire();
    server.script({ kind: 'json', body: { error_name: 'Invalid secret key', error: -14004 } });
    const keeper = keeperAt(server.url);
    expect(await keeper.token()).toEqual({ kind: 'unavailable', why: 'reconnect' });
    expect(await keeper.token()).toEqual({ kind: 'unavailable', why: 'busy' });
    realMs += 61_000;
    expect(await keeper.token()).toMatchObject({ accessToken: 'access-2' });
  });

  it('tries again when OAuth was never reached: that spent nothing', async () => {
    expire();
    const { url } = server;
    await server.stop();
    const keeper = keeperAt(url);
    expect(await keeper.token()).toEqual({ kind: 'unavailable', why: 'busy' });
    expect(store.tokens?.state).toBe('good');
    expect(alerts).toEqual([]);
  });

  it('keeps a new pair that the store refuses, and stores it first when asked again', async () => {
    expire();
    store.failSaves = 4;
    const keeper = keeperAt(server.url);
    expect(await keeper.token()).toEqual({ kind: 'unavailable', why: 'busy' });
    expect(await keeper.token()).toMatchObject({ accessToken: 'access-2', generation: 2 });
    expect(store.tokens).toMatchObject({ refreshToken: 'refresh-2' });
    expect(spent()).toEqual(['refresh-1']);
  });

  it('lets go of an unsaved pair once a person has connected the OA anew', async () => {
    expire();
    store.failSaves = 4;
    const keeper = keeperAt(server.url);
    await keeper.token();
    const anew = { ...goodTokens, accessToken: 'anew', generation: 2, expiresAtMs: nowMs + 25 * HOUR_MS };
    store.tokens = anew;
    expect(await keeper.token()).toEqual({ kind: 'token', accessToken: 'anew', generation: 2 });
    expect(store.saved).toEqual([]);
  });

  it('does not refresh again at once when a fresh token is refused', async () => {
    const keeper = keeperAt(server.url);
    expect(await keeper.renew(1)).toMatchObject({ generation: 2 });
    expect(await keeper.renew(2)).toEqual({ kind: 'unavailable', why: 'reconnect' });
    expect(spent()).toEqual(['refresh-1']);
  });

  it('asks for a person when there are no tokens', async () => {
    store.tokens = null;
    expect(await keeperAt(server.url).token()).toEqual({ kind: 'unavailable', why: 'reconnect' });
    expect(alerts).toEqual(['zaloReconnect']);
  });
});
