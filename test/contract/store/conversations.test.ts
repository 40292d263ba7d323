import { expect, it } from 'vitest';
import type { StoredEffect } from '#src/domain/conversation/types.ts';
import { describeStores } from './harness.ts';
import { conversation } from './samples.ts';

const effect = (id: string): StoredEffect => ({
  id,
  effect: {
    kind: 'case-act',
    caseId: 'c1',
    act: 'say',
    values: { words: `words of ${id}` },
  },
});

describeStores('conversations', ({ stores }) => {
  it('gives back what was saved', async () => {
    const { conversations } = stores();
    const saved = conversation({ effects: [effect('k.1.0'), effect('k.1.1')] });
    expect(await conversations.load(saved.key)).toBeNull();
    expect(await conversations.save(saved, 0)).toBe('saved');
    expect(await conversations.load(saved.key)).toEqual(saved);
    const ended = conversation({ rev: 2, flow: null, honorific: null, prompts: [] });
    expect(await conversations.save(ended, 1)).toBe('saved');
    expect(await conversations.load(saved.key)).toEqual(ended);
  });

  it('lets one of several savers of one revision win, for a new chat too', async () => {
    const { conversations } = stores();
    const race = (rev: number) =>
      Promise.all([1, 2, 3].map(() => conversations.save(conversation({ rev: rev + 1 }), rev)));
    expect((await race(0)).sort()).toEqual(['conflict', 'conflict', 'saved']);
    expect((await race(1)).sort()).toEqual(['conflict', 'conflict', 'saved']);
    expect(await conversations.save(conversation({ rev: 9 }), 8)).toBe('conflict');
    expect((await conversations.load('telegram:77'))?.rev).toBe(2);
  });

  it('takes a finished effect out without touching the revision', async () => {
    const { conversations } = stores();
    await conversations.save(conversation({ effects: [effect('a'), effect('b')] }), 0);
    await conversations.effectDone('telegram:77', 'a');
    await conversations.effectDone('telegram:77', 'a');
    await conversations.effectDone('telegram:77', 'never was');
    const after = await conversations.load('telegram:77');
    expect(after).toMatchObject({ rev: 1, effects: [effect('b')] });
  });

  it('does not bring a finished effect back when a save was composed before it was done', async () => {
    const { conversations } = stores();
    await conversations.save(conversation({ effects: [effect('a')] }), 0);
    const loaded = await conversations.load('telegram:77');
    await conversations.effectDone('telegram:77', 'a');
    const composed = conversation({ rev: 2, effects: [...(loaded?.effects ?? []), effect('b')] });
    expect(await conversations.save(composed, 1)).toBe('saved');
    expect((await conversations.load('telegram:77'))?.effects).toEqual([effect('b')]);
    await conversations.effectDone('telegram:77', 'b');
    expect(await conversations.waitingEffects(10)).toEqual([]);
  });

  it('counts the failed tries of each effect, from the first one on, whatever is saved meanwhile', async () => {
    const { conversations } = stores();
    await conversations.save(conversation({ effects: [effect('a'), effect('b')] }), 0);
    expect(await conversations.effectFailed('telegram:77', 'a', 50)).toEqual({ attempts: 1, firstAtMs: 50 });
    await conversations.save(conversation({ rev: 2, effects: [effect('a'), effect('b')] }), 1);
    expect(await conversations.effectFailed('telegram:77', 'b', 60)).toEqual({ attempts: 1, firstAtMs: 60 });
    expect(await conversations.effectFailed('telegram:77', 'a', 70)).toEqual({ attempts: 2, firstAtMs: 50 });
    expect(await conversations.load('telegram:77')).toMatchObject({
      rev: 2,
      effects: [{ id: 'a' }, { id: 'b' }],
    });
  });

  it('sets an effect aside, whatever is saved meanwhile, and keeps the others', async () => {
    const { conversations } = stores();
    await conversations.save(conversation({ effects: [effect('a'), effect('b')] }), 0);
    await conversations.effectSetAside('telegram:77', 'a', 5);
    await conversations.effectSetAside('telegram:77', 'a', 6);
    await conversations.save(conversation({ rev: 2, effects: [effect('a'), effect('b')] }), 1);
    expect((await conversations.load('telegram:77'))?.effects).toEqual([effect('b')]);
    await conversations.effectDone('telegram:77', 'b');
    expect(await conversations.waitingEffects(10)).toEqual([]);
  });

  it('lists the effects set aside by id, kind, since when and how often each failed', async () => {
    const { conversations } = stores();
    await conversations.save(conversation({ effects: [effect('a'), effect('b')] }), 0);
    await conversations.effectFailed('telegram:77', 'b', 50);
    await conversations.effectFailed('telegram:77', 'b', 60);
    await conversations.effectSetAside('telegram:77', 'b', 60);
    await conversations.effectSetAside('telegram:77', 'a', 40);
    const shown = { platform: 'telegram', what: 'case-act' };
    expect(await conversations.effectsSetAside(10)).toEqual([
      { ...shown, id: 'a', sinceMs: 40, attempts: 0 },
      { ...shown, id: 'b', sinceMs: 60, attempts: 2 },
    ]);
  });

  it('puts an effect back as it was, once, and no save composed before loses it', async () => {
    const { conversations } = stores();
    await conversations.save(conversation({ effects: [effect('a'), effect('b')] }), 0);
    await conversations.effectFailed('telegram:77', 'a', 50);
    await conversations.effectSetAside('telegram:77', 'a', 50);
    const loaded = await conversations.load('telegram:77');
    expect(await conversations.putBackEffect('never')).toBe(false);
    expect(await conversations.putBackEffect('a')).toBe(true);
    expect(await conversations.putBackEffect('a')).toBe(false);
    expect(await conversations.save(conversation({ rev: 2, effects: loaded?.effects ?? [] }), 1)).toBe(
      'conflict',
    );
    expect((await conversations.load('telegram:77'))?.effects).toEqual([effect('b'), effect('a')]);
    expect(await conversations.effectsSetAside(10)).toEqual([]);
    await conversations.effectDone('telegram:77', 'b');
    expect(await conversations.waitingEffects(10)).toEqual(['telegram:77']);
    // Its failures still count: the next one is the second, not the first.
    expect(await conversations.effectFailed('telegram:77', 'a', 90)).toEqual({ attempts: 2, firstAtMs: 50 });
    await conversations.effectSetAside('telegram:77', 'a', 90);
    expect(await conversations.effectsSetAside(10)).toMatchObject([{ id: 'a', sinceMs: 90, attempts: 2 }]);
    expect(await conversations.waitingEffects(10)).toEqual([]);
  });

  it('lists the chats whose effects wait, the longest waiting first', async () => {
    const { conversations } = stores();
    const of = (chatId: string, updatedAtMs: number, effects: readonly StoredEffect[]) =>
      conversation({
        key: `telegram:${chatId}`,
        chat: { platform: 'telegram', chatId },
        updatedAtMs,
        effects,
      });
    await conversations.save(of('1', 30, [effect('x')]), 0);
    await conversations.save(of('2', 20, [effect('y'), effect('z')]), 0);
    await conversations.save(of('3', 10, []), 0);
    expect(await conversations.waitingEffects(10)).toEqual(['telegram:2', 'telegram:1']);
    expect(await conversations.waitingEffects(1)).toEqual(['telegram:2']);
    await conversations.effectDone('telegram:2', 'y');
    expect(await conversations.waitingEffects(1)).toEqual(['telegram:2']);
    await conversations.effectDone('telegram:2', 'z');
    expect(await conversations.waitingEffects(10)).toEqual(['telegram:1']);
  });

  it('gives the chats whose window is to be looked at, and moves the look on unless they have written since', async () => {
    const { conversations } = stores();
    const zalo = (id: string, windowAtMs: number | null) =>
      conversation({
        ...{ key: `zalo:${id}`, chat: { platform: 'zalo', chatId: id }, rev: 1 },
        ...{ heardAtMs: 3, windowAtMs },
      });
    await conversations.save(zalo('1', 10), 0);
    await conversations.save(zalo('2', 20), 0);
    await conversations.save(zalo('3', null), 0);
    const chat = { platform: 'zalo', chatId: '1' };
    expect(await conversations.windowsDue(10, 9)).toEqual([
      { key: 'zalo:1', chat, heardAtMs: 3, windowAtMs: 10 },
    ]);
    await conversations.windowLooked('zalo:1', 9, 50);
    expect(await conversations.windowsDue(10, 9)).toHaveLength(1);
    await conversations.windowLooked('zalo:1', 10, null);
    expect((await conversations.windowsDue(99, 9)).map(({ key }) => key)).toEqual(['zalo:2']);
    expect(await conversations.load('zalo:1')).toMatchObject({ rev: 1, heardAtMs: 3, windowAtMs: null });
  });
});
