import { type Duty, isUnfinished, type Rung, type RungKind } from '../duty.ts';
import type { Ladder, LocalDate } from '../plan.ts';
import type { LadderAudience } from '../plan-ladders.ts';
import type { Calendar } from '../calendar/calendar.ts';
import { addWorkingDays, lastWorkingDayOnOrBefore } from '../calendar/calendar.ts';
import { atLocal, endOfDay } from '../calendar/local-time.ts';

/** How many working days after the deadline a duty that nobody finishes is still spoken of. */
const OVERDUE_DAYS = 10;

/**
 * A plan's ladder as absolute instants, in order. A rung that speaks to several people becomes one for each audience at
 * the same instant: a reminder to the responsible person and escalations, which go out only if that person is silent.
 * The deputy's unit stands in through the head: a duty's chain knows three people.
 */
function buildRungs(calendar: Calendar, ladder: Ladder, dueDate: LocalDate): readonly Rung[] {
  const target = lastWorkingDayOnOrBefore(calendar, dueDate);
  const planned = [
    ...ladder.rungs.flatMap(({ workingDaysBefore, at, to }) =>
      kindsOf(to, workingDaysBefore === 0 ? 'due-today' : 'remind').map((kind) => ({
        kind,
        atMs: atLocal(addWorkingDays(calendar, target, -workingDaysBefore), at),
      })),
    ),
    ...workingDaysAfter(calendar, dueDate, OVERDUE_DAYS).flatMap((day) =>
      kindsOf(ladder.overdue.to, 'overdue').map((kind) => ({ kind, atMs: atLocal(day, ladder.overdue.at) })),
    ),
  ];
  const unique = new Map(planned.map((rung) => [`${rung.atMs} ${rung.kind}`, rung]));
  return [...unique.values()]
    .sort((a, b) => a.atMs - b.atMs || ORDER[a.kind] - ORDER[b.kind])
    .map((rung, index) => ({ index, ...rung }));
}

function workingDaysAfter(calendar: Calendar, date: LocalDate, count: number): readonly LocalDate[] {
  const days: LocalDate[] = [];
  for (let day = date; days.length < count; days.push(day)) day = addWorkingDays(calendar, day, 1);
  return days;
}

/** The due day with its rungs, of which the first that is not over comes next. */
export function datesOf(
  calendar: Calendar,
  { dueDate, ladder }: { readonly dueDate: LocalDate; readonly ladder: Ladder },
  nowMs: number,
): Pick<Duty, 'dueAtMs' | 'targetDate' | 'rungs' | 'nextRung'> {
  const rungs = buildRungs(calendar, ladder, dueDate);
  const first = rungs.findIndex((rung) => rung.atMs >= nowMs);
  return {
    dueAtMs: endOfDay(dueDate),
    targetDate: lastWorkingDayOnOrBefore(calendar, dueDate),
    rungs,
    nextRung: first === -1 ? rungs.length : first,
  };
}

const ORDER: Readonly<Record<RungKind, number>> = {
  remind: 0,
  'due-today': 0,
  overdue: 0,
  'escalate-head': 1,
  'escalate-chairperson': 2,
};

function kindsOf(to: readonly LadderAudience[], own: RungKind): readonly RungKind[] {
  return [
    ...(to.includes('responsible') ? [own] : []),
    ...(to.includes('supervisor') || to.includes('deputy') ? (['escalate-head'] as const) : []),
    ...(to.includes('chairperson') ? (['escalate-chairperson'] as const) : []),
  ];
}

/** When the tick must look at the duty again; null when it is finished or has nothing more to say. */
export function nextLookMs(
  duty: Pick<Duty, 'state' | 'rungs' | 'nextRung' | 'snoozedUntilMs'>,
): number | null {
  if (!isUnfinished(duty)) return null;
  const rungMs = duty.rungs[duty.nextRung]?.atMs ?? null;
  if (rungMs === null || duty.snoozedUntilMs === null) return rungMs ?? duty.snoozedUntilMs;
  return Math.min(rungMs, duty.snoozedUntilMs);
}
