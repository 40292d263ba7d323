import { Schema } from 'mongoose';
import { z } from 'zod';
import type { PlanStore } from '#src/app/ports/stores.ts';
import type { PostSummary } from '#src/domain/conversation/types.ts';
import { diffPlan, type PlanRecord } from '#src/domain/plan-diff.ts';
import type { Plan } from '#src/domain/plan.ts';
import type { PlanPost } from '#src/domain/plan-post.ts';
import {
  defineModel,
  frozen,
  parseRecord,
  randomToken,
  type StoredRecord,
  type StoreParts,
} from './records.ts';
import { retrying } from './retry.ts';

const CURRENT = 'current';

const recordShape = z.object({
  _id: z.string(),
  version: z.number(),
  hash: z.string(),
  retired: z.boolean(),
  value: z.unknown(),
  changedAtMs: z.number(),
});

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;

/** What a plan that an older release imported has not. */
const SINCE_OF_CASES: Pick<Plan['cases'], 'letters' | 'keepMonths'> = { letters: null, keepMonths: 60 };

const SINCE: Pick<Plan, 'routines' | 'inspections' | 'procedures'> = {
  routines: [],
  inspections: [],
  procedures: null,
};
const SINCE_OF_INSPECTION = { kinds: ['regular'], checklist: [] } as const;

const withAll = (stored: Plan): Plan => {
  const plan: Plan = { ...SINCE, ...stored };
  const inspections = plan.inspections.map((row) => ({ ...SINCE_OF_INSPECTION, ...row }));
  return { ...plan, inspections, cases: { ...SINCE_OF_CASES, ...plan.cases } };
};

const currentShape = z.object({
  _id: z.literal(CURRENT),
  plan: z.custom<Plan>(isObject).transform(withAll),
  posts: z.array(z.custom<PostSummary>(isObject)),
  importedAtMs: z.number(),
  write: z.string().optional(),
});

type CurrentPlan = NonNullable<Awaited<ReturnType<PlanStore['current']>>>;
type RecordRow = z.infer<typeof recordShape> & StoredRecord;
type CurrentRow = z.infer<typeof currentShape> & StoredRecord;

/**
 * `plan_records` holds every row in its newest version, `plan_versions` every version there ever was, `plan_current` the
 * plan that is in force, which is written last: an import that breaks off leaves the old plan in force, and the next
 * import does the rest.
 */
export function planStore({ connection }: StoreParts): PlanStore {
  const fields = {
    version: Number,
    hash: String,
    retired: Boolean,
    value: Schema.Types.Mixed,
    changedAtMs: Number,
  };
  const records = defineModel<RecordRow>(connection, 'plan_records', fields);
  const versions = defineModel<RecordRow>(connection, 'plan_versions', fields);
  const current = defineModel<CurrentRow>(connection, 'plan_current', {
    plan: Schema.Types.Mixed,
    posts: [Schema.Types.Mixed],
    importedAtMs: Number,
  });

  /** The plan is a large document and every message asks for it: read whole only when the row is another one. */
  let known: { readonly write: string; readonly value: CurrentPlan } | null = null;

  return {
    async import(plan, posts, nowMs) {
      const stored = await records.find().sort({ _id: 1 }).lean();
      const previous = stored.map((raw) => toPlanRecord(raw));
      // The comparison takes a post as a value with an id, and ours are the summaries.
      const diff = diffPlan(previous, plan, posts as unknown as readonly PlanPost[]);
      const rows = [...diff.added, ...diff.changed, ...diff.retired]
        .map(({ key, ...row }) => ({ _id: key, ...row, changedAtMs: nowMs }))
        .sort((a, b) => (a._id < b._id ? -1 : 1));
      const versionRows = rows.map((row) => ({ ...row, _id: `${row._id}#${row.version}` }));
      for (const [model, toWrite] of [
        [versions, versionRows],
        [records, rows],
      ] as const) {
        if (toWrite.length === 0) continue;
        const writes = toWrite.map(({ _id, ...$set }) => ({
          updateOne: { filter: { _id }, update: { $set }, upsert: true },
        }));
        await retrying(() => model.bulkWrite(writes, { ordered: false }), { duplicatesPass: true });
      }
      const $set = { plan, posts: [...posts], importedAtMs: nowMs, write: randomToken() };
      await retrying(() => current.updateOne({ _id: CURRENT }, { $set }, { upsert: true }), {
        duplicatesPass: true,
      });
      return Object.freeze({
        added: diff.added.length,
        changed: diff.changed.length,
        unchanged: diff.unchanged.filter((row) => !row.retired).length,
        retired: diff.retired.length,
      });
    },

    async current() {
      const inForce = await current.findById(CURRENT, { write: 1 }).lean();
      if (inForce?.write !== undefined && inForce.write === known?.write) return known.value;
      const raw = await current.findById(CURRENT).lean();
      if (raw === null) return null;
      const { plan, posts, write } = parseRecord(currentShape, raw, 'plan_current');
      const value = frozen({ plan, posts });
      known = write === undefined ? null : { write, value };
      return value;
    },
  };
}

function toPlanRecord(raw: unknown): PlanRecord {
  const { _id, version, hash, retired, value } = parseRecord(recordShape, raw, 'plan_records');
  return { key: _id, version, hash, retired, value };
}
