import type { LocalDate } from '../plan.ts';
import type { ChecklistItem, KindOfInspection } from '../plan-inspections.ts';

/** `open`: its day has come. */
export type VisitState = 'planned' | 'open' | 'closed' | 'cancelled';

export const VERDICTS = ['ok', 'not-ok', 'not-looked'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** `remind` is only written down; the others become a duty of the unit. */
export const SEVERITIES = ['remind', 'fix', 'serious'] as const;
export type Severity = (typeof SEVERITIES)[number];

export interface Finding {
  /** Of the effect that recorded it. */
  readonly id: string;
  readonly text: string;
  readonly severity: Severity;
  /** The last day to put it right; null for a reminder. */
  readonly term: LocalDate | null;
  readonly photoIds: readonly string[];
  readonly byId: string;
}

/** Something to be said of a visit at a time of its own. `unclosed`: its day is over and nobody closed it. */
export interface VisitNotice {
  readonly kind: 'announce' | 'day' | 'unclosed';
  readonly atMs: number;
}

export interface VisitHistoryEntry {
  readonly atMs: number;
  readonly by: string;
  readonly action:
    | 'planned'
    | 'announced'
    | 'opened'
    | 'answered'
    | 'found'
    | 'closed'
    | 'moved'
    /** Others are of the team. */
    | 'regrouped'
    | 'cancelled';
  /** Of the effect behind it: the same one again changes nothing. */
  readonly orderId: string;
  readonly reason?: string;
  /** The day before it was moved. */
  readonly from?: LocalDate;
  /** The team before it was changed. */
  readonly fromTeam?: readonly string[];
}

/** One carrying-out of an inspection of the plan ("cuộc kiểm tra"), with what was found. */
export interface Visit {
  /** Says nothing of who, when or how many. */
  readonly id: string;
  /** The inspection of the plan: KT-3. */
  readonly ruleId: string;
  /** As the plan had it then. */
  readonly title: string;
  readonly inspectorUnitId: string;
  readonly kind: KindOfInspection;
  readonly isAnnounced: boolean;
  /** The unit that is looked at. */
  readonly unitId: string;
  readonly day: LocalDate;
  /** The first leads. */
  readonly team: readonly string[];
  /** Who led in fact, where that was not the first of the team. */
  readonly ledById?: string;
  readonly plannedById: string;
  readonly checklist: readonly ChecklistItem[];
  readonly answers: Readonly<Record<string, Verdict>>;
  readonly findings: readonly Finding[];
  readonly state: VisitState;
  /** Those whose time came stay, also where the visit was moved. */
  readonly notices: readonly VisitNotice[];
  /** The next that was not said; `notices.length` when all were. */
  readonly nextNotice: number;
  /** When the tick must look again; null when nothing is left to say. Indexed. */
  readonly nextAtMs: number | null;
  readonly rev: number;
  readonly history: readonly VisitHistoryEntry[];
}

export const leadOf = ({ team }: Visit): string => team[0] ?? '';

export const ledBy = (visit: Visit): string => visit.ledById ?? leadOf(visit);

/** How it was last moved; undefined where it never was. */
export const lastMove = ({ history }: Visit): VisitHistoryEntry | undefined =>
  history.findLast(({ action }) => action === 'moved');

export const isUnderWay = ({ state }: Visit): boolean => state === 'planned' || state === 'open';

/** The items that nobody has looked at so far. */
export const leftToLookAt = ({ checklist, answers }: Visit): readonly ChecklistItem[] =>
  checklist.filter(({ id }) => answers[id] === undefined);

/** The visit as the next revision has it. */
export function changedVisit(visit: Visit, change: Partial<Visit>, entry?: VisitHistoryEntry): Visit {
  const after: Visit = {
    ...visit,
    ...change,
    rev: visit.rev + 1,
    history: entry ? [...visit.history, entry] : visit.history,
  };
  return { ...after, nextAtMs: nextLookMs(after) };
}

export const nextLookMs = (visit: Visit): number | null =>
  isUnderWay(visit) ? (visit.notices[visit.nextNotice]?.atMs ?? null) : null;
