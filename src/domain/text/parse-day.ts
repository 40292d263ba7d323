import { addDays, weekdayOf, yearOf } from '../calendar/local-time.ts';
import type { LocalDate } from '../plan.ts';
import { existingDay, findDate, findWeekday, type WrittenDate } from './day-words.ts';

/** Asked for a day ahead: further than this in the past, one without a year is next year's; a nearer one is a slip. */
const SAME_YEAR_DAYS = 120;

/** Asked for a day that has been: further than this ahead, one without a year is last year's; a nearer one is a slip, too. */
const AHEAD_DAYS = 180;

/** Where the day lies that is asked for, as far as its words leave that open. */
export type Towards = 'ahead' | 'back';

/**
 * The day that folded words name, whatever else they say: "25/3", "25.3.2024", "ngay 25 thang 3", "ngay 25", "thu sau",
 * "thu 6 tuan sau", "chu nhat", "mai", "ngay kia". A weekday is the next such day after `today`, or the last up to it; a date
 * without a year is this year's, or the last such day. Null when no day is named, it does not exist, or its weekday is
 * another one. A date beside "hom nay" counts.
 */
export function parseDay(folded: string, today: LocalDate, towards: Towards = 'ahead'): LocalDate | null {
  const written = findDate(folded);
  const weekday = findWeekday(written === null ? folded : without(folded, written))?.weekday ?? null;
  const date = written === null ? dayOfMonth(folded, today, towards) : dayOf(written, today, towards);
  if (written !== null || date !== null)
    return date === null || weekday === null || weekdayOf(date) === weekday ? date : null;
  return relativeDay(folded, today) ?? (weekday === null ? null : dayOfWeek(weekday, folded, today, towards));
}

const without = (folded: string, { index, whole }: WrittenDate): string =>
  `${folded.slice(0, index)} ${folded.slice(index + whole.length)}`;

function dayOf({ day, month, year }: WrittenDate, today: LocalDate, towards: Towards): LocalDate | null {
  if (year !== null) return existingDay(year, month, day);
  const thisYear = existingDay(yearOf(today), month, day);
  if (towards === 'back')
    return thisYear !== null && thisYear <= addDays(today, AHEAD_DAYS)
      ? thisYear
      : existingDay(yearOf(today) - 1, month, day);
  if (thisYear !== null && thisYear >= addDays(today, -SAME_YEAR_DAYS)) return thisYear;
  return existingDay(yearOf(today) + 1, month, day);
}

const DAY_OF_MONTH = /\b(?:ngay|mung|mong) (?<day>\d{1,2})(?![\d/.-]| thang)/u;

/** "ngày 18": of this month, or of the one beside it. Null also where that has no such day. */
function dayOfMonth(folded: string, today: LocalDate, towards: Towards): LocalDate | null {
  const day = Number(DAY_OF_MONTH.exec(folded)?.groups?.['day'] ?? 0);
  const first = `${today.slice(0, 8)}01`;
  const [year, month] = [yearOf(today), Number(today.slice(5, 7))];
  const thisMonth = existingDay(year, month, day);
  if (thisMonth !== null && (towards === 'back' ? thisMonth <= today : thisMonth >= today)) return thisMonth;
  const beside = addDays(first, towards === 'back' ? -1 : 31);
  return existingDay(yearOf(beside), Number(beside.slice(5, 7)), day);
}

function relativeDay(folded: string, today: LocalDate): LocalDate | null {
  if (/\bhom nay\b/u.test(folded)) return today;
  if (/\bhom qua\b/u.test(folded)) return addDays(today, -1);
  if (/\bhom kia\b/u.test(folded)) return addDays(today, -2);
  if (/\b(ngay (kia|mot)|mot nua|hai hom nua)\b/u.test(folded)) return addDays(today, 2);
  return /\bmai\b/u.test(folded) ? addDays(today, 1) : null;
}

function dayOfWeek(weekday: number, folded: string, today: LocalDate, towards: Towards): LocalDate {
  const thisWeek = addDays(today, weekday - weekdayOf(today));
  if (/\btuan (sau|toi)\b/u.test(folded)) return addDays(thisWeek, 7);
  if (/\btuan (truoc|qua)\b/u.test(folded)) return addDays(thisWeek, -7);
  if (/\btuan nay\b/u.test(folded)) return thisWeek;
  if (towards === 'back') return thisWeek <= today ? thisWeek : addDays(thisWeek, -7);
  return thisWeek > today ? thisWeek : addDays(thisWeek, 7);
}
