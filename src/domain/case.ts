import type { ChatRef } from './inbound.ts';
import type { LegalKind } from './vietnamese/triage.ts';

export type CaseState = 'new' | 'taken' | 'answered' | 'closed' | 'reopened' | 'withdrawn';

export type Rating = 'satisfied' | 'acceptable' | 'unsatisfied';

export interface CasePlace {
  readonly text: string | null;
  readonly location: { readonly latitude: number; readonly longitude: number } | null;
}

export interface CaseHistoryEntry {
  readonly atMs: number;
  /** A staff id, `resident`, or `system`. */
  readonly by: string;
  readonly action:
    'created' | 'taken' | 'answered' | 'closed' | 'reopened' | 'rated' | 'added' | 'withdrawn' | 'routed';
  readonly detail?: string;
}

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
  readonly mediaIds: readonly string[];
  readonly categoryId: string;
  /** What it is by law, as its words say; none on cases of an older release. */
  readonly legalKind?: LegalKind;
  readonly unitId: string;
  readonly state: CaseState;
  readonly handlerId: string | null;
  readonly answer: string | null;
  readonly rating: Rating | null;
  readonly createdAtMs: number;
  readonly dueAtMs: number;
  readonly rev: number;
  readonly history: readonly CaseHistoryEntry[];
}

export type Honorific = 'ong' | 'ba' | 'anh' | 'chi';
