import type { ProcedureStore } from '#src/app/ports/procedures.ts';
import type { FiguresEntry } from '#src/domain/procedures/figures.ts';

export function memoryProcedures(): ProcedureStore {
  const rows = new Map<string, FiguresEntry>();
  return {
    add: (entry) => {
      if (!rows.has(entry.id)) rows.set(entry.id, Object.freeze({ ...entry }));
      return Promise.resolve();
    },
    since: (week) =>
      Promise.resolve(
        [...rows.values()]
          .filter((row) => row.week >= week)
          .sort((a, b) =>
            a.week < b.week ? -1 : a.week > b.week ? 1 : a.atMs - b.atMs || (a.id < b.id ? -1 : 1),
          ),
      ),
  };
}
