import type { CaseClock } from '../case.ts';
import type { Term } from '../plan.ts';
import type { StaffMember } from '../staff.ts';
import type { NoticedCase } from './case-notices.ts';
import type { ComplaintRules } from './letter.ts';

export type Actor =
  { readonly kind: 'resident' } | { readonly kind: 'officer'; readonly member: StaffMember };

/** What the plan and the calendar say about this case. */
export interface CaseLaw {
  readonly dueAtMs: (clock: CaseClock) => number;
  /** Until when a resident may be silent before a second officer closes; the resident's own time to dispute what ended. */
  readonly silenceEndsMs: (fromMs: number) => number;
  readonly disputeEndsMs: (fromMs: number) => number;
  readonly longestExtension: Term;
  /** Null where the plan knows no complaints. */
  readonly complaint: ComplaintRules | null;
  /** Who a dispute goes to; null where there is nobody above. */
  readonly superiorId: string | null;
  /** When somebody must be told something of the case as it then is. */
  readonly nextAtMs: (matter: NoticedCase) => number | null;
}

export interface ActContext {
  readonly actId: string;
  readonly nowMs: number;
  readonly law: CaseLaw;
}
