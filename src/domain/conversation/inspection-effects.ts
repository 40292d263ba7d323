import type { RemoteFile } from '../inbound.ts';
import type { Severity, Verdict } from '../inspections/visit.ts';
import type { LocalDate } from '../plan.ts';
import type { KindOfInspection } from '../plan-inspections.ts';

/**
 * What the steps around inspections ask the world to do. One kind for all: what is set aside or logged names the kind of an
 * effect, and must not tell somebody that a visit was planned.
 */
export interface InspectionEffect {
  readonly kind: 'inspection';
  readonly order: InspectionOrder;
}

export type InspectionOrder =
  | { readonly kind: 'list' }
  /** What the plan inspects, for everybody who works here. */
  | { readonly kind: 'rules' }
  /** The plan of inspections as a document. */
  | { readonly kind: 'paper' }
  | VisitToPlan
  | { readonly kind: 'show'; readonly visitId: string }
  /** The next item of the checklist that nobody looked at. */
  | { readonly kind: 'ask'; readonly visitId: string }
  | { readonly kind: 'minutes'; readonly visitId: string }
  | {
      readonly kind: 'answer';
      readonly visitId: string;
      readonly itemId: string;
      readonly verdict: Verdict;
    }
  | {
      readonly kind: 'find';
      readonly visitId: string;
      readonly text: string;
      readonly severity: Severity;
      readonly term: LocalDate | null;
      readonly photos: readonly RemoteFile[];
    }
  /** `isSure`: although something was not looked at. */
  | { readonly kind: 'close'; readonly visitId: string; readonly isSure: boolean }
  | VisitToMove
  | VisitToRegroup
  | { readonly kind: 'cancel'; readonly visitId: string; readonly reason: string };

/** A day, or the days among which the bot draws one. */
export type WantedDay = LocalDate | { readonly from: LocalDate; readonly to: LocalDate };

export interface VisitToMove {
  readonly kind: 'move';
  readonly visitId: string;
  readonly day: WantedDay;
  readonly reason: string;
}

export interface VisitToRegroup {
  readonly kind: 'regroup';
  readonly visitId: string;
  /** The first leads. */
  readonly team: readonly string[];
  readonly reason: string;
}

export interface VisitToPlan {
  readonly kind: 'plan';
  readonly ruleId: string;
  /** Null: the usual one. */
  readonly inspectionKind: KindOfInspection | null;
  /** Null: the only one of the plan. */
  readonly unitId: string | null;
  readonly day: WantedDay;
  /** The first leads. */
  readonly team: readonly string[];
}
