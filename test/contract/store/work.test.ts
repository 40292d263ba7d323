import { describe, expect, it } from 'vitest';
import { partOf, renderingOf } from '#test/support/rendering.ts';
import { describeStores, useDatabase } from './harness.ts';
import { duty, run } from './samples.ts';

describeStores('runs', ({ stores }) => {
  it('keeps how often a draft is to go out', async () => {
    const { runs } = stores();
    const repeat = { kind: 'weekly', startMs: 5, weekdays: [1, 4], until: '2024-12-31', rule: 'R' } as const;
    expect((await runs.create(run({ repeat }))).repeat).toEqual(repeat);
    expect(await runs.get('r1')).toEqual(run({ repeat }));
  });

  it('creates a run once and gives it back as it is', async () => {
    const { runs } = stores();
    expect(await runs.create(run())).toEqual(run());
    expect(await runs.create(run({ title: 'Other' }))).toEqual(run());
    expect(await runs.get('r1')).toEqual(run());
    expect(await runs.get('nobody')).toBeNull();
  });

  it('changes a run only from the revision that was read', async () => {
    const { runs } = stores();
    await runs.create(run());
    const change = { state: 'scheduled', approverId: 's2', id: 'x', rev: 50 } as const;
    const answers = await Promise.all([1, 2, 3].map(() => runs.update('r1', 1, change)));
    expect(answers.sort()).toEqual(['conflict', 'conflict', 'saved']);
    expect(await runs.get('r1')).toEqual(run({ state: 'scheduled', approverId: 's2', rev: 2 }));
  });

  it('finds runs of a state whose time has come, the earliest first', async () => {
    const { runs } = stores();
    await runs.create(run({ id: 'b', state: 'scheduled', sendAtMs: 20 }));
    await runs.create(run({ id: 'a', state: 'scheduled', sendAtMs: 30 }));
    await runs.create(run({ id: 'c', state: 'scheduled', sendAtMs: 31 }));
    await runs.create(run({ id: 'd', state: 'sending', sendAtMs: 1 }));
    expect((await runs.due('scheduled', 30, 9)).map((one) => one.id)).toEqual(['b', 'a']);
    expect((await runs.due('scheduled', 30, 1)).map((one) => one.id)).toEqual(['b']);
    expect((await runs.inState('scheduled', 9)).map((one) => one.id)).toEqual(['b', 'a', 'c']);
  });

  it('finds runs of a stretch of time in several states, with its first moment and without its last', async () => {
    const { runs } = stores();
    await runs.create(run({ id: 'a', state: 'scheduled', sendAtMs: 20 }));
    await runs.create(run({ id: 'b', state: 'done', sendAtMs: 10 }));
    await runs.create(run({ id: 'c', state: 'done', sendAtMs: 30 }));
    await runs.create(run({ id: 'd', state: 'cancelled', sendAtMs: 15 }));
    const found = async (limit: number) =>
      (await runs.between(['scheduled', 'done'], 10, 30, limit)).map((one) => one.id);
    expect(await found(9)).toEqual(['b', 'a']);
    expect(await found(1)).toEqual(['b']);
  });

  it('lists the latest runs of some states, the newest first', async () => {
    const { runs } = stores();
    await runs.create(run({ id: 'old', state: 'done', sendAtMs: 1 }));
    await runs.create(run({ id: 'new', state: 'corrected', sendAtMs: 3, correctedBy: 'c', reason: 'why' }));
    await runs.create(run({ id: 'other', state: 'draft', sendAtMs: 9 }));
    const latest = async (limit: number) =>
      (await runs.latest(['done', 'corrected'], limit)).map((one) => one.id);
    expect(await latest(5)).toEqual(['new', 'old']);
    expect(await latest(1)).toEqual(['new']);
    expect(await runs.get('new')).toMatchObject({ correctedBy: 'c', reason: 'why' });
  });
});

describeStores('runs by day', ({ stores }) => {
  it('are found by the day on which they started, and by the day of their meeting', async () => {
    const { runs } = stores();
    const meeting = { day: '2024-03-20', name: 'Họp khu', chairId: 's1', neighbourhood: 'khu-3' };
    await runs.create(run({ id: 'a', startedOn: '2024-02-29' }));
    await runs.create(run({ id: 'b', startedOn: '2024-03-01' }));
    await runs.create(run({ id: 'c', startedOn: '2024-03-31', meeting, relaysAskedAtMs: 7 }));
    await runs.create(run({ id: 'd', startedOn: '2024-04-01' }));
    await runs.create(run({ id: 'e' }));
    const march = await runs.startedIn('2024-03-01', '2024-03-31');
    expect(march.map((one) => one.id)).toEqual(['b', 'c']);
    expect(march[1]).toMatchObject({ meeting, relaysAskedAtMs: 7 });
    expect((await runs.withMeetingIn('2024-03-20', '2024-03-20')).map((one) => one.id)).toEqual(['c']);
    expect(await runs.withMeetingIn('2024-03-21', '2024-03-25')).toEqual([]);
  });
});

describeStores('what a run holds', ({ stores }) => {
  it('comes back with its photos, formatting, sources, validity and consent', async () => {
    const { runs } = stores();
    const telegram = {
      parts: [
        {
          text: 'one',
          spans: [{ kind: 'bold', offset: 0, length: 3 }],
          photoIds: ['p1', 'p2'],
          documentId: null,
        },
        { text: '', spans: [], photoIds: [], documentId: 'd1' },
      ],
    } as const;
    const full = run({
      renderings: { ...run().renderings, telegram },
      photoIds: ['p1', 'p2'],
      documentId: 'd1',
      sources: ['Nghị quyết 157'],
      validFrom: '2024-03-13',
      validTo: '2024-12-31',
      owner: 'culture-information',
      supersedes: 'TT-01-9',
      consent: { kind: 'recorded', person: 'Bà Lan', record: 'Giấy số 3', photoId: 'c1' },
    });
    expect(await runs.create(full)).toEqual(full);
    expect(await runs.get('r1')).toEqual(full);
    const consent = { kind: 'withdrawn', person: 'Bà Lan' } as const;
    expect(await runs.update('r1', full.rev, { consent })).toBe('saved');
    expect((await runs.get('r1'))?.consent).toEqual(consent);
  });
});

describe('runs of before posts had albums', () => {
  const database = useDatabase();

  it('are read as what they were: the photo with the first words that are the post', async () => {
    const { insertRaw, store } = database();
    const old = (...parts: readonly string[]) => ({ parts, photoId: 'p1' });
    const { id, photoIds, documentId, sources, validFrom, validTo, owner, supersedes, consent, ...fields } =
      run();
    await insertRaw('runs', {
      ...fields,
      _id: id,
      photoId: 'p1',
      renderings: {
        telegram: old('one', 'two'),
        zalo: old('one', 'two'),
        relay: old('ask', 'one'),
        loudspeaker: { parts: ['ask', 'one'], photoId: null },
      },
    });
    const bare = { documentId, sources, validFrom, validTo, owner, supersedes, consent };
    const photo = (text: string) => ({ ...partOf(text), photoIds: ['p1'] });
    expect(photoIds).toEqual([]);
    expect(await store.runs.get('r1')).toEqual(
      run({
        ...bare,
        photoIds: ['p1'],
        renderings: {
          telegram: { parts: [photo('one'), partOf('two')] },
          zalo: { parts: [photo('one'), partOf('two')] },
          relay: { parts: [partOf('ask'), photo('one')] },
          loudspeaker: renderingOf('ask', 'one'),
        },
      }),
    );
  });
});

describeStores('duties', ({ stores }) => {
  it('opens a duty once and leaves the one that is there', async () => {
    const { duties } = stores();
    const answers = await Promise.all([1, 2, 3].map(() => duties.open(duty())));
    expect(answers.sort()).toEqual(['exists', 'exists', 'opened']);
    await duties.open(duty({ title: 'Other' }));
    expect(await duties.get('DL-2.2024')).toEqual(duty());
    expect(await duties.get('nobody')).toBeNull();
  });

  it('saves only over the revision that was read', async () => {
    const { duties } = stores();
    await duties.open(duty());
    const done = duty({
      state: 'done',
      nextAtMs: null,
      proof: 'm1',
      proofFileIds: ['photo.a', 'document.b/bao-cao.pdf'],
      rev: 2,
    });
    expect(await duties.save(done, 1)).toBe('saved');
    expect(await duties.save(duty({ rev: 2 }), 1)).toBe('conflict');
    expect(await duties.get('DL-2.2024')).toEqual(done);
  });

  it('finds what must be looked at now, and never a duty with nothing left to do', async () => {
    const { duties } = stores();
    await duties.open(duty({ id: 'b', nextAtMs: 100 }));
    await duties.open(duty({ id: 'a', nextAtMs: 200 }));
    await duties.open(duty({ id: 'later', nextAtMs: 201 }));
    await duties.open(duty({ id: 'finished', nextAtMs: null }));
    expect((await duties.due(200, 9)).map((one) => one.id)).toEqual(['b', 'a']);
    expect((await duties.due(200, 1)).map((one) => one.id)).toEqual(['b']);
    expect(await duties.list()).toHaveLength(4);
  });

  it('lists what a person still has to do, the nearest first', async () => {
    const { duties } = stores();
    await duties.open(duty({ id: 'a', dueAtMs: 30 }));
    await duties.open(duty({ id: 'b', dueAtMs: 20, state: 'acknowledged' }));
    await duties.open(duty({ id: 'c', dueAtMs: 10, state: 'done' }));
    await duties.open(duty({ id: 'd', responsibleId: null }));
    expect((await duties.ofStaff('s1', 9)).map((one) => one.id)).toEqual(['b', 'a']);
  });

  it('finds unfinished ones that lack somebody, those of some rules, and those due in a time, whatever else there is', async () => {
    const { duties } = stores();
    await duties.open(duty({ id: 'whole', ruleId: 'KP.khu-3', chairpersonId: 's3', dueAtMs: 10 }));
    await duties.open(duty({ id: 'gap', ruleId: 'KPX', headId: null, dueAtMs: 20 }));
    await duties.open(
      duty({ id: 'over', ruleId: 'KP.khu-4', chairpersonId: null, state: 'done', dueAtMs: 30 }),
    );
    const ids = (found: readonly { readonly id: string }[]) => found.map(({ id }) => id).sort();
    expect(ids(await duties.withGaps())).toEqual(['gap']);
    expect(ids(await duties.ofRules('KP.'))).toEqual(['over', 'whole']);
    expect(ids(await duties.ofRules('KP.khu-3'))).toEqual(['whole']);
    expect(ids(await duties.dueBetween(10, 20))).toEqual(['gap', 'whole']);
    expect(await duties.dueBetween(31, 90)).toEqual([]);
  });

  it('saves many at once, each only over what was read, and names those that somebody else had changed', async () => {
    const { duties } = stores();
    for (const id of ['a', 'b', 'c']) await duties.open(duty({ id }));
    await duties.save(duty({ id: 'b', rev: 2, title: 'Changed' }), 1);
    const next = ['c', 'b', 'a', 'gone'].map((id) => duty({ id, rev: 2, nextRung: 1 }));
    expect([...(await duties.saveAll(next))].sort()).toEqual(['b', 'gone']);
    const nextRungs = await Promise.all(['a', 'b', 'c'].map(async (id) => (await duties.get(id))?.nextRung));
    expect(nextRungs).toEqual([1, 0, 1]);
    expect([...(await duties.saveAll([]))]).toEqual([]);
  });

  it('finds what has to be done before one, as it was stored', async () => {
    const { duties } = stores();
    const first = duty({ id: 'a', dueAtMs: 20, precedes: { dutyId: 'DL-2.2024', workingDays: 5 } });
    const part = duty({ id: 'b', dueAtMs: 10, precedes: { dutyId: 'DL-2.2024', workingDays: null } });
    for (const one of [first, part, duty()]) await duties.open(one);
    expect(await duties.preceding('DL-2.2024')).toEqual([part, first]);
    expect(await duties.preceding('DL-3.2024')).toEqual([]);
  });

  it('keeps what shows that one is done', async () => {
    const { duties } = stores();
    const listed = duty({ doneBy: { kind: 'checklist', items: ['one', 'two'] } });
    await duties.open(listed);
    expect(await duties.get(listed.id)).toEqual(listed);
  });

  it('finds the one that a finding of a visit became', async () => {
    const { duties } = stores();
    const found = duty({ id: 'KT-3.v1.1', found: { visitId: 'v1', findingId: 'e1' } });
    await duties.open(found);
    await duties.open(duty());
    expect(await duties.ofFinding('e1')).toEqual(found);
    expect(await duties.ofFinding('e2')).toBeNull();
  });
});
