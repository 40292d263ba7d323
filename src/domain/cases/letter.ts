import type { LocalDate } from '../plan-terms.ts';

/** How far the ward has gone with a complaint: Luật Khiếu nại 02/2011/QH13, Điều 27 (thụ lý) and 28 (settling it). */
export const COMPLAINT_STAGES = ['to-accept', 'accepted', 'complex'] as const;
export type ComplaintStage = (typeof COMPLAINT_STAGES)[number];

/** A signed paper that the ward received. */
export interface CaseLetter {
  /** In the book of incoming papers. */
  readonly number: string | null;
  readonly receivedOn: LocalDate;
  /** Null: it is no complaint. */
  readonly stage: ComplaintStage | null;
}

/** Of a plan's rules, those that a complaint goes by. */
export interface ComplaintRules {
  readonly acceptanceRule: string;
  readonly settlementRule: string;
  readonly complexRule: string;
}
