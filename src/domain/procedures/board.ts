import { addDays } from '../calendar/local-time.ts';
import { weekOf } from '../duties/week.ts';
import type { Duty } from '../duty.ts';
import type { LocalDate } from '../plan.ts';
import { type Board, dutyIdOf, type Figures, type FiguresEntry } from './figures.ts';

/**
 * A week of the board. `missing`: asked for, and its day is over; `pending`: that day is still to come; `not-asked`: nobody was to
 * write anything down, as in a week of days off.
 */
export interface BoardWeek {
  /** Its Monday. */
  readonly week: LocalDate;
  readonly state: 'written' | 'missing' | 'pending' | 'not-asked';
  /** The one that counts. */
  readonly entry: FiguresEntry | null;
  /** All of them, the first first. */
  readonly entries: readonly FiguresEntry[];
  readonly trend: Trend | null;
}

/** Against the last week before it that has figures, of which `week` is the Monday. */
export interface Trend {
  /** So many more are overdue; less than none where there are fewer. */
  readonly by: number;
  readonly week: LocalDate;
  readonly isWeekBefore: boolean;
}

/**
 * The last weeks up to this one, the newest first; none before the first that was asked for or written down.
 * @param duties of the routine that asks.
 */
export function boardWeeks(
  board: Board,
  entries: readonly FiguresEntry[],
  duties: readonly Duty[],
  { nowMs, today, most }: { readonly nowMs: number; readonly today: LocalDate; readonly most: number },
): readonly BoardWeek[] {
  const thisWeek = weekOf(today).monday;
  const weeks = Map.groupBy(entries, ({ week }) => week);
  const asked = new Map(duties.map((duty) => [duty.id, duty]));
  const isKnown = (week: LocalDate): boolean => weeks.has(week) || asked.has(dutyIdOf(board, week));
  const mondays = Array.from({ length: most + 1 }, (_, back) => addDays(thisWeek, -7 * back));
  const first = mondays.findLastIndex(isKnown);
  const rows = mondays.slice(0, Math.max(1, first + 1)).map((week): Omit<BoardWeek, 'trend'> => {
    const own = (weeks.get(week) ?? []).toSorted((a, b) => a.atMs - b.atMs || (a.id < b.id ? -1 : 1));
    const entry = own.at(-1) ?? null;
    return {
      week,
      entry,
      entries: own,
      state: entry ? 'written' : stateOf(asked.get(dutyIdOf(board, week)), nowMs),
    };
  });
  return rows
    .map((row, index) => ({ ...row, trend: trendOf(row.entry, rows.slice(index + 1)) }))
    .slice(0, most);
}

function stateOf(duty: Duty | undefined, nowMs: number): 'missing' | 'pending' | 'not-asked' {
  if (!duty || duty.state === 'cancelled') return 'not-asked';
  return duty.dueAtMs < nowMs ? 'missing' : 'pending';
}

function trendOf(entry: FiguresEntry | null, before: readonly Omit<BoardWeek, 'trend'>[]): Trend | null {
  const last = before.find((row) => row.entry !== null)?.entry;
  if (!entry || !last) return null;
  return {
    by: entry.overdue - last.overdue,
    week: last.week,
    isWeekBefore: addDays(last.week, 7) === entry.week,
  };
}

/** How many results of a hundred were on time, to a tenth, never rounded up; null where nothing was given back. */
export function onTimePercent({ onTime, late }: Pick<Figures, 'onTime' | 'late'>): number | null {
  const returned = onTime + late;
  return returned === 0 ? null : Math.floor((onTime * 1_000) / returned) / 10;
}

/** Weeks that are over of which those who watch must hear: no figures, or more overdue than the week before. */
export function concernsOf(weeks: readonly BoardWeek[], today: LocalDate): readonly BoardWeek[] {
  const thisWeek = weekOf(today).monday;
  return weeks.filter(
    ({ week, state, trend }) => week < thisWeek && (state === 'missing' || (trend !== null && trend.by > 0)),
  );
}
