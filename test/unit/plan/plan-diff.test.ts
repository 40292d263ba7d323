import { describe, expect, it } from 'vitest';
import { diffPlan, type PlanDiff, type PlanRecord } from '#src/domain/plan-diff.ts';
import type { Plan } from '#src/domain/plan.ts';
import { loadPlanFolder } from '#src/plan/load-plan.ts';

const loaded = await loadPlanFolder('plans/dao-thong-2026.yaml', 'plans/posts-dao-thong');
if (!loaded.ok) throw new Error('the second ward must load');
const { plan, posts } = loaded;

const store = ({ unchanged, changed, added, retired }: PlanDiff): PlanRecord[] => [
  ...unchanged,
  ...changed,
  ...added,
  ...retired,
];
const keys = (records: readonly PlanRecord[]): string[] => records.map(({ key }) => key);
const first = store(diffPlan([], plan, posts));

const withoutTopics: Plan = { ...plan, topics: [] };
const renamed: Plan = {
  ...plan,
  topics: plan.topics.map((topic) => ({ ...topic, title: `${topic.title}!` })),
};

describe('diffPlan', () => {
  it('adds every row once, each under its own key', () => {
    const rows = [plan.units, plan.roles, plan.neighbourhoods, plan.obligations, plan.topics, plan.deadlines];
    const more = [plan.routines, plan.inspections, plan.recipients, plan.categories, plan.rules, posts];
    const total = [...rows, ...more].reduce((sum, list) => sum + list.length, 2);
    expect(first).toHaveLength(total);
    expect(new Set(keys(first)).size).toBe(total);
    expect(keys(first)).toEqual(
      expect.arrayContaining(['ward', 'topic:TT-01', 'rule:answer@2026-01-01', 'post:TT-01-1']),
    );
    expect(first.every(({ version, retired }) => version === 1 && !retired)).toBe(true);
  });

  it('finds nothing to do the second time', () => {
    expect(diffPlan(first, plan, posts)).toEqual({ unchanged: first, changed: [], added: [], retired: [] });
  });

  it('gives a changed row the next version and leaves the others alone', () => {
    const diff = diffPlan(first, renamed, posts);
    expect(diff.changed).toMatchObject([{ key: 'topic:TT-01', version: 2, value: renamed.topics[0] }]);
    expect(diff.unchanged).toHaveLength(first.length - 1);
    expect(diffPlan(store(diff), renamed, posts).changed).toEqual([]);
  });

  it('retires what is no longer in the plan, once, and keeps its value', () => {
    const diff = diffPlan(first, withoutTopics, posts);
    expect(diff.retired).toMatchObject([
      { key: 'topic:TT-01', version: 1, retired: true, value: plan.topics[0] },
    ]);
    const again = diffPlan(store(diff), withoutTopics, posts);
    expect([again.changed, again.added, again.retired]).toEqual([[], [], []]);
    expect(again.unchanged).toHaveLength(first.length);
  });

  it('brings a retired row back as its next version', () => {
    const retired = store(diffPlan(first, withoutTopics, posts));
    expect(diffPlan(retired, plan, posts).changed).toMatchObject([
      { key: 'topic:TT-01', version: 2, retired: false },
    ]);
  });

  it('does not take another order of keys for a change', () => {
    const turned = Object.fromEntries(Object.entries(plan.ward).reverse()) as Plan['ward'];
    expect(diffPlan(first, { ...plan, ward: turned }, posts).changed).toEqual([]);
  });
});
