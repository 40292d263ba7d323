import { expect, it } from 'vitest';
import type { ZaloTokens } from '#src/app/ports/health.ts';
import type { ChatRef } from '#src/domain/inbound.ts';
import { describeStores } from './harness.ts';
import { WORDS } from './samples.ts';

const tokens = (over: Partial<ZaloTokens> = {}): ZaloTokens => ({
  accessToken: 'access-1',
  refreshToken: 'refresh-1',
  expiresAtMs: 5_000,
  generation: 1,
  state: 'good',
  ...over,
});

describeStores('Zalo tokens', ({ stores }) => {
  it('takes a token of the settings over once, and a new one after the old grant was lost', async () => {
    const { zaloTokens } = stores();
    expect(await zaloTokens.takeOver('first')).toBe(true);
    expect(await zaloTokens.load()).toMatchObject({ refreshToken: 'first', generation: 0, state: 'good' });
    await zaloTokens.save(tokens({ generation: 1, refreshToken: 'rotated' }));
    expect(await zaloTokens.takeOver('first')).toBe(false);
    expect(await zaloTokens.load()).toMatchObject({ refreshToken: 'rotated', generation: 1 });
    await zaloTokens.markUncertain(1);
    expect(await zaloTokens.takeOver('second')).toBe(true);
    expect(await zaloTokens.load()).toMatchObject({ refreshToken: 'second', generation: 2, state: 'good' });
  });

  it('keeps the newest pair and refuses an older one', async () => {
    const { zaloTokens } = stores();
    expect(await zaloTokens.load()).toBeNull();
    await zaloTokens.save(tokens());
    await zaloTokens.save(tokens());
    const second = tokens({ accessToken: 'access-2', refreshToken: 'refresh-2', generation: 2 });
    await zaloTokens.save(second);
    await expect(zaloTokens.save(tokens())).rejects.toThrow('generation 1');
    expect(await zaloTokens.load()).toEqual(second);
  });

  it('lets one process claim the refresh until the claim runs out or new tokens come', async () => {
    const { zaloTokens } = stores();
    await zaloTokens.save(tokens());
    const claims = await Promise.all(
      ['a', 'b', 'c'].map((token) => zaloTokens.claimRefresh(1, 100, 10, token)),
    );
    expect(claims.filter(Boolean)).toHaveLength(1);
    expect(await zaloTokens.claimRefresh(1, 100, 99, 'd')).toBe(false);
    expect(await zaloTokens.claimRefresh(1, 300, 100, 'd')).toBe(true);
    await zaloTokens.save(tokens({ generation: 2 }));
    expect(await zaloTokens.claimRefresh(1, 500, 400, 'e')).toBe(false);
    expect(await zaloTokens.claimRefresh(2, 500, 150, 'e')).toBe(true);
  });

  it('never lets an uncertain refresh token be claimed again', async () => {
    const { zaloTokens } = stores();
    await zaloTokens.save(tokens());
    await zaloTokens.markUncertain(7);
    expect((await zaloTokens.load())?.state).toBe('good');
    await zaloTokens.markUncertain(1);
    expect((await zaloTokens.load())?.state).toBe('uncertain');
    expect(await zaloTokens.claimRefresh(1, 100, 10, 'a')).toBe(false);
    await zaloTokens.save(tokens({ generation: 2 }));
    expect(await zaloTokens.claimRefresh(2, 100, 10, 'a')).toBe(true);
  });
});

describeStores('carried words', ({ stores }) => {
  const group: ChatRef = { platform: 'zalo', chatId: 'g1' };

  it('keeps words for the link and for their writer until they are in a draft', async () => {
    const { carriedWords } = stores();
    await carriedWords.put('token-1', 'first', group, 'u1', 100);
    await carriedWords.put('token-2', WORDS, group, 'u1', 200);
    await carriedWords.put('token-2', 'repeated', group, 'u1', 200);
    expect(await carriedWords.find('token-1', 50)).toEqual({ token: 'token-1', words: 'first' });
    expect(await carriedWords.findOfSender('zalo', 'u1', 50)).toEqual({ token: 'token-2', words: WORDS });
    expect(await carriedWords.findOfSender('telegram', 'u1', 50)).toBeNull();
    await carriedWords.forget('token-2');
    await carriedWords.forget('token-2');
    expect(await carriedWords.findOfSender('zalo', 'u1', 50)).toEqual({ token: 'token-1', words: 'first' });
    expect(await carriedWords.find('token-2', 50)).toBeNull();
  });

  it('forgets words whose time is over', async () => {
    const { carriedWords } = stores();
    await carriedWords.put('token-1', 'first', group, 'u1', 100);
    expect(await carriedWords.find('token-1', 100)).toBeNull();
    expect(await carriedWords.findOfSender('zalo', 'u1', 100)).toBeNull();
  });
});

describeStores('channel health', ({ stores }) => {
  it('pauses once, at the fifth configuration error in a row', async () => {
    const { channelHealth } = stores();
    const fail = () => channelHealth.configurationError('zalo', '-216');
    for (let n = 0; n < 4; n += 1) expect(await fail()).toBe('counted');
    await channelHealth.succeeded('zalo');
    for (let n = 0; n < 4; n += 1) expect(await fail()).toBe('counted');
    expect(await channelHealth.isPaused('zalo')).toBe(false);
    expect(await fail()).toBe('paused');
    expect(await fail()).toBe('counted');
    expect(await channelHealth.isPaused('zalo')).toBe(true);
    expect(await channelHealth.isPaused('telegram')).toBe(false);
    await channelHealth.resume('zalo');
    expect(await channelHealth.isPaused('zalo')).toBe(false);
    expect(await fail()).toBe('counted');
  });

  it('tells one of several processes that its error paused the channel', async () => {
    const { channelHealth } = stores();
    const answers = await Promise.all(
      Array.from({ length: 9 }, () => channelHealth.configurationError('telegram', '401')),
    );
    expect(answers.filter((answer) => answer === 'paused')).toHaveLength(1);
  });

  it('keeps the longest penalty of each chat and of the bot until it is over', async () => {
    const { channelHealth } = stores();
    await channelHealth.penalise('telegram', null, 500);
    await channelHealth.penalise('telegram', '7', 300);
    await channelHealth.penalise('telegram', '7', 200);
    await channelHealth.penalise('zalo', '7', 900);
    const sorted = async (nowMs: number) =>
      (await channelHealth.penalties('telegram', nowMs)).toSorted((a, b) => a.untilMs - b.untilMs);
    expect(await sorted(100)).toEqual([
      { chatId: '7', untilMs: 300 },
      { chatId: null, untilMs: 500 },
    ]);
    expect(await sorted(300)).toEqual([{ chatId: null, untilMs: 500 }]);
  });
});
