import type { Case } from '../case.ts';
import {
  addWorkingDays,
  type Calendar,
  lastWorkingDayOnOrBefore,
  nextOpening,
} from '../calendar/calendar.ts';
import { atLocal, endOfDay, localDateOf, MINUTE_MS } from '../calendar/local-time.ts';

/** Something that has to be said about a case when its time comes, unless it has moved on by then. */
export interface CaseNotice {
  readonly kind: 'due-soon' | 'overdue' | 'overdue-again' | 'check-outside' | 'no-reply' | 'silent';
  readonly atMs: number;
  /** Part of the row's id: the same notice computed twice has the same key, that of another date another one. */
  readonly key: string;
}

export interface NoticeRules {
  readonly calendar: Calendar;
  readonly dueSoonWorkingDays: number;
  /** The end of the time in which a resident may be silent, from an instant on. */
  readonly silenceEndsMs: (fromMs: number) => number;
}

/** What of a case decides when somebody must be told. */
export type NoticedCase = Pick<Case, 'state' | 'dueAtMs' | 'clock' | 'outside' | 'proposal'>;

const DUE_SOON_OF_HOURS_MS = 60 * MINUTE_MS;

/** All that a case has to say from now to its end, in order: due soon, overdue, a date to ask outside, a resident who is silent. */
export function caseNotices(matter: NoticedCase, rules: NoticeRules): readonly CaseNotice[] {
  const { calendar } = rules;
  const { dueAtMs, clock } = matter;
  const notice = (kind: CaseNotice['kind'], atMs: number): CaseNotice => ({
    kind,
    atMs,
    key: `${kind}.${String(atMs)}`,
  });
  switch (matter.state) {
    case 'new':
    case 'taken':
    case 'outside':
    case 'reopened': {
      const late = nextOpening(calendar, dueAtMs);
      return [
        ...[notice('due-soon', dueSoonMs(matter, rules))].filter(({ atMs }) => atMs > clock.fromMs),
        ...(matter.outside === null ? [] : [notice('check-outside', matter.outside.checkAtMs)]),
        notice('overdue', late),
        notice('overdue-again', opening(calendar, addWorkingDays(calendar, localDateOf(late), 1))),
      ].sort((a, b) => a.atMs - b.atMs);
    }
    case 'asked':
      return clock.pausedSinceMs === null
        ? []
        : [notice('no-reply', nextOpening(calendar, rules.silenceEndsMs(clock.pausedSinceMs)))];
    case 'answered':
      return matter.proposal === null
        ? []
        : [notice('silent', nextOpening(calendar, rules.silenceEndsMs(matter.proposal.atMs)))];
    default:
      return [];
  }
}

/** So many working days before a day, as the office opens; an hour before an hour. */
export function dueSoonMs(
  { dueAtMs }: Pick<Case, 'dueAtMs'>,
  { calendar, dueSoonWorkingDays }: Pick<NoticeRules, 'calendar' | 'dueSoonWorkingDays'>,
): number {
  const day = localDateOf(dueAtMs);
  if (dueAtMs !== endOfDay(day)) return dueAtMs - DUE_SOON_OF_HOURS_MS;
  // A term can end on a day off where its rule says so.
  const last = lastWorkingDayOnOrBefore(calendar, day);
  return opening(calendar, addWorkingDays(calendar, last, -dueSoonWorkingDays));
}

function opening(calendar: Calendar, day: string): number {
  return atLocal(day, calendar.hours[0]?.from ?? '07:30');
}
