import type { TextRef } from '../conversation/types.ts';
import type { LocalDate, Term } from '../plan.ts';
import type { Calendar, DayKind } from './calendar.ts';
import {
  addWorkingMinutes,
  dayKind,
  firstWorkingDayOnOrAfter,
  isWorkingDay,
  unknownYears,
} from './calendar.ts';
import { addDays, endOfDay, localDateOf, localTimeOf, MINUTE_MS } from './local-time.ts';

/** One step of how a date was counted. `at` is the instant (ms) the step speaks of. */
export type CountStep =
  | { readonly kind: 'start'; readonly atMs: number }
  | { readonly kind: 'first-day-not-counted'; readonly atMs: number }
  | { readonly kind: 'counted-day'; readonly atMs: number; readonly number: number }
  | { readonly kind: 'skipped-day'; readonly atMs: number; readonly why: 'weekend' | 'holiday' }
  | { readonly kind: 'span'; readonly atMs: number; readonly toMs: number }
  | { readonly kind: 'moved-on'; readonly atMs: number; readonly toMs: number }
  | { readonly kind: 'end'; readonly atMs: number };

export interface DeadlineCount {
  readonly dueAtMs: number;
  readonly steps: readonly CountStep[];
  /** Years on the way whose days off are computed, not decided: the date can still move. */
  readonly unknownYears: readonly number[];
}

/**
 * When a term that starts at `fromMs` ends.
 * - minutes run through; working hours run in office hours only;
 * - days: the first is not counted, the term ends with the last (BLDS 2015, Điều 147–148);
 * - calendar days that end on a day off move on to the end of the next working day (Điều 148).
 */
export function countDeadline(calendar: Calendar, term: Term, fromMs: number): DeadlineCount {
  const { dueAtMs, steps } = countTerm(calendar, term, fromMs);
  return {
    dueAtMs,
    steps: [{ kind: 'start', atMs: fromMs }, ...steps, { kind: 'end', atMs: dueAtMs }],
    unknownYears:
      term.unit === 'minutes' ? [] : unknownYears(calendar, localDateOf(fromMs), localDateOf(dueAtMs)),
  };
}

function countTerm(
  calendar: Calendar,
  term: Term,
  fromMs: number,
): { readonly dueAtMs: number; readonly steps: readonly CountStep[] } {
  switch (term.unit) {
    case 'minutes':
      return { dueAtMs: fromMs + term.amount * MINUTE_MS, steps: [] };
    case 'working-hours': {
      const { endMs, spans } = addWorkingMinutes(calendar, fromMs, term.amount * 60);
      return {
        dueAtMs: endMs,
        steps: spans.map((span) => ({ kind: 'span', atMs: span.fromMs, toMs: span.toMs })),
      };
    }
    case 'working-days':
      return countWorkingDays(calendar, term.amount, localDateOf(fromMs));
    case 'calendar-days':
      return countCalendarDays(calendar, term.amount, localDateOf(fromMs));
  }
}

function countWorkingDays(
  calendar: Calendar,
  amount: number,
  first: LocalDate,
): { readonly dueAtMs: number; readonly steps: readonly CountStep[] } {
  const steps: CountStep[] = [{ kind: 'first-day-not-counted', atMs: endOfDay(first) }];
  let day = first;
  for (let counted = 0; counted < amount;) {
    day = addDays(day, 1);
    const kind = dayKind(calendar, day);
    if (isSkipped(kind)) {
      steps.push({ kind: 'skipped-day', atMs: endOfDay(day), why: kind });
    } else {
      counted += 1;
      steps.push({ kind: 'counted-day', atMs: endOfDay(day), number: counted });
    }
  }
  return { dueAtMs: endOfDay(day), steps };
}

function countCalendarDays(
  calendar: Calendar,
  amount: number,
  first: LocalDate,
): { readonly dueAtMs: number; readonly steps: readonly CountStep[] } {
  const last = addDays(first, amount);
  const steps: CountStep[] = [
    { kind: 'first-day-not-counted', atMs: endOfDay(first) },
    { kind: 'counted-day', atMs: endOfDay(last), number: amount },
  ];
  if (isWorkingDay(calendar, last)) return { dueAtMs: endOfDay(last), steps };
  const moved = endOfDay(firstWorkingDayOnOrAfter(calendar, last));
  return { dueAtMs: moved, steps: [...steps, { kind: 'moved-on', atMs: endOfDay(last), toMs: moved }] };
}

function isSkipped(kind: DayKind): kind is 'weekend' | 'holiday' {
  return kind === 'weekend' || kind === 'holiday';
}

/** A step as a sentence of `locales/` (`duty.count.<kind>`), with dates and times as people read them. */
export function countStepText(step: CountStep): TextRef {
  const params: Record<string, string | number> = { at: humanInstant(step.atMs), date: humanDate(step.atMs) };
  if ('toMs' in step) {
    params['to'] = humanInstant(step.toMs);
    params['toDate'] = humanDate(step.toMs);
  }
  if ('number' in step) params['number'] = step.number;
  return { key: step.kind === 'skipped-day' ? `duty.count.${step.why}` : `duty.count.${step.kind}`, params };
}

/** `09/5/2024`, as documents write it: days below ten and the months January and February with a zero. */
export function humanDate(ms: number): string {
  const [year = '', month = '', day = ''] = localDateOf(ms).split('-');
  return `${day}/${Number(month) <= 2 ? month : String(Number(month))}/${year}`;
}

function humanInstant(ms: number): string {
  return `${localTimeOf(ms)} ${humanDate(ms)}`;
}
