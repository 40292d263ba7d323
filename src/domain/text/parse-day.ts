import { addDays, weekdayOf, yearOf } from '../calendar/local-time.ts';
import type { LocalDate } from '../plan.ts';
import { existingDay, findDate, findWeekday, type WrittenDate } from './day-words.ts';

/** Further than this in the past, a day without a year means the one of next year. */
const SAME_YEAR_DAYS = 120;

/**
 * The day that folded words name, whatever else they say: "25/3", "25.3.2024", "ngay 25 thang 3", "thu sau", "thu 6 tuan sau",
 * "chu nhat", "mai", "ngay kia". A weekday is the next such day after `today`. Null when no day is named, it does not exist,
 * or its weekday is another one. A date beside "hom nay" counts.
 */
export function parseDay(folded: string, today: LocalDate): LocalDate | null {
  const written = findDate(folded);
  const weekday = findWeekday(written === null ? folded : without(folded, written))?.weekday ?? null;
  if (written !== null) {
    const date = dayOf(written, today);
    return date === null || weekday === null || weekdayOf(date) === weekday ? date : null;
  }
  return relativeDay(folded, today) ?? (weekday === null ? null : dayOfWeek(weekday, folded, today));
}

const without = (folded: string, { index, whole }: WrittenDate): string =>
  `${folded.slice(0, index)} ${folded.slice(index + whole.length)}`;

function dayOf({ day, month, year }: WrittenDate, today: LocalDate): LocalDate | null {
  if (year !== null) return existingDay(year, month, day);
  const thisYear = existingDay(yearOf(today), month, day);
  if (thisYear !== null && thisYear >= addDays(today, -SAME_YEAR_DAYS)) return thisYear;
  return existingDay(yearOf(today) + 1, month, day);
}

function relativeDay(folded: string, today: LocalDate): LocalDate | null {
  if (/\bhom nay\b/u.test(folded)) return today;
  if (/\bhom qua\b/u.test(folded)) return addDays(today, -1);
  if (/\bhom kia\b/u.test(folded)) return addDays(today, -2);
  if (/\b(ngay kia|mot nua|hai hom nua)\b/u.test(folded)) return addDays(today, 2);
  return /\bmai\b/u.test(folded) ? addDays(today, 1) : null;
}

function dayOfWeek(weekday: number, folded: string, today: LocalDate): LocalDate {
  const thisWeek = addDays(today, weekday - weekdayOf(today));
  if (/\btuan (sau|toi)\b/u.test(folded)) return addDays(thisWeek, 7);
  if (/\btuan (truoc|qua)\b/u.test(folded)) return addDays(thisWeek, -7);
  if (/\btuan nay\b/u.test(folded)) return thisWeek;
  return thisWeek > today ? thisWeek : addDays(thisWeek, 7);
}
