import { toLocalDate } from '../calendar/local-time.ts';
import type { LocalDate } from '../plan.ts';

/** Where in folded words something was found. */
interface Found {
  readonly index: number;
  readonly whole: string;
}

/** A date as it was written; it need not exist. */
export interface WrittenDate extends Found {
  readonly day: number;
  readonly month: number;
  readonly year: number | null;
}

const ISO_DATE = /(?<!\d)(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})(?!\d)/u;
const SHORT_DATE =
  /(?<!\d)(?<day>\d{1,2}) ?[/.-] ?(?<month>\d{1,2})(?: ?[/.-] ?(?<year>\d{4}|\d{2}))?(?!\d| ?[/.-] ?\d)/u;
const SPOKEN_DATE = /(?<!\d)(?<day>\d{1,2}) thang (?<month>\d{1,2})(?: (?:nam )?(?<year>\d{4}))?(?!\d)/u;

/** "25/3", "25.3.24", "2024-03-25", "25 thang 3 nam 2024". */
export function findDate(folded: string): WrittenDate | null {
  for (const pattern of [ISO_DATE, SHORT_DATE, SPOKEN_DATE]) {
    const found = pattern.exec(folded);
    if (!found) continue;
    const { day, month, year } = found.groups ?? {};
    return {
      ...{ day: Number(day), month: Number(month), year: year === undefined ? null : fullYear(year) },
      ...{ index: found.index, whole: found[0] },
    };
  }
  return null;
}

const fullYear = (year: string): number => (year.length === 2 ? 2000 : 0) + Number(year);

/** Null for 32/1 and 30/2; years outside 2000–2099 are slips of the finger. */
export function existingDay(year: number, month: number, day: number): LocalDate | null {
  if (year < 2000 || year > 2099) return null;
  const date = new Date(Date.UTC(year, month - 1, day));
  const isReal = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isReal ? toLocalDate(year, month, day) : null;
}

const WEEKDAY = /\b(?:(?:thu|t)[ .]?(hai|ba|tu|bon|nam|sau|bay|[2-7])|chu nhat|cn)\b/u;
const WEEKDAYS: Readonly<Record<string, number>> = {
  hai: 1,
  '2': 1,
  ba: 2,
  '3': 2,
  tu: 3,
  bon: 3,
  '4': 3,
  nam: 4,
  '5': 4,
  sau: 5,
  '6': 5,
  bay: 6,
  '7': 6,
};

/** "thu hai", "t2", "chu nhat". ISO: 1 is Monday, 7 is Sunday. */
export function findWeekday(folded: string): (Found & { readonly weekday: number }) | null {
  const found = WEEKDAY.exec(folded);
  if (!found) return null;
  const weekday = found[1] === undefined ? 7 : (WEEKDAYS[found[1]] ?? 7);
  return { weekday, index: found.index, whole: found[0] };
}
