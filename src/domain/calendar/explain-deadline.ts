import type { TextRef } from '../conversation/types.ts';
import type { CountingSources, Term, TermRule } from '../plan.ts';
import { type CountStep, type DeadlineCount, shortDate } from './deadline.ts';
import { localDateOf, localTimeOf, MINUTE_MS, weekdayOf } from './local-time.ts';

type Texts = (ref: TextRef) => string;

/** What a date rests on: the rule that gives the term, and the law behind the way of counting. */
export interface Grounds {
  readonly rule: Pick<TermRule, 'term' | 'label' | 'source' | 'status'>;
  readonly counting: CountingSources;
}

/** How a date came about, a sentence a line: from when, which term by which law, what counts, what does not, and the end. */
export function explainDeadline(count: DeadlineCount, grounds: Grounds, text: Texts): readonly string[] {
  const [start, ...rest] = count.steps;
  const { rule } = grounds;
  return [
    ...(start ? [stepWords(start, grounds, text)] : []),
    text({
      key: `deadline.rule.${rule.status}`,
      params: { term: termWords(rule.term, text), label: rule.label, source: rule.source },
    }),
    ...rest.map((step) => stepWords(step, grounds, text)),
    ...count.unknownYears.map((year) => text({ key: 'deadline.unknownYear', params: { year } })),
  ];
}

/** "10 ngày làm việc". */
function termWords(term: Term, text: Texts): string {
  return text({ key: `deadline.term.${term.unit}`, params: { amount: term.amount } });
}

/** The last instant for an answer, in words that stand inside a sentence: "hết thứ Tư 27/3", or with the hour where there is one. */
export function dueWords(dueAtMs: number, text: Texts): string {
  const params = { day: dayOf(dueAtMs, text), time: timeOf(dueAtMs, text) };
  return text({ key: isEndOfDay(dueAtMs) ? 'deadline.due.day' : 'deadline.due.time', params });
}

function stepWords(step: CountStep, { counting }: Grounds, text: Texts): string {
  const day = dayOf(step.atMs, text);
  switch (step.kind) {
    case 'start':
      return text({
        // The end of a day stands for the day: no hour of it is known.
        key: isEndOfDay(step.atMs) ? 'deadline.step.startDay' : 'deadline.step.start',
        params: { day, time: timeOf(step.atMs, text), year: yearWords(step.atMs) },
      });
    case 'first-day':
      return text({ key: 'deadline.step.firstDay', params: { day, source: counting.firstDay } });
    case 'counted':
      return text({
        key: step.inExchange ? 'deadline.step.inExchange' : 'deadline.step.counted',
        params: { range: rangeWords(step, text), days: step.days },
      });
    case 'skipped':
      return text({
        key: `deadline.step.${step.why}`,
        params: { range: rangeWords(step, text), source: counting.pause },
      });
    case 'span':
      return text({
        key: 'deadline.step.span',
        params: {
          day,
          from: timeOf(step.atMs, text),
          to: timeOf(step.toMs, text),
          time: lengthWords(step.toMs - step.atMs, text),
        },
      });
    case 'paused':
      return text({
        key: 'deadline.step.pausedTime',
        params: {
          from: `${timeOf(step.atMs, text)} ${day}`,
          to: `${timeOf(step.toMs, text)} ${dayOf(step.toMs, text)}`,
          source: counting.pause,
        },
      });
    case 'moved-on':
      return text({
        key: 'deadline.step.movedOn',
        params: { day, to: dayOf(step.toMs, text), source: counting.dayOff },
      });
    case 'extended':
      return text({
        key: 'deadline.step.extended',
        params: { term: termWords(step.term, text), due: dueWords(step.atMs, text) },
      });
    case 'end':
      return text({
        key: 'deadline.step.end',
        params: { due: dueWords(step.atMs, text), year: yearWords(step.atMs) },
      });
  }
}

function rangeWords(
  { atMs, toMs, days }: { readonly atMs: number; readonly toMs: number; readonly days: number },
  text: Texts,
): string {
  return days === 1
    ? dayOf(atMs, text)
    : text({ key: 'deadline.range', params: { from: dayOf(atMs, text), to: dayOf(toMs, text) } });
}

/** "thứ Tư 27/3". */
function dayOf(ms: number, text: Texts): string {
  const weekday = text({ key: `common.weekday.${String(weekdayOf(localDateOf(ms)))}` });
  return `${weekday} ${shortDate(ms)}`;
}

const yearWords = (ms: number): string => localDateOf(ms).slice(0, 4);

/** "15 giờ", "7 giờ 30". */
function timeOf(ms: number, text: Texts): string {
  const [hours = '', minutes = ''] = localTimeOf(ms).split(':');
  const params = { h: Number(hours), m: minutes };
  return text({ key: minutes === '00' ? 'duty.clock.hour' : 'duty.clock.minute', params });
}

function lengthWords(ms: number, text: Texts): string {
  const minutes = Math.round(ms / MINUTE_MS);
  const params = { hours: Math.floor(minutes / 60), minutes: minutes % 60 };
  if (params.hours === 0) return text({ key: 'deadline.length.minutes', params });
  return text({ key: params.minutes === 0 ? 'deadline.length.hours' : 'deadline.length.both', params });
}

const isEndOfDay = (ms: number): boolean => localTimeOf(ms) === '23:59' && localTimeOf(ms + 1) === '00:00';
