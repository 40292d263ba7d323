import { type Case, type CaseClock, newClock } from '../case.ts';
import type { ActContext, Actor, CaseLaw } from './case-law.ts';
import type { CaseAct, Correction } from './acts.ts';
import type { ComplaintRules, ComplaintStage } from './letter.ts';

/** What an act changes beside state and holder. */
export function effectOf(
  matter: Case,
  act: CaseAct,
  actor: Actor,
  { nowMs, law }: ActContext,
): Partial<Case> {
  const { clock } = matter;
  const running = clock.pausedSinceMs === null ? clock : resumed(clock, nowMs);
  switch (act.kind) {
    case 'ask':
      return { outside: null, clock: { ...clock, pausedSinceMs: nowMs } };
    case 'reply':
      return { ...added(matter, act), clock: running, dueAtMs: law.dueAtMs(running) };
    case 'add':
      return added(matter, act);
    case 'correct':
      return corrected(act.to);
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

function corrected(to: Correction): Partial<Case> {
  switch (to.what) {
    case 'words':
      return { text: to.text };
    case 'place':
      return { place: to.place };
    case 'phone':
      return { phone: to.phone };
  }
}
