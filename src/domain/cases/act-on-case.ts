import { type Case, type CaseClock, type CaseHistoryEntry, newClock } from '../case.ts';
import type { Term } from '../plan.ts';
import type { StaffMember } from '../staff.ts';
import { type CaseAct, TRANSITIONS } from './acts.ts';
import type { NoticedCase } from './case-notices.ts';
import type { ComplaintRules, ComplaintStage } from './letter.ts';
import { isAbove, mayHandle } from './may-handle.ts';

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

export interface ActContext {
  readonly actId: string;
  readonly nowMs: number;
  readonly law: CaseLaw;
}

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
  const detail = detailOf(act);
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

function effectOf(matter: Case, act: CaseAct, actor: Actor, { nowMs, law }: ActContext): Partial<Case> {
  const { clock } = matter;
  const running = clock.pausedSinceMs === null ? clock : resumed(clock, nowMs);
  switch (act.kind) {
    case 'ask':
      return { outside: null, clock: { ...clock, pausedSinceMs: nowMs } };
    case 'reply':
      return { ...added(matter, act), clock: running, dueAtMs: law.dueAtMs(running) };
    case 'add':
      return added(matter, act);
    case 'wait-outside':
      return { outside: { body: act.body, checkAtMs: act.checkAtMs } };
    case 'propose':
      return {
        answer: act.words,
        // A new result is looked at anew.
        rating: null,
        outside: null,
        clock: running,
        dueAtMs: law.dueAtMs(running),
        proposal: {
          byId: actor.kind === 'officer' ? actor.member.id : '',
          atMs: nowMs,
          evidence: act.evidence,
        },
      };
    case 'extend': {
      const extended = { ...clock, extensions: [...clock.extensions, act.term] };
      return { clock: extended, dueAtMs: law.dueAtMs(extended) };
    }
    case 'accept':
      return byLaw(matter, 'accepted', law, ({ settlementRule }) => newClock(settlementRule, nowMs));
    case 'complex':
      return byLaw(matter, 'complex', law, ({ complexRule }) => ({ ...clock, ruleId: complexRule }));
    case 'rate':
      return { rating: act.rating, closedAtMs: matter.closedAtMs ?? nowMs };
    case 'dispute': {
      const fresh = newClock(clock.ruleId, nowMs);
      return {
        ...{ rating: 'unsatisfied', handlerId: law.superiorId, proposal: null, closedAtMs: null },
        clock: fresh,
        dueAtMs: law.dueAtMs(fresh),
      };
    }
    case 'reopen': {
      const fresh = newClock(clock.ruleId, nowMs);
      return { proposal: null, closedAtMs: null, clock: fresh, dueAtMs: law.dueAtMs(fresh), state: 'taken' };
    }
    case 'merge':
    case 'follow':
      return { mergedInto: act.intoId, outside: null, clock: running, closedAtMs: nowMs };
    case 'refuse':
      return { answer: act.words, outside: null, clock: running, closedAtMs: nowMs };
    case 'transfer':
    case 'withdraw':
    case 'close':
      return { outside: null, clock: running, closedAtMs: nowMs };
    case 'take':
      return { outside: null };
    case 'hand-over':
    case 'route':
    case 'say':
      return {};
  }
}

/** The next stage of a complaint, with the clock that belongs to it. */
function byLaw(
  { letter }: Case,
  stage: ComplaintStage,
  law: CaseLaw,
  clockOf: (rules: ComplaintRules) => CaseClock,
): Partial<Case> {
  if (!letter || !law.complaint) return {};
  const clock = clockOf(law.complaint);
  return { letter: { ...letter, stage }, clock, dueAtMs: law.dueAtMs(clock) };
}

function resumed(clock: CaseClock, nowMs: number): CaseClock {
  const pause = { fromMs: clock.pausedSinceMs ?? nowMs, toMs: nowMs };
  return { ...clock, pauses: [...clock.pauses, pause], pausedSinceMs: null };
}

function added(
  matter: Case,
  { words, mediaIds }: { readonly words: string; readonly mediaIds: readonly string[] },
): Partial<Case> {
  return {
    text: words === '' ? matter.text : `${matter.text}\n${words}`,
    mediaIds: [...matter.mediaIds, ...mediaIds],
  };
}

function detailOf(act: CaseAct): string | null {
  switch (act.kind) {
    case 'hand-over':
    case 'route':
    case 'extend':
    case 'complex':
    case 'reopen':
      return act.reason;
    case 'say':
    case 'ask':
    case 'propose':
    case 'reply':
    case 'add':
      return act.words;
    case 'wait-outside':
      return act.body;
    case 'transfer':
      return `${act.to}: ${act.ground}`;
    case 'refuse':
      return act.ground;
    case 'merge':
    case 'follow':
      return act.intoCode;
    case 'rate':
      return act.rating;
    case 'dispute':
      return act.why;
    case 'take':
    case 'accept':
    case 'close':
    case 'withdraw':
      return null;
  }
}
