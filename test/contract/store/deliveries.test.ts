import { expect, it } from 'vitest';
import type { LeaseRequest } from '#src/app/ports/deliveries.ts';
import { describeStores } from './harness.ts';
import { delivery, reply, WORDS } from './samples.ts';

describeStores('deliveries', ({ stores, realTime }) => {
  const request = (over: Partial<LeaseRequest> = {}): LeaseRequest => ({
    platform: 'telegram',
    lane: 'broadcast',
    nowMs: 1_000,
    limit: 10,
    token: 'token-a',
    realNowMs: realTime.nowMs,
    leaseMs: 30_000,
    ...over,
  });
  const leaseIds = async (over: Partial<LeaseRequest> = {}): Promise<string[]> =>
    (await stores().deliveries.lease(request(over))).map((row) => row.id);
  const replies = { lane: 'reply' } as const;

  it('inserts a row once, whatever is repeated, and leaves what is there', async () => {
    const { deliveries } = stores();
    expect(await deliveries.insert([delivery(), delivery({ id: 'd2' })])).toBe(2);
    expect(await deliveries.insert([delivery({ dueAtMs: 7 }), delivery({ id: 'd3' })])).toBe(1);
    expect(await deliveries.insert([])).toBe(0);
    expect(await deliveries.get('d1')).toEqual(delivery());
    expect(await deliveries.get('nobody')).toBeNull();
  });

  it('gives back message, prompt, run and target as they were put in', async () => {
    const row = reply('r1.d9', '5', {
      runId: 'r1',
      rendering: 'zalo',
      message: { text: WORDS, buttons: [{ label: 'A', payload: 'a' }] },
      prompt: {
        id: 'p',
        subject: { kind: 'case-card', caseId: 'c' },
        choices: [{ number: '1', value: 'v', label: 'L' }],
      },
    });
    await stores().deliveries.insert([row]);
    expect(await stores().deliveries.get('r1.d9')).toEqual(row);
  });

  it('leases only due rows of the lane, at most the limit, and each to one token', async () => {
    await stores().deliveries.insert([
      delivery({ id: 'a' }),
      delivery({ id: 'b' }),
      delivery({ id: 'c' }),
      delivery({ id: 'later', dueAtMs: 1_001 }),
      delivery({ id: 'zalo', platform: 'zalo' }),
      delivery({ id: 'reminder', lane: 'reminder' }),
    ]);
    const first = await leaseIds({ limit: 2 });
    const second = await leaseIds({ token: 'token-b' });
    expect(first).toHaveLength(2);
    expect([...first, ...second].sort()).toEqual(['a', 'b', 'c']);
    expect(await leaseIds({ token: 'token-c' })).toEqual([]);
    expect((await stores().deliveries.get('a'))?.state).toBe('leased');
  });

  it('never gives one row to two of many who lease at once', async () => {
    await stores().deliveries.insert(Array.from({ length: 120 }, (_, n) => delivery({ id: `row-${n}` })));
    const taken = await Promise.all(
      Array.from({ length: 6 }, async (_, worker) => {
        const mine: string[] = [];
        for (let round = 0; round < 40; round += 1)
          mine.push(...(await leaseIds({ token: `${worker}.${round}`, limit: 7 })));
        return mine;
      }),
    );
    expect(taken.flat()).toHaveLength(120);
    expect(new Set(taken.flat()).size).toBe(120);
  });

  it('never gives one row twice, although one token leases several times at once', async () => {
    await stores().deliveries.insert(Array.from({ length: 40 }, (_, n) => delivery({ id: `row-${n}` })));
    const taken = await Promise.all(Array.from({ length: 5 }, () => leaseIds({ limit: 20 })));
    expect(new Set(taken.flat()).size).toBe(taken.flat().length);
    expect(taken.flat().length).toBeGreaterThan(0);
  });

  it('sends replies to one chat in the order in which they were created', async () => {
    const { deliveries } = stores();
    await deliveries.insert([reply('z-first', '1'), reply('m-second', '1')]);
    await deliveries.insert([reply('a-third', '1'), reply('b-other', '2', { dueAtMs: 50 })]);
    const order: string[] = [];
    for (const token of ['t1', 't2', 't3']) {
      const ids = await leaseIds({ ...replies, token });
      expect(await leaseIds({ ...replies, token: `${token} again` })).toEqual([]);
      await deliveries.markSending(ids, token);
      expect(await leaseIds({ ...replies, token: `${token} sending` })).toEqual([]);
      await deliveries.settle(
        ids.map((id) => ({ id, state: 'sent' as const })),
        token,
      );
      order.push(...ids);
    }
    expect(order).toEqual(['z-first', 'b-other', 'm-second', 'a-third']);
  });

  it('holds later replies back while an earlier one of the chat waits for its time', async () => {
    const { deliveries } = stores();
    await deliveries.insert([reply('one', '1'), reply('two', '1')]);
    await leaseIds({ ...replies, token: 't1' });
    await deliveries.settle([{ id: 'one', state: 'pending', dueAtMs: 2_000 }], 't1');
    expect(await leaseIds({ ...replies, token: 't2' })).toEqual([]);
    expect(await deliveries.nextDueAtMs('telegram', 'reply', 1_500)).toBe(2_000);
    expect(await deliveries.waiting(1_500)).toEqual([]);
    expect(await leaseIds({ ...replies, token: 't3', nowMs: 2_000 })).toEqual(['one']);
    expect(await deliveries.nextDueAtMs('telegram', 'reply', 2_000)).toBeNull();
    await deliveries.settle([{ id: 'one', state: 'unknown' }], 't3');
    expect(await leaseIds({ ...replies, token: 't4' })).toEqual(['two']);
  });

  it('keeps chats of the two platforms apart, although their ids are the same', async () => {
    const zalo = { kind: 'chat', chat: { platform: 'zalo', chatId: '1' } } as const;
    await stores().deliveries.insert([reply('t', '1'), reply('z', '1', { platform: 'zalo', target: zalo })]);
    expect(await leaseIds(replies)).toEqual(['t']);
    expect(await leaseIds({ ...replies, platform: 'zalo' })).toEqual(['z']);
  });

  it('marks as sending only what the token still holds, and counts the attempt', async () => {
    const { deliveries } = stores();
    await deliveries.insert([delivery({ id: 'a' }), delivery({ id: 'b' })]);
    await leaseIds();
    await deliveries.change('b', ['leased'], { state: 'cancelled' });
    expect(await deliveries.markSending(['b', 'a'], 'other')).toEqual([]);
    expect(await deliveries.markSending(['b', 'a'], 'token-a')).toEqual(['a']);
    expect(await deliveries.get('a')).toMatchObject({ state: 'sending', attempts: 1 });
    expect(await deliveries.markSending(['a'], 'token-a')).toEqual([]);
    expect(await deliveries.get('a')).toMatchObject({ state: 'sending', attempts: 1 });
  });

  it('settles by token alone and appends the ids of the parts', async () => {
    const { deliveries } = stores();
    await deliveries.insert([delivery({ id: 'a' }), delivery({ id: 'b' })]);
    await leaseIds();
    await deliveries.markSending(['a', 'b'], 'token-a');
    await deliveries.settle([{ id: 'a', state: 'sent', externalIds: ['x'] }], 'stranger');
    expect((await deliveries.get('a'))?.state).toBe('sending');
    await deliveries.settle(
      [
        { id: 'b', state: 'rejected', detail: '400' },
        { id: 'a', state: 'pending', externalIds: ['x'], dueAtMs: 300 },
      ],
      'token-a',
    );
    expect(await deliveries.get('a')).toMatchObject({ state: 'pending', sentParts: ['x'], dueAtMs: 300 });
    expect(await deliveries.get('b')).toMatchObject({ state: 'rejected', detail: '400' });
    await leaseIds({ token: 'token-b' });
    await deliveries.settle([{ id: 'a', state: 'sent', externalIds: ['y'] }], 'token-b');
    await deliveries.settle([{ id: 'a', state: 'sent', externalIds: ['y'] }], 'token-b');
    expect(await deliveries.get('a')).toMatchObject({ state: 'sent', sentParts: ['x', 'y'] });
  });

  it('stores many arrivals at once, each with its own id and chat, in rows that are still ours', async () => {
    const { deliveries } = stores();
    const ids = ['a', 'b', 'c', 'd'];
    await deliveries.insert(ids.map((id) => delivery({ id })));
    await leaseIds();
    await deliveries.markSending(ids, 'token-a');
    await deliveries.settle([{ id: 'd', state: 'unknown' }], 'token-a');
    const arrived = ids.map((id) => ({
      id,
      state: 'sent' as const,
      externalIds: [`$${id}`],
      sentTo: `-${id}`,
    }));
    await deliveries.settle([...arrived.toReversed(), { id: 'nobody', state: 'sent' }], 'token-a');
    await deliveries.settle(arrived, 'token-a');
    for (const id of ['a', 'b', 'c']) {
      expect(await deliveries.get(id)).toMatchObject({
        state: 'sent',
        sentParts: [`$${id}`],
        sentTo: `-${id}`,
      });
    }
    expect(await deliveries.get('d')).toMatchObject({ state: 'unknown', sentParts: [] });
    expect(await deliveries.recover(realTime.nowMs + 90_000, 1)).toEqual({ returned: 0, unknown: 0 });
  });

  it('returns leases that ran out, and makes only rows unknown whose call may have been made', async () => {
    const { deliveries } = stores();
    await deliveries.insert(['a', 'b', 'c'].map((id) => delivery({ id })));
    await leaseIds();
    realTime.nowMs += 10_000;
    await deliveries.markSending(['a'], 'token-a');
    realTime.nowMs += 10_000;
    await deliveries.markSending(['b'], 'token-a');
    expect(await deliveries.recover(realTime.nowMs, 10_000)).toEqual({ returned: 0, unknown: 1 });
    realTime.nowMs += 10_000;
    expect(await deliveries.recover(realTime.nowMs, 60_000)).toEqual({ returned: 1, unknown: 0 });
    expect(await deliveries.get('a')).toMatchObject({ state: 'unknown' });
    expect(await deliveries.get('b')).toMatchObject({ state: 'sending' });
    expect(await deliveries.get('c')).toMatchObject({ state: 'pending' });
    expect(await deliveries.markSending(['c'], 'token-a')).toEqual([]);
    await deliveries.settle([{ id: 'a', state: 'sent' }], 'token-a');
    expect(await deliveries.get('a')).toMatchObject({ state: 'unknown' });
  });

  it('gives back where a message lies and what is to be edited, until the edits are over', async () => {
    const { deliveries } = stores();
    await deliveries.insert([delivery({ edits: ['m1', 'm2'], sentTo: '-1' })]);
    expect(await deliveries.get('d1')).toMatchObject({ edits: ['m1', 'm2'], sentTo: '-1' });
    await leaseIds();
    await deliveries.markSending(['d1'], 'token-a');
    await deliveries.settle([{ id: 'd1', state: 'pending', endsEdits: true, sentTo: '-100' }], 'token-a');
    const row = await deliveries.get('d1');
    expect(row).toMatchObject({ state: 'pending', sentTo: '-100' });
    expect(row && 'edits' in row).toBe(false);
  });

  it('returns an edit that was under way to its turn: unlike a send it may be repeated', async () => {
    const { deliveries } = stores();
    await deliveries.insert([delivery({ id: 'edit', edits: ['m1'] }), delivery({ id: 'send' })]);
    await leaseIds();
    await deliveries.markSending(['edit', 'send'], 'token-a');
    realTime.nowMs += 10_000;
    expect(await deliveries.recover(realTime.nowMs, 10_000)).toEqual({ returned: 1, unknown: 1 });
    expect(await deliveries.get('edit')).toMatchObject({ state: 'pending' });
    expect(await deliveries.get('send')).toMatchObject({ state: 'unknown' });
  });

  it('lets one of many edit a message at a time, and nobody too soon after', async () => {
    const { deliveries } = stores();
    await deliveries.insert([delivery()]);
    const at = (atMs: number) => deliveries.claimEdit('d1', atMs, atMs - 3_000);
    expect((await Promise.all([1, 2, 3].map(() => at(10_000)))).filter(Boolean)).toHaveLength(1);
    expect(await at(12_999)).toBe(false);
    expect(await at(13_000)).toBe(true);
    expect(await deliveries.get('d1')).toEqual(delivery());
  });

  it('changes a row only from the states that were named', async () => {
    const { deliveries } = stores();
    await deliveries.insert([delivery()]);
    expect(await deliveries.change('d1', ['unknown'], { state: 'pending' })).toBe(false);
    expect(await deliveries.change('d1', ['pending', 'unknown'], { state: 'sent' })).toBe(true);
    expect(await deliveries.change('d1', ['sent'], { state: 'pending', dueAtMs: 9 })).toBe(true);
    expect(await deliveries.get('d1')).toMatchObject({ state: 'pending', dueAtMs: 9 });
    expect(await deliveries.change('nobody', ['pending'], { state: 'sent' })).toBe(false);
  });

  it('tells which lanes have due rows and when the next one is due', async () => {
    const { deliveries } = stores();
    await deliveries.insert([
      delivery({ id: 'a', dueAtMs: 900 }),
      delivery({ id: 'b', dueAtMs: 800 }),
      reply('c', '1', { dueAtMs: 3_000 }),
    ]);
    expect(await deliveries.waiting(1_000)).toEqual([{ platform: 'telegram', lane: 'broadcast' }]);
    expect(await deliveries.nextDueAtMs('telegram', 'broadcast', 700)).toBe(800);
    expect(await deliveries.nextDueAtMs('telegram', 'broadcast', 1_000)).toBe(1_000);
    expect(await deliveries.nextDueAtMs('telegram', 'reply', 1_000)).toBe(3_000);
    expect(await deliveries.nextDueAtMs('telegram', 'reply', 4_000)).toBe(4_000);
    expect(await deliveries.nextDueAtMs('zalo', 'reminder', 1_000)).toBeNull();
  });

  it('finds by their ids rows that did not arrive, until they are told of; sent again they count anew', async () => {
    const { deliveries } = stores();
    const ids = ['answer.1', 'answer.2', 'other.1'];
    await deliveries.insert(ids.map((id) => reply(id, id)));
    for (const id of ids)
      await deliveries.change(id, ['pending'], { state: id === 'answer.1' ? 'gone' : 'unknown' });
    const found = async () => (await deliveries.undelivered('answer.', 10)).map((row) => row.id);
    expect(await found()).toEqual(['answer.1', 'answer.2']);
    expect(await deliveries.markReported('answer.1', 'told', 5)).toBe(true);
    expect(await deliveries.markReported('answer.1', 'told', 6)).toBe(false);
    expect(await found()).toEqual(['answer.2']);
    await deliveries.change('answer.1', ['gone'], { state: 'pending', dueAtMs: 7 });
    await deliveries.change('answer.1', ['pending'], { state: 'rejected' });
    expect(await found()).toEqual(['answer.1', 'answer.2']);
  });

  it('finds what the shut window of a chat refused, and nothing else that went wrong', async () => {
    const { deliveries } = stores();
    const lane = 'reminder';
    await deliveries.insert([
      reply('answer.1', '7', { lane, state: 'gone', detail: 'window-closed' }),
      reply('answer.2', '7', { lane, state: 'gone', detail: 'blocked' }),
      reply('answer.3', '8', { lane, state: 'gone', detail: 'window-closed' }),
      reply('other.4', '7', { lane, state: 'gone', detail: 'window-closed' }),
    ]);
    const rows = await deliveries.refused({ platform: 'telegram', chatId: '7' }, 'answer.', 9);
    expect(rows.map(({ id }) => id)).toEqual(['answer.1']);
  });
});
