import { expect, it } from 'vitest';
import { describeStores } from './harness.ts';

describeStores('questions from groups', ({ stores }) => {
  it('are kept once, given oldest first up to a moment, and forgotten when told', async () => {
    const { questions } = stores();
    const question = { id: 'telegram.1', groupId: 'D1', words: 'Mấy giờ họp ạ?', atMs: 20 };
    await questions.add(question);
    await questions.add({ ...question, words: 'lặp lại' });
    await questions.add({ ...question, id: 'zalo.1', atMs: 10 });
    await questions.add({ ...question, id: 'zalo.2', atMs: 30 });
    expect(await questions.before(30, 10)).toEqual([{ ...question, id: 'zalo.1', atMs: 10 }, question]);
    expect(await questions.before(30, 1)).toHaveLength(1);
    await questions.forget(['zalo.1', 'telegram.1', 'nothing']);
    expect((await questions.before(100, 10)).map(({ id }) => id)).toEqual(['zalo.2']);
  });
});
