import type { CaseStore } from '#src/app/ports/stores.ts';
import type { Case } from '#src/domain/case.ts';
import { OPEN_STATES } from '#src/domain/cases/states.ts';
import { reporterKey } from '#src/domain/cases/many-residents.ts';
import { chatKey } from '#src/domain/inbound.ts';

export function memoryCases(): CaseStore {
  const rows = new Map<string, Case>();
  const counters = new Map<string, number>();
  const pick = (matching: (row: Case) => boolean, order: (row: Case) => number, limit: number) =>
    Promise.resolve(
      [...rows.values()]
        .filter(matching)
        .sort((a, b) => order(a) - order(b) || (a.id < b.id ? -1 : 1))
        .slice(0, limit)
        .map((row) => structuredClone(row)),
    );

  return {
    create: (draft, codePrefix) => {
      const stored = rows.get(draft.id);
      if (stored) return Promise.resolve(structuredClone(stored));
      const sequence = (counters.get(codePrefix) ?? 0) + 1;
      counters.set(codePrefix, sequence);
      const created = {
        ...structuredClone(draft),
        code: `${codePrefix}-${String(sequence).padStart(4, '0')}`,
      };
      rows.set(draft.id, created);
      return Promise.resolve(structuredClone(created));
    },
    get: (id) => Promise.resolve(structuredClone(rows.get(id)) ?? null),
    ofResident: (chat, limit) =>
      pick(
        (row) => chatKey(row.resident) === chatKey(chat),
        (row) => -row.createdAtMs,
        limit,
      ),
    openOfUnit: (unitId, limit) =>
      pick(
        (row) => row.unitId === unitId && OPEN_STATES.includes(row.state),
        (row) => row.dueAtMs,
        limit,
      ),
    openOfHandler: (staffId, limit) =>
      pick(
        (row) => row.handlerId === staffId && OPEN_STATES.includes(row.state),
        (row) => row.dueAtMs,
        limit,
      ),
    alike: (categoryId, sinceMs, limit) =>
      Promise.resolve(
        [...rows.values()]
          .filter((row) => row.categoryId === categoryId && row.createdAtMs >= sinceMs)
          .sort((a, b) => b.createdAtMs - a.createdAtMs)
          .slice(0, limit)
          .map((row) => ({ chatKey: reporterKey(row), neighbourhoodId: row.neighbourhoodId })),
      ),
    openAlike: ({ categoryId, neighbourhoodId, sinceMs }, limit) =>
      pick(
        (row) =>
          row.categoryId === categoryId &&
          row.neighbourhoodId === neighbourhoodId &&
          row.createdAtMs >= sinceMs &&
          OPEN_STATES.includes(row.state),
        (row) => row.createdAtMs,
        limit,
      ),
    openCalls: (limit) =>
      pick(
        (row) => row.wantsCall === true && OPEN_STATES.includes(row.state),
        (row) => row.createdAtMs,
        limit,
      ),
    mergedInto: (id, limit) =>
      pick(
        (row) => row.mergedInto === id,
        () => 0,
        limit,
      ),
    byCode: (code) =>
      Promise.resolve(structuredClone([...rows.values()].find((row) => row.code === code)) ?? null),
    due: (nowMs, limit) =>
      pick(
        (row) => row.nextAtMs !== null && row.nextAtMs <= nowMs,
        (row) => row.nextAtMs ?? 0,
        limit,
      ),
    look: (id, rev, nextAtMs) => {
      const row = rows.get(id);
      if (row?.rev !== rev) return Promise.resolve('conflict');
      rows.set(id, { ...row, nextAtMs });
      return Promise.resolve('saved');
    },
    update: (id, rev, change, entry) => {
      const row = rows.get(id);
      if (row?.rev !== rev) return Promise.resolve('conflict');
      const { code, createdAtMs, history } = row;
      const kept = { id, code, createdAtMs, rev: rev + 1, history: [...history, entry] };
      rows.set(id, structuredClone({ ...row, ...change, ...kept }));
      return Promise.resolve('saved');
    },
  };
}
