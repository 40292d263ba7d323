import type { Pause } from './calendar/pauses.ts';
import type { CaseLetter } from './cases/letter.ts';
import type { CaseState } from './cases/states.ts';
import type { ChatRef } from './inbound.ts';
import type { LocalDate, Term } from './plan.ts';
import type { LegalKind } from './vietnamese/triage.ts';

export type Rating = 'satisfied' | 'acceptable' | 'unsatisfied';

export interface CasePlace {
  readonly text: string | null;
  readonly location: { readonly latitude: number; readonly longitude: number } | null;
}

export const CASE_ACTIONS = [
  'created',
  'taken',
  'handed-over',
  'routed',
  'said',
  'asked',
  'replied',
  'outside',
  'answered',
  'closed',
  'rated',
  'disputed',
  'reopened',
  'extended',
  'accepted',
  'made-complex',
  'transferred',
  'refused',
  'merged',
  'added',
  'withdrawn',
  /** Its resident put the phone number right. */
  'corrected',
  /** Whatever told of its resident was taken out. */
  'erased',
] as const;
export type CaseAction = (typeof CASE_ACTIONS)[number];

export interface CaseHistoryEntry {
  readonly atMs: number;
  /** A staff id, `resident`, or `system`. */
  readonly by: string;
  readonly action: CaseAction;
  /** Of what was done, so that doing it twice does it once. */
  readonly actId?: string;
  /** Who had the case until this took it from them. */
  readonly heldBy?: string;
  /** Why, or the words that were said. */
  readonly detail?: string;
}

/** From when its term is counted and what happened to it; `dueAtMs` follows from it. */
export interface CaseClock {
  readonly ruleId: string;
  readonly fromMs: number;
  readonly pauses: readonly Pause[];
  /** Since when it stands still; null while it runs. */
  readonly pausedSinceMs: number | null;
  readonly extensions: readonly Term[];
}

/** What shows that a matter is settled. */
export type Evidence =
  | { readonly kind: 'photo'; readonly mediaId: string }
  | { readonly kind: 'document'; readonly number: string; readonly date: LocalDate | null };

/** A result that was given, and waits for its resident's word or a second officer's. */
export interface Proposal {
  readonly byId: string;
  readonly atMs: number;
  readonly evidence: Evidence;
}

/** How a matter came that an officer wrote down. */
export const ENTRY_WAYS = ['phone', 'in-person', 'letter'] as const;
export type EntryWay = (typeof ENTRY_WAYS)[number];

/** A resident's matter from first words to rating. Contact data is sealed by the store. */
export interface Case {
  readonly id: string;
  /** Short enough to say aloud: `3-0147`. Tells only the state. */
  readonly code: string;
  readonly resident: ChatRef;
  readonly residentName: string;
  readonly honorific: Honorific | null;
  readonly phone: string | null;
  readonly text: string;
  readonly place: CasePlace;
  /** Of the plan, where the words name one. */
  readonly neighbourhoodId: string | null;
  readonly mediaIds: readonly string[];
  readonly categoryId: string;
  /** What it is by law, as its words or its letter say; none on cases of an older release. */
  readonly legalKind?: LegalKind;
  /** The signed paper behind it. */
  readonly letter?: CaseLetter;
  /** To which text the sender agreed, and when; none on cases of an older release. */
  readonly consent?: { readonly version: string; readonly atMs: number };
  /** Its sender asked to be called. */
  readonly wantsCall?: true;
  /** Set where an officer wrote it down for somebody who does not write here. */
  readonly entered?: { readonly byId: string; readonly way: EntryWay };
  readonly unitId: string;
  readonly state: CaseState;
  readonly handlerId: string | null;
  readonly answer: string | null;
  readonly proposal: Proposal | null;
  readonly outside: { readonly body: string; readonly checkAtMs: number } | null;
  /** The case that this one was put into. */
  readonly mergedInto: string | null;
  readonly rating: Rating | null;
  readonly createdAtMs: number;
  readonly clock: CaseClock;
  readonly dueAtMs: number;
  readonly closedAtMs: number | null;
  /** When somebody must be told something of it; null when nothing is to come. Indexed. */
  readonly nextAtMs: number | null;
  readonly rev: number;
  readonly history: readonly CaseHistoryEntry[];
}

export type Honorific = 'ong' | 'ba' | 'anh' | 'chi';

/** What a case has that just came in, beyond what its resident sent. */
export function newWork(
  ruleId: string,
  nowMs: number,
): Pick<
  Case,
  'handlerId' | 'answer' | 'proposal' | 'outside' | 'mergedInto' | 'rating' | 'clock' | 'closedAtMs'
> {
  return {
    handlerId: null,
    answer: null,
    proposal: null,
    outside: null,
    mergedInto: null,
    rating: null,
    clock: newClock(ruleId, nowMs),
    closedAtMs: null,
  };
}

export function newClock(ruleId: string, fromMs: number): CaseClock {
  return { ruleId, fromMs, pauses: [], pausedSinceMs: null, extensions: [] };
}
