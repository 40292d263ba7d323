import { type Calendar, isWorkingDay } from '../calendar/calendar.ts';
import { addDays, localDateOf, toLocalDate, weekdayOf, yearOf } from '../calendar/local-time.ts';
import { type Duty, isUnfinished } from '../duty.ts';
import type { LocalDate } from '../plan.ts';
import { hasRole, type StaffMember } from '../staff.ts';

/** Their own, as a leader the unit's, above that all. */
function looksAt(member: StaffMember, { responsibleId, unitId }: Duty): boolean {
  if (hasRole(member, 'chairperson', 'admin') || member.id === responsibleId) return true;
  return hasRole(member, 'leader') && member.unitId === unitId;
}

export interface DueDay {
  readonly date: LocalDate;
  readonly titles: readonly string[];
}

/** What is due from today on in twelve months, by day; what is opened already comes before what the plan will open. */
export function dueDays(
  opened: readonly Duty[],
  planned: readonly Duty[],
  member: StaffMember,
  today: LocalDate,
): readonly DueDay[] {
  const known = new Set(opened.map(({ id }) => id));
  const end = addDays(firstOfMonth(today, MONTHS), -1);
  const all = [...opened.filter(isUnfinished), ...planned.filter(({ id }) => !known.has(id))]
    .map((duty) => ({ duty, date: localDateOf(duty.dueAtMs) }))
    .filter(({ duty, date }) => date >= today && date <= end && looksAt(member, duty));
  const byDate = Map.groupBy(all, ({ date }) => date);
  return [...byDate]
    .map(([date, found]) => ({ date, titles: found.map(({ duty }) => duty.title) }))
    .sort((a, b) => (a.date < b.date ? -1 : 1));
}

export interface MonthAhead {
  readonly year: number;
  readonly month: number;
  readonly days: readonly {
    readonly day: number;
    readonly weekday: number;
    readonly isOff: boolean;
    readonly isDue: boolean;
  }[];
}

const MONTHS = 12;

/** This month and the eleven after it. */
export function monthsAhead(
  calendar: Calendar,
  due: readonly DueDay[],
  today: LocalDate,
): readonly MonthAhead[] {
  const dates = new Set(due.map(({ date }) => date));
  return Array.from({ length: MONTHS }, (_, ahead) => {
    const first = firstOfMonth(today, ahead);
    const next = firstOfMonth(today, ahead + 1);
    const days = [];
    for (let date = first; date < next; date = addDays(date, 1))
      days.push({
        day: Number(date.slice(8)),
        weekday: weekdayOf(date),
        isOff: !isWorkingDay(calendar, date),
        isDue: dates.has(date),
      });
    return { year: yearOf(first), month: Number(first.slice(5, 7)), days };
  });
}

function firstOfMonth(today: LocalDate, ahead: number): LocalDate {
  const months = Number(today.slice(5, 7)) - 1 + ahead;
  return toLocalDate(yearOf(today) + Math.floor(months / 12), (months % 12) + 1, 1);
}
