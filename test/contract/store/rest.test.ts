import { describe, expect, it } from 'vitest';
import type { Plan } from '#src/domain/plan.ts';
import { loadPlanFolder } from '#src/plan/load-plan.ts';
import { describeStores, useDatabase } from './harness.ts';

const loaded = await loadPlanFolder('plans/bai-chay-2024.yaml', 'plans/posts');
if (!loaded.ok) throw new Error('the first ward must load');
const { plan } = loaded;
const posts = loaded.posts.map(({ id, topic, title, body }) => ({ id, topicId: topic, title, body }));

describeStores('plans', ({ stores }) => {
  it('gives back the plan and the posts that were imported last', async () => {
    const { plans } = stores();
    expect(await plans.current()).toBeNull();
    const first = await plans.import(plan, posts, 1);
    expect(first.added).toBeGreaterThan(100);
    expect(first).toMatchObject({ changed: 0, unchanged: 0, retired: 0 });
    expect(await plans.current()).toEqual({ plan, posts });
    expect(await plans.import(plan, posts, 2)).toEqual({
      added: 0,
      changed: 0,
      unchanged: first.added,
      retired: 0,
    });
  });

  it('retires what is no longer named, and takes it back as a change', async () => {
    const { plans } = stores();
    const { added } = await plans.import(plan, posts, 1);
    const [topic, ...others] = plan.topics;
    if (topic === undefined) throw new Error('the plan has topics');
    const smaller: Plan = { ...plan, topics: [{ ...topic, title: 'Renamed' }] };
    expect(await plans.import(smaller, posts, 2)).toEqual({
      added: 0,
      changed: 1,
      unchanged: added - 1 - others.length,
      retired: others.length,
    });
    expect((await plans.current())?.plan.topics).toHaveLength(1);
    expect(await plans.import(plan, posts, 3)).toMatchObject({ added: 0, changed: 1 + others.length });
  });
});

describe('a plan that an older release imported', () => {
  const database = useDatabase();

  it('is read without a board of procedures, which it did not know', async () => {
    const { insertRaw, openAnother } = database();
    const { procedures, ...older } = plan;
    expect(procedures).not.toBeNull();
    await insertRaw('plan_current', { _id: 'current', plan: older, posts: [], importedAtMs: 1 });
    expect((await (await openAnother()).plans.current())?.plan).toEqual({ ...plan, procedures: null });
  });
});

describeStores('media', ({ stores }) => {
  const file = (fill: number) => ({ bytes: new Uint8Array(600_000).fill(fill), contentType: 'image/jpeg' });

  it('keeps the bytes of the first put under our own id', async () => {
    const { media } = stores();
    expect(await media.get('m1')).toBeNull();
    await media.put('m1', file(1));
    await media.put('m1', file(2));
    const stored = await media.get('m1');
    expect(stored?.contentType).toBe('image/jpeg');
    expect(Buffer.from(stored?.bytes ?? []).equals(file(1).bytes)).toBe(true);
  });

  it('keeps one of several puts at once, whole', async () => {
    const { media } = stores();
    await Promise.all([1, 2, 3].map((fill) => media.put('m2', file(fill))));
    const bytes = (await media.get('m2'))?.bytes ?? new Uint8Array();
    expect(bytes).toHaveLength(600_000);
    expect(new Set(bytes).size).toBe(1);
  });
});

describeStores('audit', ({ stores }) => {
  it('takes an entry again without a word', async () => {
    const { audit } = stores();
    const entry = { id: 'e1', atMs: 1, by: 's1', action: 'approve', subject: 'run:r1' };
    await audit.record(entry);
    await audit.record({ ...entry, reason: 'repeated' });
  });
});
