import { expect, it } from 'vitest';
import type { StoredEffect } from '#src/domain/conversation/types.ts';
import { describeStores } from './harness.ts';
import { conversation } from './samples.ts';

const effect = (id: string): StoredEffect => ({
  id,
  effect: { kind: 'answer-case', caseId: 'c1', answer: `words of ${id}` },
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

  it('sets an effect aside for good, and keeps the others', async () => {
    const { conversations } = stores();
    await conversations.save(conversation({ effects: [effect('a'), effect('b')] }), 0);
    await conversations.effectSetAside('telegram:77', 'a');
    await conversations.effectSetAside('telegram:77', 'a');
    await conversations.save(conversation({ rev: 2, effects: [effect('a'), effect('b')] }), 1);
    expect((await conversations.load('telegram:77'))?.effects).toEqual([effect('b')]);
    await conversations.effectDone('telegram:77', 'b');
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
});
