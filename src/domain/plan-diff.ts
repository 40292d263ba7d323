import type { Plan } from './plan.ts';
import type { PlanPost } from './plan-post.ts';

/** One row of the plan as kept: rows are versioned and retired, never deleted, so an old report can be read again. */
export type PlanRecord = {
  /** Kind and id, such as `topic:TT-01` or `rule:triage@2024-01-01`. */
  readonly key: string;
  /** Of the value alone; the order of its keys does not matter. */
  readonly hash: string;
  /** Counts from 1. */
  readonly version: number;
  readonly retired: boolean;
  readonly value: unknown;
};

export type PlanDiff = {
  readonly unchanged: readonly PlanRecord[];
  /** The new version of rows whose value changed or that came back after being retired. */
  readonly changed: readonly PlanRecord[];
  readonly added: readonly PlanRecord[];
  /** Rows that were in force and are no longer in the plan, now marked. */
  readonly retired: readonly PlanRecord[];
};

/**
 * What storing this plan would change. Pure and idempotent: storing the four lists and asking again gives only
 * unchanged rows.
 * @param previous every row stored before for this plan, retired ones too.
 */
export function diffPlan(previous: readonly PlanRecord[], plan: Plan, posts: readonly PlanPost[]): PlanDiff {
  const before = new Map(previous.map((record) => [record.key, record]));
  const rows = flattenPlan(plan, posts);
  const unchanged: PlanRecord[] = [];
  const changed: PlanRecord[] = [];
  const added: PlanRecord[] = [];
  for (const { key, value } of rows) {
    const hash = hashOf(value);
    const old = before.get(key);
    if (old === undefined) added.push({ key, hash, version: 1, retired: false, value });
    else if (old.hash === hash && !old.retired) unchanged.push(old);
    else changed.push({ key, hash, version: old.version + 1, retired: false, value });
  }
  const present = new Set(rows.map(({ key }) => key));
  const gone = previous.filter(({ key }) => !present.has(key));
  return {
    unchanged: [...unchanged, ...gone.filter(({ retired }) => retired)],
    changed,
    added,
    retired: gone.filter(({ retired }) => !retired).map((record) => ({ ...record, retired: true })),
  };
}

type Row = { readonly key: string; readonly value: unknown };

/** The plan as rows with keys that stay the same from one edition to the next. */
function flattenPlan(plan: Plan, posts: readonly PlanPost[]): readonly Row[] {
  const rows = (kind: string, values: readonly { readonly id: string }[]): Row[] =>
    values.map((value) => ({ key: `${kind}:${value.id}`, value }));
  return [
    { key: 'ward', value: plan.ward },
    { key: 'broadcasting', value: plan.broadcasting },
    ...rows('unit', plan.units),
    ...rows('role', plan.roles),
    ...rows('neighbourhood', plan.neighbourhoods),
    ...rows('obligation', plan.obligations),
    ...rows('topic', plan.topics),
    ...rows('deadline', plan.deadlines),
    ...rows('routine', plan.routines),
    ...rows('inspection', plan.inspections),
    ...(plan.procedures ? [{ key: 'procedures', value: plan.procedures }] : []),
    ...rows('recipient', plan.recipients),
    ...rows('category', plan.categories),
    ...plan.rules.map((value) => ({ key: `rule:${value.id}@${value.effectiveFrom}`, value })),
    ...rows('post', posts),
  ];
}

const FNV_OFFSET = 0xcbf29ce484222325n;
const FNV_PRIME = 0x100000001b3n;

/** FNV-1a, 64 bits, over UTF-16 units: it has to notice an edit, not withstand an attacker. */
function hashOf(value: unknown): string {
  let hash = FNV_OFFSET;
  for (const unit of canonical(value).split(''))
    hash = BigInt.asUintN(64, (hash ^ BigInt(unit.charCodeAt(0))) * FNV_PRIME);
  return hash.toString(16).padStart(16, '0');
}

/** JSON with the keys of every object in order. The plan comes from YAML, so nothing in it is undefined. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const pairs = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${pairs.map(([key, part]) => `${JSON.stringify(key)}:${canonical(part)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}
