import { fold } from '../vietnamese/fold.ts';

/** The ward's time: UTC+7 all year, without summer time. */
const OFFSET_MS = 7 * 3_600_000;
const DAY_MS = 86_400_000;

export type When =
  { readonly kind: 'at'; readonly atMs: number } | { readonly kind: 'past' } | { readonly kind: 'unclear' };

/**
 * When somebody meant by "6h30 thứ hai", "06:30 18/3", "mai 6h30", "8 giờ tối nay", "7 giờ rưỡi 18/3/2024": with or
 * without tone marks. A time without a day is the next such time, a weekday the next such day, a date without a year
 * the next such date. A day without a time is `unclear`: an hour is never guessed.
 */
export function parseWhen(words: string, nowMs: number): When {
  const folded = ` ${fold(words).replace(/[,.;]+/gu, ' ')} `;
  const time = parseTime(folded);
  if (!time) return { kind: 'unclear' };
  const today = Math.floor((nowMs + OFFSET_MS) / DAY_MS);
  const at = (day: number) => day * DAY_MS + time.minutes * 60_000 - OFFSET_MS;
  const day = parseDay(time.rest, today, (candidate) => at(candidate) > nowMs);
  if (day === null) return { kind: 'unclear' };
  return at(day) > nowMs ? { kind: 'at', atMs: at(day) } : { kind: 'past' };
}

function parseTime(folded: string): { readonly minutes: number; readonly rest: string } | null {
  const found = /(?<![\d/])(\d{1,2})\s*(?:gio|g|h|:)\s*(\d{2}(?!\d)|ruoi)?/u.exec(folded);
  if (!found) return null;
  const rest = folded.slice(0, found.index) + ' ' + folded.slice(found.index + found[0].length);
  const spoken = Number(found[1]);
  const minute = found[2] === 'ruoi' ? 30 : Number(found[2] ?? 0);
  // "2 giờ chiều" is 14:00, "12 giờ trưa" stays, "7 giờ tối" is 19:00.
  const isLate = /\b(chieu|toi)\b/u.test(rest) || (/\btrua\b/u.test(rest) && spoken < 10);
  const hour = isLate && spoken < 12 ? spoken + 12 : spoken;
  if (hour > 23 || minute > 59) return null;
  return { minutes: hour * 60 + minute, rest };
}

/** The day counted from 1970-01-01 at the ward; null when the words name no day that exists. */
function parseDay(rest: string, today: number, isAhead: (day: number) => boolean): number | null {
  const date = /(?<!\d)(\d{1,2})\s*(?:[/-]|thang)\s*(\d{1,2})(?:\s*(?:[/-]|nam)\s*(\d{4}))?/u.exec(rest);
  if (date) return dayOfDate(Number(date[1]), Number(date[2]), date[3], today, isAhead);
  const weekday = parseWeekday(rest);
  if (weekday !== null) return dayOfWeekday(weekday, /\btuan (sau|toi)\b/u.test(rest), today, isAhead);
  if (/\b(mot|ngay kia)\b/u.test(rest)) return today + 2;
  if (/\bmai\b/u.test(rest)) return today + 1;
  if (/\b(nay|hom nay)\b/u.test(rest)) return today;
  if (/\d/u.test(rest)) return null;
  return isAhead(today) ? today : today + 1;
}

function dayOfDate(
  day: number,
  month: number,
  year: string | undefined,
  today: number,
  isAhead: (day: number) => boolean,
): number | null {
  const thisYear = new Date(today * DAY_MS).getUTCFullYear();
  const inYear = (value: number): number | null => {
    const found = new Date(Date.UTC(value, month - 1, day));
    const exists = found.getUTCMonth() === month - 1 && found.getUTCDate() === day;
    return exists ? found.getTime() / DAY_MS : null;
  };
  if (year !== undefined) return inYear(Number(year));
  const next = inYear(thisYear);
  if (next === null || isAhead(next)) return next;
  // "18/3" said on 20/3 is a slip, said in December it is next year's.
  return today - next > 180 ? inYear(thisYear + 1) : next;
}

const WEEKDAYS: readonly RegExp[] = [
  /\b(?:thu|t)\s*(?:2|hai)\b/u,
  /\b(?:thu|t)\s*(?:3|ba)\b/u,
  /\b(?:thu|t)\s*(?:4|tu|bon)\b/u,
  /\b(?:thu|t)\s*(?:5|nam)\b/u,
  /\b(?:thu|t)\s*(?:6|sau)\b/u,
  /\b(?:thu|t)\s*(?:7|bay)\b/u,
  /\b(?:chu nhat|cn)\b/u,
];

/** 0 is Monday. */
function parseWeekday(rest: string): number | null {
  const found = WEEKDAYS.findIndex((pattern) => pattern.test(rest));
  return found < 0 ? null : found;
}

function dayOfWeekday(
  weekday: number,
  nextWeek: boolean,
  today: number,
  isAhead: (day: number) => boolean,
): number {
  // 1970-01-01 was a Thursday.
  const monday = today - ((today + 3) % 7);
  if (nextWeek) return monday + 7 + weekday;
  const thisWeek = monday + weekday;
  return isAhead(thisWeek) ? thisWeek : thisWeek + 7;
}
