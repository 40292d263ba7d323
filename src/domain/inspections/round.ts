import { endOfDay, localDateOf } from '../calendar/local-time.ts';
import { type Duty, isUnfinished } from '../duty.ts';
import type { LocalDate } from '../plan.ts';
import { isUnderWay, type Visit } from './visit.ts';

/**
 * The round of the plan that a visit carries out: of those of its inspection that nobody has done the earliest, if it is being
 * reminded of by now or on one of the days that the visit had. A visit is one round and no more; one that comes by surprise is
 * none.
 */
export function roundOf(visit: Visit, duties: readonly Duty[], nowMs: number): Duty | null {
  if (!visit.isAnnounced) return null;
  const days = [visit.day, ...visit.history.flatMap(({ from }) => from ?? [])];
  const untilMs = Math.max(nowMs, ...days.map(endOfDay));
  const [first] = duties
    .filter((duty) => duty.ruleId === visit.ruleId && duty.kind === 'inspection' && isUnfinished(duty))
    .filter(({ rungs }) => (rungs[0]?.atMs ?? Infinity) <= untilMs)
    .toSorted((a, b) => a.dueAtMs - b.dueAtMs);
  return first ?? null;
}

/**
 * Whether the round has to follow a visit that was moved from a day: it was that day's, or would be overdue although its visit
 * has a day. Not where another visit carries it out.
 */
export function isRoundToMove(round: Duty, visit: Visit, from: LocalDate, others: readonly Visit[]): boolean {
  const day = localDateOf(round.dueAtMs);
  const isCarriedOut = others.some(
    (other) =>
      other.id !== visit.id &&
      other.ruleId === visit.ruleId &&
      other.isAnnounced &&
      isUnderWay(other) &&
      other.day <= day,
  );
  return !isCarriedOut && (from === day || (from < day && day < visit.day));
}
