import { localDateOf } from '../calendar/local-time.ts';
import type { LocalDate } from '../plan.ts';
import type { StaffMember } from '../staff.ts';
import { isInCharge, isOfTeam } from './may-see.ts';
import { type Team, type TeamRefused, teamRefused } from './team.ts';
import {
  changedVisit,
  isUnderWay,
  leadOf,
  type Severity,
  type Verdict,
  type Visit,
  type VisitHistoryEntry,
  type VisitNotice,
} from './visit.ts';

export type VisitAct =
  | { readonly kind: 'answer'; readonly itemId: string; readonly verdict: Verdict }
  | {
      readonly kind: 'find';
      readonly text: string;
      readonly severity: Severity;
      readonly term: LocalDate | null;
      readonly photoIds: readonly string[];
    }
  | { readonly kind: 'close' }
  /** `notices`: what is to be said of the new day. */
  | {
      readonly kind: 'move';
      readonly day: LocalDate;
      readonly notices: readonly VisitNotice[];
      readonly reason: string;
    }
  /** The first of them leads. */
  | { readonly kind: 'regroup'; readonly team: Team; readonly reason: string }
  | { readonly kind: 'cancel'; readonly reason: string };

/** `id`: of the effect behind it. */
export interface VisitOrder {
  readonly id: string;
  readonly by: StaffMember;
  /** Who leads today (`leaderOn`). */
  readonly leaderId: string | null;
  readonly nowMs: number;
}

export type VisitChanged =
  | { readonly kind: 'changed'; readonly visit: Visit }
  /** Somebody else's part: the team looks, who is in charge closes. */
  | { readonly kind: 'not-yours' }
  /** Its day has not come, or it is closed or called off. */
  | { readonly kind: 'not-open' }
  /** It cannot be moved any more: it has begun, or is over. */
  | { readonly kind: 'begun' }
  /** A visit is moved to another day, from tomorrow on. */
  | { readonly kind: 'no-later-day' | 'same-day' }
  | { readonly kind: 'unknown-item' }
  /** What is to be put right needs a day that is still to come. */
  | { readonly kind: 'no-term' }
  | TeamRefused;

/** The only thing that changes a visit that is under way, beside the clock. The same order again changes nothing. Pure. */
export function actOnVisit(visit: Visit, act: VisitAct, order: VisitOrder): VisitChanged {
  if (visit.history.some(({ orderId }) => orderId === order.id)) return { kind: 'changed', visit };
  const isLooking = act.kind === 'answer' || act.kind === 'find';
  if (!(isLooking ? isOfTeam(visit, order.by) : isInCharge(visit, order.by, order.leaderId)))
    return { kind: 'not-yours' };
  if (act.kind === 'move' && visit.state !== 'planned') return { kind: 'begun' };
  const isPossible = isLooking || act.kind === 'close' ? visit.state === 'open' : isUnderWay(visit);
  if (!isPossible) return { kind: 'not-open' };
  switch (act.kind) {
    case 'answer': {
      if (!visit.checklist.some(({ id }) => id === act.itemId)) return { kind: 'unknown-item' };
      return changed(visit, order, 'answered', { answers: { ...visit.answers, [act.itemId]: act.verdict } });
    }
    case 'find': {
      const { text, severity, photoIds } = act;
      const term = severity === 'remind' ? null : act.term;
      if (severity !== 'remind' && (term === null || term < localDateOf(order.nowMs)))
        return { kind: 'no-term' };
      const finding = { id: order.id, text, severity, term, photoIds, byId: order.by.id };
      return changed(visit, order, 'found', { findings: [...visit.findings, finding] });
    }
    case 'close':
      return changed(visit, order, 'closed', { state: 'closed', ...standIn(visit, order) });
    case 'move':
      return moved(visit, act, order);
    case 'regroup':
      return regrouped(visit, act, order);
    case 'cancel':
      return changed(visit, order, 'cancelled', { state: 'cancelled' }, { reason: act.reason });
  }
}

/** Whoever closes in the place of the lead led. */
const standIn = (visit: Visit, { by, leaderId }: VisitOrder): Pick<Visit, 'ledById'> =>
  by.id === leaderId && by.id !== leadOf(visit) ? { ledById: by.id } : {};

function moved(
  visit: Visit,
  { day, notices, reason }: Extract<VisitAct, { readonly kind: 'move' }>,
  order: VisitOrder,
): VisitChanged {
  if (day === visit.day) return { kind: 'same-day' };
  if (day <= localDateOf(order.nowMs)) return { kind: 'no-later-day' };
  // A tick may be saying one whose time has come: it counts as said, so that it can be taken back.
  const over = visit.notices.filter(({ atMs }, index) => index < visit.nextNotice || atMs <= order.nowMs);
  return changed(
    visit,
    order,
    'moved',
    { day, notices: [...over, ...notices], nextNotice: over.length },
    { reason, from: visit.day },
  );
}

function regrouped(
  { ledById, ...visit }: Visit,
  { team, reason }: Extract<VisitAct, { readonly kind: 'regroup' }>,
  order: VisitOrder,
): VisitChanged {
  const ids = team.map((one) => one?.id ?? '');
  const refused = teamRefused(visit, team);
  return refused ?? changed(visit, order, 'regrouped', { team: ids }, { reason, fromTeam: visit.team });
}

function changed(
  visit: Visit,
  { id, by, nowMs }: VisitOrder,
  action: VisitHistoryEntry['action'],
  change: Partial<Visit>,
  why: Pick<VisitHistoryEntry, 'reason' | 'from' | 'fromTeam'> = {},
): VisitChanged {
  const entry = { atMs: nowMs, by: by.id, action, orderId: id, ...why };
  return { kind: 'changed', visit: changedVisit(visit, change, entry) };
}
