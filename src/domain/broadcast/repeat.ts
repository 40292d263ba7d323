import { addDays, atLocal, localDateOf, localTimeOf, weekdayOf, yearOf } from '../calendar/local-time.ts';
import type { TextRef } from '../conversation/types.ts';
import type { LocalDate } from '../plan.ts';
import type { Repeat } from '../repeat.ts';
import { parseWhen } from '../text/parse-when.ts';
import { fold } from '../vietnamese/fold.ts';
import { whenWords } from './labels.ts';

/** The law asks for three days in a row: Luật 10/2022/QH15, Điều 13 khoản 3. */
const DAYS_IN_A_ROW = 3;
const MONTH_DAYS = 30;
const BYDAY = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
/** The rule is kept in the ward's own zone, whoever reads it. */
const ZONE = 'Asia/Ho_Chi_Minh';

export function daysInARow(startMs: number): Repeat {
  const rule = `${start(startMs)}\nRRULE:FREQ=DAILY;COUNT=${String(DAYS_IN_A_ROW)}`;
  return { kind: 'days', startMs, weekdays: [], until: null, rule };
}

/** Each of these weekdays from `fromMs` on, at its hour, to the end of the year: another year has another plan. */
export function weekly(fromMs: number, weekdays: readonly number[]): Repeat {
  return onWeekdays('weekly', fromMs, weekdays, `${String(yearOf(localDateOf(fromMs)))}-12-31`);
}

/** The same for thirty days: the posts of a topic take turns. */
export function overAMonth(fromMs: number, weekdays: readonly number[]): Repeat {
  return onWeekdays('month', fromMs, weekdays, addDays(localDateOf(fromMs), MONTH_DAYS));
}

function onWeekdays(
  kind: Repeat['kind'],
  fromMs: number,
  weekdays: readonly number[],
  until: LocalDate,
): Repeat {
  const days = [...new Set(weekdays)].sort((a, b) => a - b);
  let date = localDateOf(fromMs);
  while (!days.includes(weekdayOf(date))) date = addDays(date, 1);
  const startMs = atLocal(date, localTimeOf(fromMs));
  const end = new Date(atLocal(until, '23:59')).toISOString().replace(/[-:]|\.\d+/gu, '');
  const byDay = days.map((day) => BYDAY[day - 1]).join(',');
  const rule = `${start(startMs)}\nRRULE:FREQ=WEEKLY;BYDAY=${byDay};UNTIL=${end}`;
  return { kind, startMs, weekdays: days, until, rule };
}

function start(atMs: number): string {
  const date = localDateOf(atMs).replaceAll('-', '');
  return `DTSTART;TZID=${ZONE}:${date}T${localTimeOf(atMs).replace(':', '')}00`;
}

/** The rhythm behind a rule that one of these functions made; whether its posts take turns is the series'. */
export function repeatOf(rule: string, inTurn: boolean): Repeat {
  const at = /:(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)/u.exec(rule);
  if (!at) throw new Error('a rule without its start');
  const [, year = '', month = '', day = '', hour = '', minute = ''] = at;
  const startMs = atLocal(`${year}-${month}-${day}`, `${hour}:${minute}`);
  if (rule.includes('FREQ=DAILY')) return { ...daysInARow(startMs), rule };
  const names = /BYDAY=([A-Z,]+)/u.exec(rule)?.[1]?.split(',') ?? [];
  const weekdays = BYDAY.flatMap((name, index) => (names.includes(name) ? [index + 1] : []));
  return { ...(inTurn ? overAMonth : weekly)(startMs, weekdays), rule };
}

const WEEKDAY = /\b(?:(?:thu|t) ?(hai|ba|tu|nam|sau|bay|[2-7])|chu nhat|cn)\b/gu;
const WEEKDAYS: Readonly<Record<string, number>> = { hai: 1, ba: 2, tu: 3, nam: 4, sau: 5, bay: 6 };
const IN_A_ROW = /\b(?:3|ba) ngay (?:lien tiep|lien tuc|lien)\b/u;
const EVERY = /\b(?:moi tuan|hang tuan|hang|moi)\b/gu;

/**
 * "6h30 mỗi thứ hai", "17h thứ 2 và thứ 5 hằng tuần", "3 ngày liền từ mai 6h", with or without tone marks. Null when no
 * rhythm is named, or no hour. `assumed`: the question was for this rhythm, so that it need not be named.
 */
export function parseRepeat(words: string, nowMs: number, assumed?: Repeat['kind']): Repeat | null {
  const folded = fold(words).replace(/[,;.]/gu, ' ').replace(/\s+/gu, ' ');
  if (IN_A_ROW.test(folded) || assumed === 'days') {
    const startMs = parseWhen(folded.replace(IN_A_ROW, ' ').replace(/\b(?:tu|bat dau)\b/gu, ' '), nowMs);
    return startMs === null || startMs <= nowMs ? null : daysInARow(startMs);
  }
  if (assumed === undefined && folded.search(EVERY) < 0) return null;
  const weekdays = [...folded.matchAll(WEEKDAY)].map(([, name]) =>
    name === undefined ? 7 : (WEEKDAYS[name] ?? Number(name) - 1),
  );
  const hour = folded
    .replace(WEEKDAY, ' ')
    .replace(EVERY, ' ')
    .replace(/\bva\b/gu, ' ');
  const fromMs = parseWhen(hour, nowMs);
  if (weekdays.length === 0 || fromMs === null || fromMs <= nowMs) return null;
  return assumed === 'month' ? overAMonth(fromMs, weekdays) : weekly(fromMs, weekdays);
}

/** The same rhythm at another hour: the quiet hours moved it. */
export function atHourOf(repeat: Repeat, atMs: number): Repeat {
  switch (repeat.kind) {
    case 'days':
      return daysInARow(atMs);
    case 'weekly':
      return weekly(atMs, repeat.weekdays);
    case 'month':
      return overAMonth(atMs, repeat.weekdays);
  }
}

/** "3 ngày liền, từ 6 giờ 30 thứ Hai 18/3", "6 giờ 30 mỗi thứ Hai, thứ Năm, đến hết 31/12". */
export function repeatWords(text: (ref: TextRef) => string, repeat: Repeat): string {
  const [hour = '', minute = '00'] = localTimeOf(repeat.startMs).split(':');
  const [, month, day] = (repeat.until ?? '').split('-').map(Number);
  return text({
    key: `schedule.repeat.${repeat.kind}`,
    params: {
      start: whenWords(text, repeat.startMs),
      time: text({
        key: minute === '00' ? 'broadcast.when.hour' : 'broadcast.when.minute',
        params: { hour: Number(hour), minute },
      }),
      weekdays: repeat.weekdays.map((one) => text({ key: `common.weekday.${String(one)}` })).join(', '),
      until: `${String(day)}/${String(month)}`,
    },
  });
}
