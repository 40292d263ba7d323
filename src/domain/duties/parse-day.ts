import type { LocalDate } from '../plan.ts';
import { addDays, toLocalDate, weekdayOf, yearOf } from '../calendar/local-time.ts';

const WEEKDAYS: Readonly<Record<string, number>> = {
  hai: 1,
  '2': 1,
  ba: 2,
  '3': 2,
  tu: 3,
  '4': 3,
  nam: 4,
  '5': 4,
  sau: 5,
  '6': 5,
  bay: 6,
  '7': 6,
};

/** Further than this in the past, a day without a year means the one of next year. */
const SAME_YEAR_DAYS = 120;

/**
 * The day that folded words name: "25/3", "25.3.2024", "ngay 25 thang 3", "thu sau", "thu 6", "chu nhat", "mai",
 * "ngay kia". Weekdays are the next such day after `today`. Null when no day is named or it does not exist.
 */
export function parseDay(folded: string, today: LocalDate): LocalDate | null {
  const named = namedDay(folded, today);
  if (named) return named;
  const match =
    /(?<!\d)(\d{1,2})\s*[/.-]\s*(\d{1,2})(?:\s*[/.-]\s*(\d{4}))?(?!\d)/u.exec(folded) ??
    /(?:ngay |mung |mong )?(\d{1,2}) thang (\d{1,2})(?: nam (\d{4}))?/u.exec(folded);
  if (!match) return null;
  const [, day, month, year] = match;
  if (year !== undefined) return existing(Number(year), Number(month), Number(day));
  const thisYear = existing(yearOf(today), Number(month), Number(day));
  if (thisYear !== null && thisYear >= addDays(today, -SAME_YEAR_DAYS)) return thisYear;
  return existing(yearOf(today) + 1, Number(month), Number(day));
}

function namedDay(folded: string, today: LocalDate): LocalDate | null {
  if (/\bhom nay\b/u.test(folded)) return today;
  if (/\bhom qua\b/u.test(folded)) return addDays(today, -1);
  if (/\b(ngay kia|mot nua|hai hom nua)\b/u.test(folded)) return addDays(today, 2);
  if (/\b(ngay mai|sang mai|chieu mai|mai)\b/u.test(folded)) return addDays(today, 1);
  const weekday = /\bchu nhat\b/u.test(folded)
    ? 7
    : WEEKDAYS[/\b(?:thu|t)\s?(hai|ba|tu|nam|sau|bay|[2-7])\b/u.exec(folded)?.[1] ?? ''];
  if (weekday === undefined) return null;
  const ahead = (weekday - weekdayOf(today) + 7) % 7;
  return addDays(today, ahead === 0 ? 7 : ahead);
}

function existing(year: number, month: number, day: number): LocalDate | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  const real = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return real ? toLocalDate(year, month, day) : null;
}
