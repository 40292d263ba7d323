import type { VisitStore } from '#src/app/ports/visits.ts';
import type { Visit } from '#src/domain/inspections/visit.ts';

export function memoryVisits(): VisitStore {
  const rows = new Map<string, Visit>();
  const found = (
    matching: (row: Visit) => boolean,
    order: (a: Visit, b: Visit) => number,
  ): Promise<Visit[]> =>
    Promise.resolve(
      [...rows.values()]
        .filter(matching)
        .sort((a, b) => order(a, b) || (a.id < b.id ? -1 : 1))
        .map((row) => structuredClone(row)),
    );
  return {
    open: (visit) => {
      if (rows.has(visit.id)) return Promise.resolve('exists');
      rows.set(visit.id, structuredClone(visit));
      return Promise.resolve('opened');
    },
    get: (id) => Promise.resolve(structuredClone(rows.get(id)) ?? null),
    due: async (nowMs, limit) =>
      (
        await found(
          ({ nextAtMs }) => nextAtMs !== null && nextAtMs <= nowMs,
          (a, b) => (a.nextAtMs ?? 0) - (b.nextAtMs ?? 0),
        )
      ).slice(0, limit),
    save: (visit, expectedRev) => {
      if (rows.get(visit.id)?.rev !== expectedRev) return Promise.resolve('conflict');
      rows.set(visit.id, structuredClone(visit));
      return Promise.resolve('saved');
    },
    since: (day) =>
      found(
        (row) => row.day >= day,
        (a, b) => a.day.localeCompare(b.day),
      ),
  };
}
