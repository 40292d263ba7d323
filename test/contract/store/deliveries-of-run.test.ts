import { expect, it } from 'vitest';
import type { LeaseRequest } from '#src/app/ports/deliveries.ts';
import { describeStores } from './harness.ts';
import { delivery } from './samples.ts';

describeStores('deliveries of a run', ({ stores, realTime }) => {
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

  it('is under way as long as a row waits, is leased or is being sent', async () => {
    const { deliveries } = stores();
    await deliveries.insert([delivery({ id: 'r1.a', runId: 'r1' }), delivery({ id: 'r10.a', runId: 'r10' })]);
    await deliveries.change('r10.a', ['pending'], { state: 'sent' });
    await leaseIds({ limit: 1 });
    expect(await deliveries.isUnderWay('r1')).toBe(true);
    await deliveries.markSending(['r1.a'], 'token-a');
    expect(await deliveries.isUnderWay('r1')).toBe(true);
    expect(await deliveries.isUnderWay('r10')).toBe(false);
    await deliveries.settle([{ id: 'r1.a', state: 'unknown' }], 'token-a');
    expect(await deliveries.isUnderWay('r1')).toBe(false);
  });

  it('goes through all rows of a run, page by page, and through no others', async () => {
    const { deliveries } = stores();
    await deliveries.insert(['r1.c', 'r1.a', 'r1.b'].map((id) => delivery({ id, runId: 'r1' })));
    await deliveries.insert([
      delivery({ id: 'r1.done.2' }),
      delivery({ id: 'r10.a', runId: 'r10' }),
      delivery({ id: 'r1.0.x', runId: 'r1.0' }),
    ]);
    const first = await deliveries.pageOfRun('r1', '', 2);
    expect(first.map((row) => row.id)).toEqual(['r1.a', 'r1.b']);
    expect((await deliveries.pageOfRun('r1', 'r1.b', 2)).map((row) => row.id)).toEqual(['r1.c']);
    expect(await deliveries.pageOfRun('r1', 'r1.c', 2)).toEqual([]);
  });

  it('counts a run: a leased row still waits, self-reports stand apart from what was sent', async () => {
    const { deliveries } = stores();
    const ids = ['r1.a', 'r1.b', 'r1.c', 'r1.d', 'r1.e', 'r1.f'];
    await deliveries.insert(ids.map((id) => delivery({ id, runId: 'r1' })));
    await deliveries.insert([delivery({ id: 'r2.stranger', runId: 'r2' })]);
    await deliveries.change('r1.a', ['pending'], { state: 'sent' });
    await deliveries.change('r1.b', ['pending'], { state: 'gone' });
    await deliveries.change('r1.c', ['pending'], { state: 'unknown' });
    await leaseIds({ limit: 2 });
    expect(await deliveries.markReported('r1.a', 'relayed', 7)).toBe(true);
    expect(await deliveries.markReported('r1.a', 'relayed', 8)).toBe(false);
    expect(await deliveries.markReported('r1.b', 'readAloud', 8)).toBe(true);
    expect(await deliveries.counts('r1')).toEqual({
      pending: 3,
      sending: 0,
      sent: 1,
      unknown: 1,
      gone: 1,
      rejected: 0,
      cancelled: 0,
      relayed: 1,
      readAloud: 1,
      toRead: 0,
      handedOver: 0,
    });
    expect((await deliveries.ofRun('r1', 'gone', 5)).map((row) => row.id)).toEqual(['r1.b']);
    expect((await deliveries.get('r1.b'))?.readAloudAtMs).toBe(8);
  });

  it('counts scripts of days to come apart, and questions about scripts not at all', async () => {
    const { deliveries } = stores();
    const script = (id: string, rendering = 'loudspeaker') =>
      delivery({ id, runId: 'r1', rendering, expiresAtMs: 99 });
    await deliveries.insert([
      script('r1.d1'),
      script('r1.d2'),
      script('r1.d3'),
      script('r1.d1.again', 'loudspeaker-again'),
    ]);
    await deliveries.insert([delivery({ id: 'r1.chat', runId: 'r1', rendering: 'telegram' })]);
    await deliveries.change('r1.d1', ['pending'], { state: 'sent' });
    const counts = await deliveries.counts('r1');
    expect(counts).toMatchObject({ pending: 1, sent: 1, toRead: 2, handedOver: 1 });
    expect(await deliveries.isUnderWay('r1')).toBe(true);
    await deliveries.change('r1.chat', ['pending'], { state: 'gone' });
    expect(await deliveries.isUnderWay('r1')).toBe(false);
    expect(await deliveries.isUnderWay('r2')).toBe(false);
    expect((await deliveries.get('r1.d2'))?.expiresAtMs).toBe(99);
    expect((await deliveries.coverage(['r1'])).map((row) => row.rendering).toSorted()).toEqual([
      'loudspeaker',
      'telegram',
    ]);
    expect(await deliveries.cancelRun('r1')).toBe(3);
  });

  it('counts what came of runs by form and neighbourhood, and finds what nobody has reported yet', async () => {
    const { deliveries } = stores();
    const relay = { runId: 'r1', rendering: 'relay', neighbourhood: 'khu-3' };
    await deliveries.insert([
      delivery({ id: 'r1.a', ...relay }),
      delivery({ id: 'r1.b', ...relay }),
      delivery({ id: 'r1.c', ...relay }),
      delivery({ id: 'r1.d', runId: 'r1', rendering: 'zalo' }),
      delivery({ id: 'r2.e', runId: 'r2', rendering: 'zalo', neighbourhood: 'khu-4' }),
      delivery({ id: 'r3.f', runId: 'r3', rendering: 'zalo' }),
    ]);
    for (const id of ['r1.a', 'r1.b', 'r1.d']) await deliveries.change(id, ['pending'], { state: 'sent' });
    await deliveries.change('r1.c', ['pending'], { state: 'gone' });
    await deliveries.markReported('r1.a', 'relayed', 7);
    await deliveries.markReported('r1.d', 'said', 8);
    const nothing = { rows: 1, sent: 0, relayed: 0, readAloud: 0, said: 0 };
    const rows = await deliveries.coverage(['r1', 'r2']);
    expect(rows).toHaveLength(3);
    expect(rows).toContainEqual({ ...nothing, ...relay, rows: 3, sent: 2, relayed: 1 });
    expect(rows).toContainEqual({
      ...{ ...nothing, runId: 'r1', rendering: 'zalo', neighbourhood: null },
      ...{ sent: 1, said: 1 },
    });
    expect(rows).toContainEqual({ ...nothing, runId: 'r2', rendering: 'zalo', neighbourhood: 'khu-4' });
    expect((await deliveries.unreported('r1', 'relay', 10)).map((row) => row.id)).toEqual(['r1.b']);
    expect(await deliveries.unreported('r1', 'zalo', 10)).toEqual([]);
    expect(await deliveries.coverage([])).toEqual([]);
  });

  it('counts a run apart by rendering', async () => {
    const { deliveries } = stores();
    await deliveries.insert([
      delivery({ id: 'r1.a', runId: 'r1', rendering: 'telegram', state: 'sent' }),
      delivery({ id: 'r1.b', runId: 'r1', rendering: 'telegram' }),
      delivery({ id: 'r1.c', runId: 'r1', rendering: 'relay', state: 'unknown' }),
      delivery({ id: 'r2.d', runId: 'r2', rendering: 'zalo' }),
    ]);
    const counts = await deliveries.countsByRendering('r1');
    expect(Object.keys(counts)).toEqual(['relay', 'telegram']);
    expect(counts['telegram']).toMatchObject({ sent: 1, pending: 1, unknown: 0 });
    expect(counts['relay']).toMatchObject({ sent: 0, unknown: 1 });
  });

  it('cancels what was not called yet and nothing else of the run', async () => {
    const { deliveries } = stores();
    await deliveries.insert(['r1.a', 'r1.b', 'r1.c'].map((id) => delivery({ id, runId: 'r1' })));
    await deliveries.insert([delivery({ id: 'r2.d', runId: 'r2', dueAtMs: 5_000 })]);
    await deliveries.change('r1.a', ['pending'], { state: 'sent' });
    const [leased = ''] = await leaseIds({ limit: 1 });
    expect(await deliveries.cancelRun('r1')).toBe(2);
    expect(await deliveries.markSending([leased], 'token-a')).toEqual([]);
    expect(await deliveries.counts('r1')).toMatchObject({ sent: 1, cancelled: 2, pending: 0 });
    expect(await deliveries.counts('r2')).toMatchObject({ pending: 1 });
  });
});
