import type { LocalDate, Term, TermRule } from '../plan.ts';
import type { Calendar, DayKind } from './calendar.ts';
import { addWorkingMinutes, dayKind, isWorkingDay, unknownYears } from './calendar.ts';
import { addDays, endOfDay, localDateOf, MINUTE_MS } from './local-time.ts';
import { isPausedDay, outsidePauses, type Pause, pausedPart, type Stretch } from './pauses.ts';

/** What of a rule decides when it ends. */
export type CountedRule = Pick<TermRule, 'term' | 'firstDay' | 'dayOff'>;

/** As the civil code counts where nothing else is said (BLDS 2015, Điều 147–148). */
export const USUAL_COUNTING = { firstDay: 'not-counted', dayOff: 'moves-on' } as const;

/** What happened to a term after it began. */
export interface TermChanges {
  readonly pauses?: readonly Pause[];
  /** Each begins where the term before it ends. */
  readonly extensions?: readonly Term[];
}

export type SkippedWhy = 'weekend' | 'holiday' | 'paused';

/**
 * One step of how a date was counted, in order. `atMs` is the instant the step speaks of, of a row of days the end of the first;
 * `toMs` the end of the last.
 */
export type CountStep =
  | { readonly kind: 'start'; readonly atMs: number }
  | { readonly kind: 'first-day'; readonly atMs: number }
  | {
      readonly kind: 'counted';
      readonly atMs: number;
      readonly toMs: number;
      readonly days: number;
      /** A Saturday worked for another day. */
      readonly inExchange: boolean;
    }
  | {
      readonly kind: 'skipped';
      readonly atMs: number;
      readonly toMs: number;
      readonly days: number;
      readonly why: SkippedWhy;
    }
  | { readonly kind: 'span'; readonly atMs: number; readonly toMs: number }
  | { readonly kind: 'paused'; readonly atMs: number; readonly toMs: number }
  | { readonly kind: 'moved-on'; readonly atMs: number; readonly toMs: number }
  | { readonly kind: 'extended'; readonly atMs: number; readonly term: Term }
  | { readonly kind: 'end'; readonly atMs: number };

export interface DeadlineCount {
  readonly dueAtMs: number;
  readonly steps: readonly CountStep[];
  /** Years on the way whose days off are computed, not decided: the date can still move. */
  readonly unknownYears: readonly number[];
}

interface Counted {
  readonly dueAtMs: number;
  readonly steps: readonly CountStep[];
}

/**
 * When a rule that starts at `fromMs` ends.
 * - minutes run through; working hours run in office hours only; both stand still in a pause;
 * - days end with the day, and leave out the first and those of a pause (`isPausedDay`);
 * - calendar days that end on a day off move on to the end of the next working day where the rule says so.
 */
export function countDeadline(
  calendar: Calendar,
  rule: CountedRule,
  fromMs: number,
  { pauses = [], extensions = [] }: TermChanges = {},
): DeadlineCount {
  let end = countTerm(calendar, rule, rule.term, fromMs, pauses);
  const steps: CountStep[] = [{ kind: 'start', atMs: fromMs }, ...firstDayStep(rule, fromMs), ...end.steps];
  for (const term of extensions) {
    steps.push({ kind: 'extended', atMs: end.dueAtMs, term });
    end = countTerm(calendar, { ...rule, firstDay: 'not-counted' }, term, end.dueAtMs, pauses);
    steps.push(...end.steps);
  }
  const runsThrough = [rule.term, ...extensions].every(({ unit }) => unit === 'minutes');
  return {
    dueAtMs: end.dueAtMs,
    steps: [...steps, { kind: 'end', atMs: end.dueAtMs }],
    unknownYears: runsThrough ? [] : unknownYears(calendar, localDateOf(fromMs), localDateOf(end.dueAtMs)),
  };
}

const isOfDays = ({ unit }: Term): boolean => unit === 'working-days' || unit === 'calendar-days';

function firstDayStep(rule: CountedRule, fromMs: number): readonly CountStep[] {
  return isOfDays(rule.term) && rule.firstDay === 'not-counted'
    ? [{ kind: 'first-day', atMs: endOfDay(localDateOf(fromMs)) }]
    : [];
}

function countTerm(
  calendar: Calendar,
  rule: CountedRule,
  term: Term,
  fromMs: number,
  pauses: readonly Pause[],
): Counted {
  switch (term.unit) {
    case 'minutes':
      return countMinutes(term.amount * MINUTE_MS, fromMs, pauses);
    case 'working-hours':
      return countWorkingHours(calendar, term.amount, fromMs, pauses);
    case 'working-days':
      return countDays(calendar, rule, term.amount, fromMs, pauses, (kind) => isSkipped(kind));
    case 'calendar-days':
      return movedOn(
        calendar,
        rule,
        pauses,
        countDays(calendar, rule, term.amount, fromMs, pauses, () => null),
      );
  }
}

function countMinutes(lengthMs: number, fromMs: number, pauses: readonly Pause[]): Counted {
  const sorted = pauses.filter(({ toMs }) => toMs > fromMs).toSorted((a, b) => a.fromMs - b.fromMs);
  const steps: CountStep[] = [];
  let [atMs, leftMs] = [fromMs, lengthMs];
  for (const pause of sorted) {
    if (pause.toMs <= atMs || pause.fromMs >= atMs + leftMs) continue;
    leftMs -= Math.max(0, pause.fromMs - atMs);
    steps.push({ kind: 'paused', atMs: Math.max(atMs, pause.fromMs), toMs: pause.toMs });
    atMs = pause.toMs;
  }
  return { dueAtMs: atMs + leftMs, steps };
}

function countWorkingHours(
  calendar: Calendar,
  hours: number,
  fromMs: number,
  pauses: readonly Pause[],
): Counted {
  const cut = (stretch: Stretch): readonly Stretch[] => outsidePauses(stretch, pauses);
  const { endMs, spans } = addWorkingMinutes(calendar, fromMs, hours * 60, cut);
  const worked = spans.map((span): CountStep => ({ kind: 'span', atMs: span.fromMs, toMs: span.toMs }));
  const paused = pauses.flatMap((pause): CountStep[] => {
    const part = pausedPart({ fromMs, toMs: endMs }, pause);
    return part ? [{ kind: 'paused', atMs: part.fromMs, toMs: part.toMs }] : [];
  });
  return { dueAtMs: endMs, steps: [...worked, ...paused].sort((a, b) => a.atMs - b.atMs) };
}

/** Day by day; `leavesOut` says why the unit leaves a day out, pauses apart. */
function countDays(
  calendar: Calendar,
  rule: CountedRule,
  amount: number,
  fromMs: number,
  pauses: readonly Pause[],
  leavesOut: (kind: DayKind) => SkippedWhy | null,
): Counted {
  const steps: CountStep[] = [];
  let day = localDateOf(fromMs);
  if (rule.firstDay === 'not-counted') day = addDays(day, 1);
  for (let counted = 0; ; day = addDays(day, 1)) {
    const kind = dayKind(calendar, day);
    const why = leavesOut(kind) ?? (isPausedDay(day, pauses, counted === amount - 1) ? 'paused' : null);
    addDay(steps, day, why, kind === 'working-in-exchange');
    if (why === null) counted += 1;
    if (counted === amount) return { dueAtMs: endOfDay(day), steps };
  }
}

/** A day, as one more of the row it continues or as the first of a new one. */
function addDay(steps: CountStep[], day: LocalDate, why: SkippedWhy | null, inExchange: boolean): void {
  const last = steps.at(-1);
  const toMs = endOfDay(day);
  const goesOn =
    why === null
      ? last?.kind === 'counted' && last.inExchange === inExchange
      : last?.kind === 'skipped' && last.why === why;
  if (goesOn && (last?.kind === 'counted' || last?.kind === 'skipped')) {
    steps[steps.length - 1] = { ...last, toMs, days: last.days + 1 };
    return;
  }
  const row = { atMs: toMs, toMs, days: 1 };
  steps.push(why === null ? { kind: 'counted', ...row, inExchange } : { kind: 'skipped', ...row, why });
}

/** Điều 148: what ends on a day off ends with the next working day; not on one of a pause either. */
function movedOn(calendar: Calendar, rule: CountedRule, pauses: readonly Pause[], counted: Counted): Counted {
  const last = localDateOf(counted.dueAtMs);
  if (rule.dayOff === 'stays' || isWorkingDay(calendar, last)) return counted;
  let day = addDays(last, 1);
  while (!isWorkingDay(calendar, day) || isPausedDay(day, pauses, true)) day = addDays(day, 1);
  const dueAtMs = endOfDay(day);
  return { dueAtMs, steps: [...counted.steps, { kind: 'moved-on', atMs: counted.dueAtMs, toMs: dueAtMs }] };
}

function isSkipped(kind: DayKind): 'weekend' | 'holiday' | null {
  return kind === 'weekend' || kind === 'holiday' ? kind : null;
}

/** `09/5/2024`, as documents write it: days below ten and the months January and February with a zero. */
export function humanDate(ms: number): string {
  const [year = '', month = '', day = ''] = localDateOf(ms).split('-');
  return `${day}/${Number(month) <= 2 ? month : String(Number(month))}/${year}`;
}

/** `09/5`: the year is plain from what is spoken of. */
export const shortDate = (ms: number): string => humanDate(ms).split('/').slice(0, 2).join('/');
