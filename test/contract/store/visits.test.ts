import { describe, expect, it } from 'vitest';
import { describeStores, useDatabase } from './harness.ts';
import { visit, WORDS } from './samples.ts';

describeStores('visits', ({ stores }) => {
  it('are planned once; the one that is there stays as it is', async () => {
    const { visits } = stores();
    const answers = await Promise.all([1, 2, 3].map(() => visits.open(visit())));
    expect(answers.sort()).toEqual(['exists', 'exists', 'opened']);
    await visits.open(visit({ title: 'Other' }));
    expect(await visits.get('v1')).toEqual(visit());
    expect(await visits.get('nobody')).toBeNull();
  });

  it('are saved only over the revision that was read', async () => {
    const { visits } = stores();
    await visits.open(visit());
    const closed = visit({ state: 'closed', nextAtMs: null, nextNotice: 1, rev: 2 });
    const saved = await Promise.all([1, 2].map(() => visits.save(closed, 1)));
    expect(saved.sort()).toEqual(['conflict', 'saved']);
    expect(await visits.get('v1')).toEqual(closed);
  });

  it('are found when something is to be said, and never when nothing is left to say', async () => {
    const { visits } = stores();
    await visits.open(visit({ id: 'b', nextAtMs: 100 }));
    await visits.open(visit({ id: 'a', nextAtMs: 200 }));
    await visits.open(visit({ id: 'later', nextAtMs: 201 }));
    await visits.open(visit({ id: 'over', nextAtMs: null }));
    expect((await visits.due(200, 9)).map(({ id }) => id)).toEqual(['b', 'a']);
    expect((await visits.due(200, 1)).map(({ id }) => id)).toEqual(['b']);
  });

  it('are listed from a day on, the earliest first', async () => {
    const { visits } = stores();
    await visits.open(visit({ id: 'old', day: '2024-05-31' }));
    await visits.open(visit({ id: 'b', day: '2024-06-12' }));
    await visits.open(visit({ id: 'a', day: '2024-06-03' }));
    expect((await visits.since('2024-06-01')).map(({ id }) => id)).toEqual(['a', 'b']);
  });
});

describe('a visit in the database', () => {
  const database = useDatabase();

  it('shows its day and nothing of who looks at whom, why, or what was found', async () => {
    const { store, raw } = database();
    await store.visits.open(visit());
    const [row] = (await raw()).filter(({ collection }) => collection === 'visits');
    expect(Object.keys(row?.document ?? {}).toSorted()).toEqual([
      '_id',
      'day',
      'nextAtMs',
      'rev',
      'sealed',
      'write',
    ]);
    expect(JSON.stringify(row)).not.toMatch(new RegExp(`"KT-3"|"ad-hoc"|"u1"|"s1"|${WORDS}`, 'u'));
  });
});
