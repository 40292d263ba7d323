import { expect, it } from 'vitest';
import { EVERYONE } from '#src/domain/run.ts';
import type { Series } from '#src/domain/series.ts';
import { describeStores } from './harness.ts';
import { run } from './samples.ts';

function series(over: Partial<Series> = {}): Series {
  const { postId, title, body, photoIds, documentId, sources, ...rest } = run();
  const { validFrom, validTo, owner, consent, renderings } = rest;
  const content = { photoIds, documentId, sources, validFrom, validTo, owner, consent, renderings };
  return {
    id: 's1',
    topicId: 'TT-01',
    title,
    rule: 'DTSTART;TZID=Asia/Ho_Chi_Minh:20240318T063000\nRRULE:FREQ=DAILY;COUNT=3',
    posts: [{ postId, title, body, ...content }],
    audience: EVERYONE,
    contentHash: 'h',
    authorId: 'a',
    approverId: null,
    approvedHash: null,
    approvedAtMs: null,
    returnComment: null,
    exceptions: [{ date: '2024-03-19', kind: 'move', atMs: 5 }],
    madeUntilMs: 0,
    state: 'submitted',
    createdAtMs: 1,
    rev: 1,
    ...over,
  };
}

describeStores('series', ({ stores }) => {
  it('creates a series once and gives it back as it is', async () => {
    const store = stores().series;
    expect(await store.create(series())).toEqual(series());
    expect(await store.create(series({ title: 'Other' }))).toEqual(series());
    expect(await store.get('s1')).toEqual(series());
    expect(await store.get('nobody')).toBeNull();
  });

  it('changes a series only from the revision that was read', async () => {
    const store = stores().series;
    await store.create(series());
    const change = { state: 'active', id: 'x', rev: 9 } as const;
    const answers = await Promise.all([1, 2, 3].map(() => store.update('s1', 1, change)));
    expect(answers.sort()).toEqual(['conflict', 'conflict', 'saved']);
    expect(await store.get('s1')).toEqual(series({ state: 'active', rev: 2 }));
  });

  it('lists those of a state, the oldest first', async () => {
    const store = stores().series;
    await store.create(series({ id: 'b', createdAtMs: 1 }));
    await store.create(series({ id: 'a', createdAtMs: 2 }));
    await store.create(series({ id: 'c', state: 'active' }));
    expect((await store.inState('submitted', 9)).map(({ id }) => id)).toEqual(['b', 'a']);
    expect((await store.inState('submitted', 1)).map(({ id }) => id)).toEqual(['b']);
  });
});
