import type { DoneBy } from './done-by.ts';

/** One occurrence of something the plan wants done by a date, with its ladder of reminders snapshotted when it opens. */
export type DutyState = 'open' | 'acknowledged' | 'done' | 'cancelled';

/** What it is: a document for somebody, something done by a day, or something held on it. */
export const KINDS_OF_DUTY = ['report', 'routine', 'inspection'] as const;
export type KindOfDuty = (typeof KINDS_OF_DUTY)[number];

/** Who a reminder speaks to: what they can answer differs. */
export const DUTY_AUDIENCES = ['responsible', 'head', 'chairperson'] as const;
export type DutyAudience = (typeof DUTY_AUDIENCES)[number];

export type RungKind = 'remind' | 'due-today' | 'overdue' | 'escalate-head' | 'escalate-chairperson';

export interface Rung {
  readonly index: number;
  readonly kind: RungKind;
  readonly atMs: number;
}

export interface DutyHistoryEntry {
  readonly atMs: number;
  readonly by: string;
  readonly action:
    | 'opened'
    | 'reminded'
    | 'acknowledged'
    | 'snoozed'
    | 'done'
    | 'help'
    | 'progress'
    | 'escalated'
    | 'skipped'
    | 'assigned'
    | 'moved'
    | 'cancelled';
  readonly rung?: number;
  readonly detail?: string;
  /** Why a leader changed it; who had it before they gave it to somebody else. */
  readonly reason?: string;
  readonly from?: string;
  /** How far it had come. */
  readonly note?: string;
}

/** What was last said of how far it is; null where nobody has. */
export const lastNote = ({
  history,
}: {
  readonly history: readonly DutyHistoryEntry[];
}): DutyHistoryEntry | null => history.findLast(({ action }) => action === 'progress') ?? null;

/** Somebody still has to do it. */
export const isUnfinished = ({ state }: { readonly state: DutyState }): boolean =>
  state === 'open' || state === 'acknowledged';

/** What happened since it last changed hands; all where it never did. */
export const sinceAssigned = ({ history }: { readonly history: readonly DutyHistoryEntry[] }) =>
  history.slice(history.findLastIndex(({ action }) => action === 'assigned') + 1);

export interface Duty {
  /** Deterministic: `DL-2.2024`. */
  readonly id: string;
  readonly ruleId: string;
  readonly kind: KindOfDuty;
  readonly title: string;
  readonly recipient: string;
  readonly responsibleId: string | null;
  /** The chain is fixed when the duty opens: head of the unit, then the chairperson. */
  readonly headId: string | null;
  readonly chairpersonId: string | null;
  readonly unitId: string;
  /** The last instant in time: "before 10/5" is the end of 9/5. */
  readonly dueAtMs: number;
  /** The day the reminder aims at: the last working day on or before the due date. */
  readonly targetDate: string;
  readonly rungs: readonly Rung[];
  /** The next rung that has not gone out; `rungs.length` when all have. */
  readonly nextRung: number;
  /** When the tick must look at this duty again; null when nothing is left to do. Indexed. */
  readonly nextAtMs: number | null;
  readonly state: DutyState;
  readonly acknowledgedAtMs: number | null;
  readonly snoozedUntilMs: number | null;
  /** Left out where it is the usual (`USUALLY_DONE_BY`). */
  readonly doneBy?: DoneBy;
  readonly proof: string | null;
  /** Photos and documents in our own store that show that it is done (`isDocumentId`). */
  readonly proofFileIds?: readonly string[];
  /** What it came out of, where a visit of inspectors found it. */
  readonly found?: { readonly visitId: string; readonly findingId: string };
  /** What it has to be done before. `workingDays` null: by a day of its own, which is never later. */
  readonly precedes?: { readonly dutyId: string; readonly workingDays: number | null };
  readonly rev: number;
  readonly history: readonly DutyHistoryEntry[];
}
