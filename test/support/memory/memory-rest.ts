import type { FetchedFile } from '#src/app/ports/channel.ts';
import type { BeatStore } from '#src/app/ports/health.ts';
import type { AuditStore, MediaStore, PlanStore } from '#src/app/ports/stores.ts';
import type { PostSummary } from '#src/domain/conversation/types.ts';
import { diffPlan, type PlanRecord } from '#src/domain/plan-diff.ts';
import type { Plan } from '#src/domain/plan.ts';
import type { PlanPost } from '#src/domain/plan-post.ts';

export function memoryMedia(): MediaStore {
  const rows = new Map<string, FetchedFile>();
  return {
    put: (id, file) => {
      if (!rows.has(id)) rows.set(id, structuredClone(file));
      return Promise.resolve();
    },
    get: (id) => Promise.resolve(rows.get(id) ?? null),
  };
}

export function memoryBeats(): BeatStore {
  const last = new Map<string, number>();
  return {
    beat: (name, atMs) => {
      last.set(name, Math.max(atMs, last.get(name) ?? 0));
      return Promise.resolve();
    },
    lastMs: (name) => Promise.resolve(last.get(name) ?? null),
  };
}

type AuditEntry = Parameters<AuditStore['record']>[0];

/** `entries` shows what was recorded, in order. */
export function memoryAudit(): AuditStore & { readonly entries: readonly AuditEntry[] } {
  const entries: AuditEntry[] = [];
  return {
    entries,
    record: (entry) => {
      if (!entries.some(({ id }) => id === entry.id)) entries.push(entry);
      return Promise.resolve();
    },
  };
}

export function memoryPlans(): PlanStore {
  const records = new Map<string, PlanRecord>();
  let current: { readonly plan: Plan; readonly posts: readonly PostSummary[] } | null = null;
  return {
    import: (plan, posts) => {
      const diff = diffPlan([...records.values()], plan, posts as unknown as readonly PlanPost[]);
      for (const row of [...diff.added, ...diff.changed, ...diff.retired]) records.set(row.key, row);
      current = structuredClone({ plan, posts });
      return Promise.resolve({
        added: diff.added.length,
        changed: diff.changed.length,
        unchanged: diff.unchanged.filter((row) => !row.retired).length,
        retired: diff.retired.length,
      });
    },
    current: () => Promise.resolve(current),
  };
}
