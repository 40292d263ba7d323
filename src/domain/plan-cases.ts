import type { ComplaintRules } from './cases/letter.ts';
import type { CaseState } from './cases/states.ts';
import type { LocalDate, RuleStatus } from './plan-terms.ts';

/** A legal ground on which a case is handed to somebody outside or not handled, from the day on which it holds. */
export type CaseGround = {
  readonly id: string;
  readonly act: 'transfer' | 'refuse';
  readonly label: string;
  readonly source: string;
  readonly status: RuleStatus;
  readonly effectiveFrom: LocalDate;
};

/** Words that officers begin with; `{…}` in them is asked for. */
export type CaseTemplate = {
  readonly id: string;
  readonly act: 'say' | 'ask' | 'propose' | 'refuse';
  readonly label: string;
  readonly body: string;
  /** Of the case; empty: any. */
  readonly states: readonly CaseState[];
};

/** Signed papers that an officer records; what they go by is counted in days. */
export type LetterHandling = {
  /** Who works on a complaint. */
  readonly unit: string;
  readonly petitionRule: string;
  readonly complaint: ComplaintRules;
  readonly denunciation: { readonly acceptanceRule: string; readonly settlementRule: string };
};

/** How the ward handles cases. The rules are ids of `rules`. */
export type CaseHandling = {
  /** After so long without the resident's word a second officer closes. */
  readonly silenceRule: string;
  /** So long a resident may dispute what was closed. */
  readonly disputeRule: string;
  /** The longest extension; there is one. */
  readonly extensionRule: string;
  readonly dueSoonWorkingDays: number;
  /** So long after its end a case keeps who sent it and their words; what was done with it stays. */
  readonly keepMonths: number;
  /** Null: signed papers are not recorded here. */
  readonly letters: LetterHandling | null;
  readonly grounds: readonly CaseGround[];
  readonly templates: readonly CaseTemplate[];
  /** The first that fits decides; without one the unit of the category has it. `category` null: any. */
  readonly routes: readonly {
    readonly category: string | null;
    readonly neighbourhoods: readonly string[];
    readonly unit: string;
  }[];
  /** The leader hears of so many residents about one matter within so many days, in one neighbourhood or in all. */
  readonly alert: { readonly samePlace: number; readonly sameMatter: number; readonly days: number };
};
