import { addWorkingDays, type Calendar, isWorkingDay, nextOpening } from '../calendar/calendar.ts';
import { morningAfterNight } from '../calendar/quiet-hours.ts';
import { endOfDay, localDateOf } from '../calendar/local-time.ts';
import type { CensusRow } from '../destination.ts';
import type { Duty } from '../duty.ts';
import type { Plan } from '../plan.ts';
import { hasRole, type StaffMember } from '../staff.ts';
import { doneBySystem, isDoneBySystem } from './done-by-system.ts';
import { pickChain } from './chain.ts';
import { newlyOpened } from './open-duties.ts';

/** How the ids of their rules begin. */
export const NEIGHBOURHOOD_RULES = 'KP.';
/** Long enough to visit, call, and bring a group back. */
const WORKING_DAYS = 5;

export const isOfNeighbourhood = ({ ruleId }: Pick<Duty, 'ruleId'>): boolean =>
  ruleId.startsWith(NEIGHBOURHOOD_RULES);

/**
 * Neighbourhoods whose every group and head was lost. Where none was ever set up, nothing was lost; groups that wait for an
 * admin count for nothing.
 */
export function unreachableNeighbourhoods(plan: Plan, census: readonly CensusRow[]): readonly string[] {
  return plan.neighbourhoods
    .map(({ id }) => id)
    .filter((id) => {
      const own = census.filter(
        ({ neighbourhood, kind, state }) =>
          neighbourhood === id && (kind === 'group' || kind === 'relay') && state !== 'waiting',
      );
      return own.length > 0 && own.every(({ state }) => state === 'unreachable');
    });
}

export interface Situation {
  readonly plan: Plan;
  readonly staff: readonly StaffMember[];
  readonly calendar: Calendar;
  readonly nowMs: number;
  /** What the duty is called, of a neighbourhood's name. */
  readonly titleOf: (name: string) => string;
}

/**
 * What to open and what to close. One duty an occasion, `KP.khu-3.1`: while the neighbourhood stays unreachable there is no
 * second one, also when somebody has called the first one done; it is over when a post can arrive again.
 */
export function followNeighbourhoods(
  { plan, ...rest }: Situation,
  unreachable: readonly string[],
  duties: readonly Duty[],
): { readonly opens: readonly Duty[]; readonly closes: readonly Duty[] } {
  const opens: Duty[] = [];
  const closes: Duty[] = [];
  for (const { id, name } of plan.neighbourhoods) {
    const own = duties.filter(({ ruleId }) => ruleId === `${NEIGHBOURHOOD_RULES}${id}`);
    const standing = own.find((duty) => !isDoneBySystem(duty));
    if (unreachable.includes(id)) {
      if (!standing) opens.push(newDuty({ plan, ...rest }, id, name, own.length + 1));
    } else if (standing) closes.push(doneBySystem(standing, 'reachable-again', rest.nowMs));
  }
  return { opens, closes };
}

function newDuty(situation: Situation, id: string, name: string, occasion: number): Duty {
  const { plan, staff, calendar, nowMs, titleOf } = situation;
  const unitId = unitInCharge(plan);
  // Not the head of the neighbourhood: that is who cannot be reached.
  const people = staff.filter((one) => hasRole(one, 'editor', 'leader', 'chairperson', 'admin'));
  const dueDate = addWorkingDays(calendar, localDateOf(nowMs), WORKING_DAYS);
  const duty = {
    id: `${NEIGHBOURHOOD_RULES}${id}.${String(occasion)}`,
    ruleId: `${NEIGHBOURHOOD_RULES}${id}`,
    kind: 'routine',
    title: titleOf(name),
    recipient: '',
    doneBy: { kind: 'word' },
    unitId,
    ...pickChain(people, unitId, null),
    dueAtMs: endOfDay(dueDate),
    targetDate: dueDate,
    // Said once.
    rungs: [{ index: 0, kind: 'remind', atMs: onWorkingDay(calendar, nowMs) }],
    nextRung: 0,
  } as const;
  return newlyOpened(duty, nowMs);
}

/** At once by day, and on no day off. */
function onWorkingDay(calendar: Calendar, nowMs: number): number {
  const byDayMs = morningAfterNight(nowMs);
  return isWorkingDay(calendar, localDateOf(byDayMs)) ? byDayMs : nextOpening(calendar, byDayMs);
}

/** The unit that writes most of the posts: it is whose posts do not arrive. */
function unitInCharge(plan: Plan): string {
  const counts = new Map<string, number>();
  for (const { owner } of plan.topics) counts.set(owner, (counts.get(owner) ?? 0) + 1);
  return [...counts].sort(([a, one], [b, another]) => another - one || (a < b ? -1 : 1))[0]?.[0] ?? '';
}
