import type { DutyStore, RunStore, SeriesStore } from '#src/app/ports/stores.ts';
import type { Duty } from '#src/domain/duty.ts';
import type { BroadcastRun } from '#src/domain/run.ts';
import type { Series } from '#src/domain/series.ts';

function sorted<T extends { readonly id: string }>(
  rows: Iterable<T>,
  matching: (row: T) => boolean,
  order: (row: T) => number,
  limit = Infinity,
): Promise<T[]> {
  return Promise.resolve(
    [...rows]
      .filter(matching)
      .sort((a, b) => order(a) - order(b) || (a.id < b.id ? -1 : 1))
      .slice(0, limit)
      .map((row) => structuredClone(row)),
  );
}

export function memoryRuns(): RunStore {
  const rows = new Map<string, BroadcastRun>();
  const bySendTime = (row: BroadcastRun): number => row.sendAtMs;
  return {
    create: (run) => {
      if (!rows.has(run.id)) rows.set(run.id, structuredClone(run));
      return Promise.resolve(structuredClone(rows.get(run.id) ?? run));
    },
    get: (id) => Promise.resolve(structuredClone(rows.get(id)) ?? null),
    update: (id, rev, change) => {
      const row = rows.get(id);
      if (row?.rev !== rev) return Promise.resolve('conflict');
      rows.set(id, structuredClone({ ...row, ...change, id, rev: rev + 1 }));
      return Promise.resolve('saved');
    },
    due: (state, nowMs, limit) =>
      sorted(rows.values(), (row) => row.state === state && row.sendAtMs <= nowMs, bySendTime, limit),
    latest: (states, limit) =>
      sorted(
        rows.values(),
        (row) => states.includes(row.state),
        (row) => -row.sendAtMs,
        limit,
      ),
    inState: (state, limit) => sorted(rows.values(), (row) => row.state === state, bySendTime, limit),
    between: (states, fromMs, toMs, limit) =>
      sorted(
        rows.values(),
        (row) => states.includes(row.state) && row.sendAtMs >= fromMs && row.sendAtMs < toMs,
        bySendTime,
        limit,
      ),
    startedIn: (from, to) =>
      sorted(
        rows.values(),
        ({ startedOn }) => startedOn !== null && startedOn >= from && startedOn <= to,
        (row) => Date.parse(row.startedOn ?? ''),
      ),
    withMeetingIn: (from, to) =>
      sorted(
        rows.values(),
        ({ meeting }) => meeting !== null && meeting.day >= from && meeting.day <= to,
        (row) => Date.parse(row.meeting?.day ?? ''),
      ),
  };
}

export function memorySeries(): SeriesStore {
  const rows = new Map<string, Series>();
  return {
    create: (series) => {
      if (!rows.has(series.id)) rows.set(series.id, structuredClone(series));
      return Promise.resolve(structuredClone(rows.get(series.id) ?? series));
    },
    get: (id) => Promise.resolve(structuredClone(rows.get(id)) ?? null),
    update: (id, rev, change) => {
      const row = rows.get(id);
      if (row?.rev !== rev) return Promise.resolve('conflict');
      rows.set(id, structuredClone({ ...row, ...change, id, rev: rev + 1 }));
      return Promise.resolve('saved');
    },
    inState: (state, limit) =>
      sorted(
        rows.values(),
        (row) => row.state === state,
        (row) => row.createdAtMs,
        limit,
      ),
  };
}

export function memoryDuties(): DutyStore {
  const rows = new Map<string, Duty>();
  const byDueTime = (row: Duty): number => row.dueAtMs;
  return {
    open: (duty) => {
      if (rows.has(duty.id)) return Promise.resolve('exists');
      rows.set(duty.id, structuredClone(duty));
      return Promise.resolve('opened');
    },
    get: (id) => Promise.resolve(structuredClone(rows.get(id)) ?? null),
    due: (nowMs, limit) =>
      sorted(
        rows.values(),
        (row) => row.nextAtMs !== null && row.nextAtMs <= nowMs,
        (row) => row.nextAtMs ?? 0,
        limit,
      ),
    save: (duty, expectedRev) => {
      if (rows.get(duty.id)?.rev !== expectedRev) return Promise.resolve('conflict');
      rows.set(duty.id, structuredClone(duty));
      return Promise.resolve('saved');
    },
    saveAll: (duties) => {
      const kept = duties.filter(({ id, rev }) => rows.get(id)?.rev === rev - 1);
      for (const duty of kept) rows.set(duty.id, structuredClone(duty));
      return Promise.resolve(new Set(duties.filter((duty) => !kept.includes(duty)).map(({ id }) => id)));
    },
    ofStaff: (staffId, limit) =>
      sorted(
        rows.values(),
        (row) => row.responsibleId === staffId && (row.state === 'open' || row.state === 'acknowledged'),
        byDueTime,
        limit,
      ),
    withGaps: () =>
      sorted(
        rows.values(),
        ({ state, responsibleId, headId, chairpersonId }) =>
          (state === 'open' || state === 'acknowledged') &&
          [responsibleId, headId, chairpersonId].includes(null),
        byDueTime,
      ),
    ofRules: (prefix) => sorted(rows.values(), ({ ruleId }) => ruleId.startsWith(prefix), byDueTime),
    ofFinding: (findingId) =>
      Promise.resolve(
        structuredClone([...rows.values()].find(({ found }) => found?.findingId === findingId)) ?? null,
      ),
    preceding: (dutyId) => sorted(rows.values(), ({ precedes }) => precedes?.dutyId === dutyId, byDueTime),
    dueBetween: (fromMs, toMs) =>
      sorted(rows.values(), ({ dueAtMs }) => dueAtMs >= fromMs && dueAtMs <= toMs, byDueTime),
    list: () => sorted(rows.values(), () => true, byDueTime),
  };
}
