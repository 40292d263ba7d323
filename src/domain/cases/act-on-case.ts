import type { Case, CaseHistoryEntry } from '../case.ts';
import type { Term } from '../plan.ts';
import type { StaffMember } from '../staff.ts';
import { detailOf } from './act-detail.ts';
import { type CaseAct, TRANSITIONS } from './acts.ts';
import type { ActContext, Actor, CaseLaw } from './case-law.ts';
import { effectOf } from './effect-of-act.ts';
import type { ComplaintStage } from './letter.ts';
import { isAbove, mayHandle } from './may-handle.ts';

export type WhyNot =
  | 'not-allowed'
  | 'wrong-state'
  | 'held-by-other'
  | 'own-proposal'
  | 'too-early'
  | 'too-late'
  | 'extended-before'
  | 'too-long'
  | 'not-accepted'
  | 'not-of-complaints'
  | 'same-case';

export type Acted =
  | { readonly kind: 'acted'; readonly change: Partial<Case>; readonly entry: CaseHistoryEntry }
  /** This very act was done before. */
  | { readonly kind: 'repeated' }
  | { readonly kind: 'refused'; readonly why: WhyNot };

/** What an act makes of a case: its change and the entry of its history, or why it cannot be. Pure. */
export function actOnCase(matter: Case, act: CaseAct, actor: Actor, context: ActContext): Acted {
  if (matter.history.some(({ actId }) => actId === context.actId)) return { kind: 'repeated' };
  const why = whyNot(matter, act, actor, context);
  if (why !== null) return { kind: 'refused', why };
  const { to, action, by } = TRANSITIONS[act.kind];
  const change: Partial<Case> = {
    ...holding(matter, act, actor),
    ...(to === null ? {} : { state: to }),
    ...effectOf(matter, act, actor, context),
  };
  const next = { ...matter, ...change };
  const detail = detailOf(act, matter);
  const heldBy = next.handlerId === matter.handlerId ? null : matter.handlerId;
  return {
    kind: 'acted',
    change: { ...change, nextAtMs: context.law.nextAtMs(next) },
    entry: {
      atMs: context.nowMs,
      by: by === 'resident' || actor.kind === 'resident' ? 'resident' : actor.member.id,
      action,
      actId: context.actId,
      ...(heldBy === null ? {} : { heldBy }),
      ...(detail === null ? {} : { detail }),
    },
  };
}

function whyNot(matter: Case, act: CaseAct, actor: Actor, { nowMs, law }: ActContext): WhyNot | null {
  const { from, by, needsHold } = TRANSITIONS[act.kind];
  if (by !== actor.kind) return 'not-allowed';
  if (actor.kind === 'officer' && !mayHandle(actor.member, matter)) return 'not-allowed';
  if (act.kind === 'take' && matter.state === 'taken' && !isHolder(matter, actor)) return 'held-by-other';
  if (!from.includes(matter.state)) return 'wrong-state';
  const stage = law.complaint === null ? null : (matter.letter?.stage ?? null);
  const unlawful = whyUnlawful(stage, act.kind);
  if (unlawful !== null) return unlawful;
  if (actor.kind === 'officer') {
    const isHeld = matter.handlerId !== null && matter.handlerId !== actor.member.id;
    if (needsHold && isHeld && !isAbove(actor.member)) return 'held-by-other';
    if (act.kind === 'close') return whyNotClose(matter, actor.member, nowMs, law);
  }
  if (act.kind === 'extend') return whyNotExtend(matter, act.term, law);
  if ((act.kind === 'merge' || act.kind === 'follow') && act.intoId === matter.id) return 'same-case';
  if (act.kind === 'rate' && matter.rating !== null) return 'wrong-state';
  if ((act.kind === 'dispute' || act.kind === 'rate') && matter.closedAtMs !== null) {
    return nowMs > law.disputeEndsMs(matter.closedAtMs) ? 'too-late' : null;
  }
  return null;
}

const isHolder = (matter: Case, actor: Actor): boolean =>
  actor.kind === 'officer' && matter.handlerId === actor.member.id;

/** A second pair of eyes, and not before the resident had time to look. */
function whyNotClose({ proposal }: Case, member: StaffMember, nowMs: number, law: CaseLaw): WhyNot | null {
  if (proposal?.byId === member.id) return 'own-proposal';
  return proposal !== null && nowMs <= law.silenceEndsMs(proposal.atMs) ? 'too-early' : null;
}

/** A complaint has terms of its own: they neither stand still nor are extended as the ward likes, and run once it is accepted. */
function whyUnlawful(stage: ComplaintStage | null, kind: CaseAct['kind']): WhyNot | null {
  switch (kind) {
    case 'accept':
      return stage === 'to-accept' ? null : 'wrong-state';
    case 'complex':
      return stage === 'accepted' ? null : 'wrong-state';
    case 'propose':
      return stage === 'to-accept' ? 'not-accepted' : null;
    case 'ask':
    case 'extend':
    case 'merge':
      return stage === null ? null : 'not-of-complaints';
    default:
      return null;
  }
}

function whyNotExtend({ clock }: Case, term: Term, { longestExtension }: CaseLaw): WhyNot | null {
  if (clock.extensions.length > 0) return 'extended-before';
  return term.unit !== longestExtension.unit || term.amount > longestExtension.amount ? 'too-long' : null;
}

/** Who works on a case has it; what is said on one that nobody has takes it. */
function holding(matter: Case, act: CaseAct, actor: Actor): Partial<Case> {
  if (actor.kind === 'resident' || act.kind === 'close') return {};
  const taken = matter.state === 'new' || matter.state === 'reopened' ? { state: 'taken' as const } : {};
  if (act.kind === 'hand-over') return { ...taken, handlerId: act.toId };
  if (act.kind === 'route') return { handlerId: null, unitId: act.unitId };
  return { ...taken, handlerId: actor.member.id };
}
