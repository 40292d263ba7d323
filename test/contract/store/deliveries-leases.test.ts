import { expect, it } from 'vitest';
import { describeStores } from './harness.ts';
import { delivery } from './samples.ts';

describeStores('leases', ({ stores, realTime }) => {
  it('leaves the rows of named runs where they are, and gives those of no run', async () => {
    const { deliveries } = stores();
    await deliveries.insert([
      delivery({ id: 'r1.held', runId: 'r1' }),
      delivery({ id: 'r2.going', runId: 'r2' }),
      delivery({ id: 'alone' }),
    ]);
    const leased = await deliveries.lease({
      platform: 'telegram',
      lane: 'broadcast',
      nowMs: 1_000,
      limit: 10,
      token: 'token-a',
      realNowMs: realTime.nowMs,
      leaseMs: 30_000,
      exceptRuns: ['r1', 'r9'],
    });
    expect(leased.map((row) => row.id).sort()).toEqual(['alone', 'r2.going']);
    expect((await deliveries.get('r1.held'))?.state).toBe('pending');
  });
});
