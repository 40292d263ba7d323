import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { challengeOf } from '#dev/sandbox/zalo/oauth-state.ts';
import { startStand } from './harness.ts';
import type { Stand } from './harness.ts';

const HOUR_MS = 3_600_000;
const VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';

describe('OAuth of the Zalo sandbox', () => {
  let stand: Stand;
  beforeEach(async () => {
    stand = await startStand();
  });
  afterEach(async () => stand.stop());

  const refresh = async (refreshToken: unknown): Promise<Record<string, unknown>> =>
    stand.form({ grant_type: 'refresh_token', refresh_token: String(refreshToken) });
  const callWith = async (token: unknown): Promise<number> =>
    (await stand.get('/v2.0/oa/getoa', { access_token: String(token) })).error;

  it('exchanges a code once for a pair whose life is the text "90000"', async () => {
    const fields = { grant_type: 'authorization_code', code: stand.zalo.issueCode() };
    const pair = await stand.form(fields);
    expect(pair).toMatchObject({ status: 200, expires_in: '90000' });
    expect(await callWith(pair['access_token'])).toBe(0);
    const again = await stand.form(fields);
    expect(again).toMatchObject({ status: 200, error: -118 });
    expect(again['access_token']).toBeUndefined();
  });

  it('refuses a code after ten minutes', async () => {
    const code = stand.zalo.issueCode();
    stand.core.clock.advanceMs(600_000);
    expect(await stand.form({ grant_type: 'authorization_code', code })).toMatchObject({ error: -118 });
  });

  it('sends the browser back with a code that needs the verifier of its challenge', async () => {
    expect(challengeOf(VERIFIER)).toBe('E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM');
    const query = new URLSearchParams({
      app_id: stand.zalo.settings.appId,
      redirect_uri: 'https://bot.example/zalo',
      code_challenge: challengeOf(VERIFIER),
      state: 's1',
    });
    const response = await fetch(`${stand.zalo.apiRoot()}/v4/oa/permission?${query.toString()}`, {
      redirect: 'manual',
    });
    expect(response.status).toBe(302);
    const back = new URL(response.headers.get('location') ?? '');
    expect(back.searchParams.get('oa_id')).toBe(stand.zalo.settings.oaId);
    expect(back.searchParams.get('state')).toBe('s1');
    const fields = { grant_type: 'authorization_code', code: back.searchParams.get('code') ?? '' };
    expect(await stand.form(fields)).toMatchObject({ error: -118 });
    expect(await stand.form({ ...fields, code_verifier: VERIFIER })).toMatchObject({ expires_in: '90000' });
  });

  it('rotates refresh tokens: the used one gives -118 with HTTP 200 and is journaled as failed', async () => {
    const first = stand.zalo.issueTokens();
    const second = await refresh(first.refreshToken);
    expect(second['refresh_token']).not.toBe(first.refreshToken);
    expect(await refresh(first.refreshToken)).toMatchObject({
      status: 200,
      error: -118,
      error_name: 'Invalid grant',
    });
    expect(await refresh(second['refresh_token'])).toMatchObject({ expires_in: '90000' });
    const results = stand.core.journal.entries({ method: 'oauth/refresh' }).map((entry) => entry.ok);
    expect(results).toEqual([true, false, true]);
  });

  it('spends the refresh token even when the answer is cut off', async () => {
    const pair = stand.zalo.issueTokens();
    stand.core.faults.add({ platform: 'zalo', method: 'oauth/refresh', action: { kind: 'cut-after' } });
    await expect(refresh(pair.refreshToken)).rejects.toThrow();
    expect(await refresh(pair.refreshToken)).toMatchObject({ error: -118 });
  });

  it('refuses a refresh token after three months and one that never was with -14014', async () => {
    const pair = stand.zalo.issueTokens();
    stand.core.clock.advanceMs(90 * 24 * HOUR_MS);
    expect(await refresh(pair.refreshToken)).toMatchObject({ error: -14014 });
    expect(await refresh('made-up')).toMatchObject({ error: -14014 });
  });

  it('names a wrong secret key -14004 and a wrong app -14002, with HTTP 200', async () => {
    const fields = { grant_type: 'refresh_token', refresh_token: stand.zalo.issueTokens().refreshToken };
    expect(await stand.form(fields, 'wrong')).toMatchObject({ status: 200, error: -14004 });
    expect(await stand.form({ ...fields, app_id: '1' })).toMatchObject({ status: 200, error: -14002 });
    expect(await stand.form(fields)).toMatchObject({ expires_in: '90000' });
  });

  it('lets an access token live 25 h of the movable clock, then gives -220', async () => {
    const { accessToken } = stand.zalo.issueTokens();
    stand.core.clock.advanceMs(25 * HOUR_MS - 1);
    expect(await callWith(accessToken)).toBe(0);
    stand.core.clock.advanceMs(1);
    expect(await callWith(accessToken)).toBe(-220);
  });

  it('gives -216 for a token it never issued, for none, and for a Bearer header', async () => {
    const { accessToken } = stand.zalo.issueTokens();
    expect(await callWith('made-up')).toBe(-216);
    expect((await stand.get('/v2.0/oa/getoa', {})).error).toBe(-216);
    const bearer = await stand.get('/v2.0/oa/getoa', { authorization: `Bearer ${accessToken}` });
    expect(bearer).toMatchObject({ status: 200, error: -216 });
  });

  it('kills every token when the permission is taken away', async () => {
    const pair = stand.zalo.issueTokens();
    stand.zalo.revokeGrant();
    expect(await callWith(pair.accessToken)).toBe(-220);
    expect(await refresh(pair.refreshToken)).toMatchObject({ error: -14014 });
  });
});
