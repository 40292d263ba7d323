import { expect, it } from 'vitest';
import type { Case, CaseHistoryEntry } from '#src/domain/case.ts';
import { describeStores } from './harness.ts';
import { caseDraft } from './samples.ts';

const entry: CaseHistoryEntry = { atMs: 5, by: 's1', action: 'answered', detail: 'words' };

describeStores('cases', ({ stores }) => {
  it('creates a case once, with one code, however often and from wherever it is asked', async () => {
    const { cases } = stores();
    const made = await Promise.all(Array.from({ length: 5 }, () => cases.create(caseDraft(), '3')));
    expect(new Set(made.map((one) => one.code))).toEqual(new Set(['3-0001']));
    expect(await cases.create(caseDraft({ text: 'changed' }), '4')).toEqual(made[0]);
    expect(await cases.get('c1')).toEqual({ ...caseDraft(), code: '3-0001' });
    expect(await cases.get('nobody')).toBeNull();
  });

  it('numbers the cases of each prefix without gaps or twins', async () => {
    const { cases } = stores();
    const drafts = Array.from({ length: 60 }, (_, n) => caseDraft({ id: `c${n}` }));
    const made = await Promise.all(drafts.map((draft) => cases.create(draft, '7')));
    expect(made.map((one) => one.code).sort()).toEqual(
      Array.from({ length: 60 }, (_, n) => `7-${String(n + 1).padStart(4, '0')}`),
    );
    expect((await cases.create(caseDraft({ id: 'other' }), '8')).code).toBe('8-0001');
  });

  it('applies a change and its entry together if the revision still holds', async () => {
    const { cases } = stores();
    await cases.create(caseDraft(), '3');
    expect(await cases.update('c1', 1, { state: 'answered', answer: 'Mended' }, entry)).toBe('saved');
    expect(await cases.update('c1', 1, { state: 'closed' }, entry)).toBe('conflict');
    expect(await cases.update('nobody', 1, {}, entry)).toBe('conflict');
    expect(await cases.get('c1')).toEqual({
      ...caseDraft({ state: 'answered', answer: 'Mended', rev: 2 }),
      code: '3-0001',
      history: [...caseDraft().history, entry],
    });
  });

  it('never changes id, code, creation or past entries through a change', async () => {
    const { cases } = stores();
    await cases.create(caseDraft(), '3');
    const change = { id: 'x', code: 'x', createdAtMs: 0, rev: 77, history: [], phone: null } as const;
    await cases.update('c1', 1, change, entry);
    expect(await cases.get('c1')).toMatchObject({
      id: 'c1',
      code: '3-0001',
      createdAtMs: 1_000,
      rev: 2,
      phone: null,
      history: [...caseDraft().history, entry],
    });
  });

  it('lists the cases of a resident newest first, and only his', async () => {
    const { cases } = stores();
    await cases.create(caseDraft({ id: 'old', createdAtMs: 1 }), '3');
    await cases.create(caseDraft({ id: 'new', createdAtMs: 2 }), '3');
    const other = { platform: 'zalo', chatId: '77' } as const;
    await cases.create(caseDraft({ id: 'other', resident: other }), '3');
    const ids = (await cases.ofResident(caseDraft().resident, 5)).map((one) => one.id);
    expect(ids).toEqual(['new', 'old']);
    expect(await cases.ofResident(other, 1)).toHaveLength(1);
  });

  it('lists what a unit has to work on, the most pressing first', async () => {
    const { cases } = stores();
    const states = ['new', 'taken', 'reopened', 'answered', 'closed', 'withdrawn'] as const;
    for (const [n, state] of states.entries())
      await cases.create(caseDraft({ id: state, state, dueAtMs: 100 - n }), '3');
    await cases.create(caseDraft({ id: 'other', unitId: 'u2' }), '3');
    const ids = (await cases.openOfUnit('u1', 9)).map((one) => one.id);
    expect(ids).toEqual(['reopened', 'taken', 'new']);
    expect(await cases.openOfUnit('u1', 1)).toHaveLength(1);
  });

  it('lists what one officer has, of whatever unit, and finds a case by its code and by what was merged into it', async () => {
    const { cases } = stores();
    await cases.create(caseDraft({ id: 'mine', handlerId: 's1', unitId: 'u2', dueAtMs: 2 }), '3');
    await cases.create(caseDraft({ id: 'sooner', handlerId: 's1', state: 'asked', dueAtMs: 1 }), '3');
    await cases.create(caseDraft({ id: 'over', handlerId: 's1', state: 'closed' }), '3');
    await cases.create(caseDraft({ id: 'same', state: 'merged', mergedInto: 'mine' }), '3');
    expect((await cases.openOfHandler('s1', 9)).map(({ id }) => id)).toEqual(['sooner', 'mine']);
    expect((await cases.byCode('3-0002'))?.id).toBe('sooner');
    expect(await cases.byCode('3-0009')).toBeNull();
    expect((await cases.mergedInto('mine', 9)).map(({ id }) => id)).toEqual(['same']);
  });

  it('gives what is to be looked at by now, and moves the next look on without touching the case', async () => {
    const { cases } = stores();
    await cases.create(caseDraft({ id: 'late', nextAtMs: 5 }), '3');
    await cases.create(caseDraft({ id: 'later', nextAtMs: 50 }), '3');
    await cases.create(caseDraft({ id: 'never', nextAtMs: null }), '3');
    expect((await cases.due(5, 9)).map(({ id }) => id)).toEqual(['late']);
    expect(await cases.look('late', 1, 60)).toBe('saved');
    expect(await cases.look('late', 2, 70)).toBe('conflict');
    expect((await cases.due(99, 9)).map(({ id }) => id)).toEqual(['later', 'late']);
    expect((await cases.get('late'))?.rev).toBe(1);
  });

  it('keeps how a term was counted and what officers did', async () => {
    const { cases } = stores();
    await cases.create(caseDraft(), '3');
    const change: Partial<Case> = {
      state: 'outside',
      clock: {
        ...{ ruleId: 'case-fast', fromMs: 7, pausedSinceMs: 9 },
        pauses: [{ fromMs: 1, toMs: 2 }],
        extensions: [{ amount: 5, unit: 'working-days' }],
      },
      proposal: { byId: 's1', atMs: 3, evidence: { kind: 'document', number: '45', date: '2024-03-18' } },
      outside: { body: 'power company', checkAtMs: 8 },
      closedAtMs: 4,
    };
    expect(await cases.update('c1', 1, change, { ...entry, actId: 'a1', heldBy: 's7' })).toBe('saved');
    expect(await cases.get('c1')).toMatchObject(change);
    expect((await cases.get('c1'))?.history.at(-1)).toEqual({ ...entry, actId: 'a1', heldBy: 's7' });
  });

  it('finds open cases of one kind and neighbourhood, the oldest first, and no others', async () => {
    const { cases } = stores();
    const like = { categoryId: 'lamp', neighbourhoodId: 'kp-1', sinceMs: 5 };
    await cases.create(caseDraft({ id: 'b', createdAtMs: 9 }), '3');
    await cases.create(caseDraft({ id: 'a', createdAtMs: 8 }), '3');
    await cases.create(caseDraft({ id: 'old', createdAtMs: 4 }), '3');
    await cases.create(caseDraft({ id: 'closed', createdAtMs: 9, state: 'closed' }), '3');
    await cases.create(caseDraft({ id: 'elsewhere', createdAtMs: 9, neighbourhoodId: 'kp-2' }), '3');
    await cases.create(caseDraft({ id: 'other', createdAtMs: 9, categoryId: 'road' }), '3');
    expect((await cases.openAlike(like, 9)).map(({ id }) => id)).toEqual(['a', 'b']);
    expect(await cases.openAlike(like, 1)).toHaveLength(1);
  });

  it('finds open cases whose sender wants to be called, the oldest first', async () => {
    const { cases } = stores();
    await cases.create(caseDraft({ id: 'b', createdAtMs: 9, wantsCall: true }), '3');
    await cases.create(caseDraft({ id: 'a', createdAtMs: 8, wantsCall: true }), '3');
    await cases.create(caseDraft({ id: 'closed', createdAtMs: 7, wantsCall: true, state: 'closed' }), '3');
    await cases.create(caseDraft({ id: 'other', createdAtMs: 7 }), '3');
    const found = await cases.openCalls(9);
    expect(found.map(({ id, wantsCall }) => [id, wantsCall])).toEqual([
      ['a', true],
      ['b', true],
    ]);
  });

  it('tells who reported something of one kind lately, without a word of theirs', async () => {
    const { cases } = stores();
    const zalo = { platform: 'zalo', chatId: '7' } as const;
    await cases.create(caseDraft({ id: 'old', createdAtMs: 1 }), '3');
    await cases.create(caseDraft({ id: 'new', createdAtMs: 9, resident: zalo, neighbourhoodId: null }), '3');
    await cases.create(caseDraft({ id: 'other', createdAtMs: 9, categoryId: 'road' }), '3');
    await cases.create(caseDraft({ id: 'newer', createdAtMs: 10 }), '3');
    const entered = { byId: 's1', way: 'letter' } as const;
    const written = await cases.create(caseDraft({ id: 'written', createdAtMs: 11, entered }), '3');
    expect((await cases.get('written'))?.entered).toEqual(written.entered);
    expect(await cases.alike('lamp', 5, 9)).toEqual([
      { chatKey: 'entered:written', neighbourhoodId: 'kp-1' },
      { chatKey: 'telegram:77', neighbourhoodId: 'kp-1' },
      { chatKey: 'zalo:7', neighbourhoodId: null },
    ]);
  });
});
