import { addDays, atLocal, localDateOf, weekdayOf, yearOf } from '../calendar/local-time.ts';
import type { LocalDate } from '../plan.ts';
import { exactKey, fold } from '../vietnamese/fold.ts';
import { existingDay, findDate, findWeekday, type WrittenDate } from './day-words.ts';

/** A date without a year this long ago means next year's: "5/1" said in December. A nearer one is a slip. */
const SLIP_DAYS = 180;

/** What was read, and the words that are left. */
interface Taken<T> {
  readonly value: T;
  readonly rest: string;
}
/** `null`: nothing of the kind was said. `'wrong'`: it was, but it does not exist or contradicts itself. */
type Reading<T> = Taken<T> | null | 'wrong';

/**
 * The instant (UTC ms) that somebody means by "6h30 thứ hai", "6 rưỡi sáng mai", "ngày kia 17h", "18/3/2024 6:30", with
 * or without tone marks, at the ward (UTC+7 all year). Without a day it is the next such time; a weekday is the next
 * such day; a date without a year is this year's, so it may lie in the past: the caller refuses that. Null when the
 * words name no time, no day that exists, or more than one: an hour is never guessed. Pure; never throws.
 */
export function parseWhen(words: string, nowMs: number): number | null {
  const time = takeTime(prepared(words));
  if (time === null || time === 'wrong') return null;
  const part = partOfDay(time.rest);
  const minutes = withPart(time.value, part);
  if (minutes === null) return null;
  const clock = `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
  const at = (date: LocalDate): number => atLocal(date, clock);
  const day = takeDay(time.rest, localDateOf(nowMs), (date) => at(date) > nowMs);
  return day === null ? null : at(day);
}

const two = (value: number): string => String(value).padStart(2, '0');

/** Folded, after the words that only their tone marks tell apart: tới from tối, này from nay, mốt from một. */
function prepared(words: string): string {
  const toned = exactKey(words)
    .replace(/(?<!\p{L})tới(?!\p{L})/gu, 'sau')
    .replace(/(?<!\p{L})này(?!\p{L})/gu, ' ')
    .replace(/(?<!\p{L})mốt(?!\p{L})/gu, 'ngay kia')
    .replace(/(?<!\p{L})tôi(?!\p{L})/gu, ' ');
  return ` ${fold(toned)
    .replace(/[,;()"“”]+/gu, ' ')
    .replace(/\s+/gu, ' ')} `;
}

const TIME =
  /(?<![\d/.:-])(\d{1,2}) ?(?:(?:gio|g|h) ?(?:(ruoi)|(\d{1,2}) ?(?:phut|p)\b|(\d{2})(?!\d| ?[/.-] ?\d| thang))?|:(\d{2})(?![\d:])|(ruoi))(?![a-z])/u;

/** Minutes from midnight as spoken, before "chiều" and "tối". */
function takeTime(words: string): Reading<number> {
  // "2 giờ nữa", "7 giờ kém 10": not an hour of the clock as it stands.
  if (/\b(nua|kem)\b/u.test(words)) return 'wrong';
  const found = TIME.exec(words);
  if (!found) return null;
  const [whole, spokenHour, ruoi, phut, digits, colon, bareRuoi] = found;
  const hour = Number(spokenHour);
  const minute = (ruoi ?? bareRuoi) === undefined ? Number(phut ?? digits ?? colon ?? 0) : 30;
  if (hour > 23 || minute > 59) return 'wrong';
  return { value: hour * 60 + minute, rest: cutOut(words, found.index, whole) };
}

const cutOut = (words: string, index: number, whole: string): string =>
  `${words.slice(0, index)} ${words.slice(index + whole.length)}`;

type PartOfDay = 'sang' | 'trua' | 'chieu' | 'toi' | 'dem';

function partOfDay(rest: string): PartOfDay | null {
  const named = rest.replace(/\btuan toi\b/gu, ' ').replace(/\bsang (?=tuan|thang|nam)/gu, ' ');
  const found = /\b(sang|trua|chieu|toi|dem|khuya)\b/u.exec(named)?.[1];
  if (found === undefined) return null;
  return found === 'khuya' ? 'dem' : (found as PartOfDay);
}

/** The hours that each part of the day has, spoken from 1 to 12. */
const PARTS: Readonly<
  Record<PartOfDay, { readonly asIs: readonly number[]; readonly later: readonly number[] }>
> = {
  sang: { asIs: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], later: [] },
  trua: { asIs: [10, 11, 12], later: [1, 2] },
  chieu: { asIs: [12], later: [1, 2, 3, 4, 5, 6, 7] },
  toi: { asIs: [], later: [5, 6, 7, 8, 9, 10, 11] },
  dem: { asIs: [0, 1, 2, 3, 4], later: [8, 9, 10, 11] },
};

/** "2 giờ chiều" is 14:00; "14 giờ chiều" too. Null for "15 giờ sáng" and "12 giờ đêm" (of which day?). */
function withPart(minutes: number, part: PartOfDay | null): number | null {
  if (part === null) return minutes;
  const hour = Math.floor(minutes / 60);
  if (PARTS[part].asIs.includes(hour)) return minutes;
  if (PARTS[part].later.includes(hour)) return minutes + 12 * 60;
  return PARTS[part].later.includes(hour - 12) ? minutes : null;
}

/** The day meant; all days that were named must be the same one, and no number may be left over. */
function takeDay(words: string, today: LocalDate, isAhead: (date: LocalDate) => boolean): LocalDate | null {
  const date = takeDate(words, today, isAhead);
  if (date === 'wrong') return null;
  const weekday = takeWeekday(date?.rest ?? words);
  const rest = weekday?.rest ?? date?.rest ?? words;
  // A month by its name or "tháng sau": untoned, "thang sau" is June as well.
  if (/\d|\bthang\b/u.test(rest)) return null;
  const relative = relativeDay(rest, today, weekday !== null);
  const fixed = date?.value ?? relative;
  if (fixed !== null) {
    if (relative !== null && relative !== fixed) return null;
    return weekday === null || weekdayOf(fixed) === weekday.value ? fixed : null;
  }
  if (weekday !== null) return dayOfWeek(weekday.value, rest, today, isAhead);
  if (/\btuan\b/u.test(rest)) return null;
  return isAhead(today) ? today : addDays(today, 1);
}

const DAY_OF_MONTH = /\b(?:ngay|mung|mong) (?<day>\d{1,2})(?!\d)/u;

function takeDate(
  words: string,
  today: LocalDate,
  isAhead: (date: LocalDate) => boolean,
): Reading<LocalDate> {
  const written = findDate(words);
  const bare = written === null ? DAY_OF_MONTH.exec(words) : null;
  if (written === null && bare === null) return null;
  const { index, whole } = written ?? { index: bare?.index ?? 0, whole: bare?.[0] ?? '' };
  const value =
    written === null
      ? dayOfMonth(Number(bare?.groups?.['day']), today, isAhead)
      : dayOfYear(written, today, isAhead);
  return value === null ? 'wrong' : { value, rest: cutOut(words, index, whole) };
}

function dayOfYear(
  { day, month, year }: WrittenDate,
  today: LocalDate,
  isAhead: (date: LocalDate) => boolean,
): LocalDate | null {
  if (year !== null) return existingDay(year, month, day);
  const thisYear = existingDay(yearOf(today), month, day);
  // Null in this year but not in the next: 29/2, said in the winter before a leap year.
  if (thisYear !== null && (isAhead(thisYear) || thisYear >= addDays(today, -SLIP_DAYS))) return thisYear;
  return existingDay(yearOf(today) + 1, month, day);
}

/** "ngày 18": of this month, or of the next once it is over. */
function dayOfMonth(day: number, today: LocalDate, isAhead: (date: LocalDate) => boolean): LocalDate | null {
  const month = Number(today.slice(5, 7));
  const thisMonth = existingDay(yearOf(today), month, day);
  if (thisMonth !== null && isAhead(thisMonth)) return thisMonth;
  return month === 12 ? existingDay(yearOf(today) + 1, 1, day) : existingDay(yearOf(today), month + 1, day);
}

function takeWeekday(words: string): Taken<number> | null {
  const found = findWeekday(words);
  return found && { value: found.weekday, rest: cutOut(words, found.index, found.whole) };
}

function dayOfWeek(
  weekday: number,
  rest: string,
  today: LocalDate,
  isAhead: (date: LocalDate) => boolean,
): LocalDate {
  const thisWeek = addDays(today, weekday - weekdayOf(today));
  if (/\btuan (sau|toi)\b/u.test(rest)) return addDays(thisWeek, 7);
  const next = thisWeek < today ? addDays(thisWeek, 7) : thisWeek;
  return isAhead(next) ? next : addDays(next, 7);
}

function relativeDay(rest: string, today: LocalDate, besideWeekday: boolean): LocalDate | null {
  if (/\bngay (kia|mot)\b/u.test(rest)) return addDays(today, 2);
  if (/\bmai\b/u.test(rest)) return addDays(today, 1);
  if (/\bhom qua\b/u.test(rest)) return addDays(today, -1);
  // "thu hai nay" without tone marks is "thứ Hai này": not today.
  const isToday = besideWeekday ? /\b(hom|sang|trua|chieu|toi|dem) nay\b/u : /(?<!tuan )\bnay\b/u;
  return isToday.test(rest) ? today : null;
}
