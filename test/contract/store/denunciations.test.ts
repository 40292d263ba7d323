import { describe, expect, it } from 'vitest';
import type { LockedWords } from '#src/domain/denunciation.ts';
import { describeStores, useDatabase } from './harness.ts';
import { WORDS } from './samples.ts';

const matter: LockedWords = {
  draft: { text: WORDS, placeText: null, location: null, files: [], phone: null, categoryId: null },
  sender: { platform: 'telegram', chatId: '4242' },
  senderName: 'Bà Tư',
  accused: ['office'],
};

describeStores('denunciations', ({ stores }) => {
  it('are found by what they were kept under, replaced, listed newest first by handle, and forgotten', async () => {
    const { denunciations } = stores();
    for (const [id, day] of [
      ['a', '2024-03-18'],
      ['b', '2024-03-19'],
      ['a', '2024-03-18'],
    ] as const)
      await denunciations.put(id, denunciations.seal(id, matter) ?? '', day);
    const rows = await denunciations.list(10);
    expect(rows.map(({ day }) => day)).toEqual(['2024-03-19', '2024-03-18']);
    expect(await denunciations.open(rows[0]?.handle ?? '')).toEqual(rows[0]);
    expect(await denunciations.find('a')).toEqual(matter);
    await denunciations.forget('a');
    expect(await denunciations.find('a')).toBeNull();
    expect(await denunciations.list(10)).toHaveLength(1);
  });
});

describe('a denunciation in the database', () => {
  const database = useDatabase();

  it('is a day and a sealed text, opened by no other key, and without its key nothing is kept', async () => {
    const { store, raw, openAnother } = database();
    const sealed = store.denunciations.seal('telegram.event-77', matter) ?? '';
    await store.denunciations.put('telegram.event-77', sealed, '2024-03-18');
    const [row] = (await raw()).filter(({ collection }) => collection === 'denunciations');
    expect(Object.keys(row?.document ?? {}).toSorted()).toEqual(['_id', 'day', 'sealed']);
    expect(JSON.stringify(row)).not.toMatch(/4242|telegram|Bà Tư|event-77/u);
    const withoutKey = await openAnother(undefined, null);
    expect(withoutKey.denunciations.seal('x', matter)).toBeNull();
    expect(await withoutKey.denunciations.list(9)).toEqual([]);
  });
});
