import type { Case } from '../case.ts';

export interface Work {
  readonly overdue: readonly Case[];
  readonly dueSoon: readonly Case[];
  readonly mine: readonly Case[];
  readonly unit: readonly Case[];
  readonly paused: readonly Case[];
}

/** An officer's work on one screen: each case once, under the first heading that fits, the most pressing first. */
export function sortWork(
  cases: readonly Case[],
  staffId: string,
  nowMs: number,
  dueSoonFromMs: (matter: Case) => number,
): Work {
  const groups: Record<keyof Work, Case[]> = { overdue: [], dueSoon: [], mine: [], unit: [], paused: [] };
  const unique = [...new Map(cases.map((matter) => [matter.id, matter])).values()];
  for (const matter of unique.toSorted((a, b) => a.dueAtMs - b.dueAtMs || a.createdAtMs - b.createdAtMs)) {
    groups[headingOf(matter, staffId, nowMs, dueSoonFromMs)].push(matter);
  }
  return groups;
}

function headingOf(
  matter: Case,
  staffId: string,
  nowMs: number,
  dueSoonFromMs: (matter: Case) => number,
): keyof Work {
  // Its term stands still: nobody of the ward is late with it.
  if (matter.state === 'asked') return 'paused';
  if (nowMs > matter.dueAtMs) return 'overdue';
  if (nowMs >= dueSoonFromMs(matter)) return 'dueSoon';
  return matter.handlerId === staffId ? 'mine' : 'unit';
}
