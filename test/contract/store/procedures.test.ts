import { describe, expect, it } from 'vitest';
import type { FiguresEntry } from '#src/domain/procedures/figures.ts';
import { describeStores, useDatabase } from './harness.ts';
import { WORDS } from './samples.ts';

const entry = (id: string, over: Partial<FiguresEntry> = {}): FiguresEntry => ({
  ...{ id, week: '2024-03-11', atMs: 10, by: 's1' },
  ...{ received: 120, onTime: 110, late: 5, overdue: 2, why: WORDS },
  ...over,
});

describeStores('figures of procedures', ({ stores }) => {
  it('are written down once under an id; what stands there stays as it is', async () => {
    const { procedures } = stores();
    await Promise.all([1, 2, 3].map(() => procedures.add(entry('a'))));
    await procedures.add(entry('a', { received: 7 }));
    expect(await procedures.since('2024-03-11')).toEqual([entry('a')]);
  });

  it('are given from a week on, each writing-down of it in its order', async () => {
    const { procedures } = stores();
    await procedures.add(entry('late', { atMs: 30, why: null }));
    await procedures.add(entry('next', { week: '2024-03-18', atMs: 5 }));
    await procedures.add(entry('b', { atMs: 20 }));
    await procedures.add(entry('a', { atMs: 20 }));
    await procedures.add(entry('old', { week: '2024-03-04' }));
    expect((await procedures.since('2024-03-11')).map(({ id }) => id)).toEqual(['a', 'b', 'late', 'next']);
    expect((await procedures.since('2024-03-11'))[2]).toEqual(entry('late', { atMs: 30, why: null }));
  });
});

describe('figures in the database', () => {
  const database = useDatabase();

  it('show no words of anybody', async () => {
    const { store, raw } = database();
    await store.procedures.add(entry('a'));
    const rows = (await raw()).filter(({ collection }) => collection === 'procedure_figures');
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(WORDS);
  });
});
