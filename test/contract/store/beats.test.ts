import { expect, it } from 'vitest';
import { describeStores } from './harness.ts';

describeStores('beats', ({ stores }) => {
  it('keep the latest time of each name, whatever order they come in', async () => {
    const { beats } = stores();
    expect(await beats.lastMs('tick')).toBeNull();
    await Promise.all([3, 9, 5].map((atMs) => beats.beat('tick', atMs)));
    await beats.beat('other', 4);
    expect([await beats.lastMs('tick'), await beats.lastMs('other')]).toEqual([9, 4]);
  });
});
