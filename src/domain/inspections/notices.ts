import { addWorkingDays, type Calendar } from '../calendar/calendar.ts';
import { atLocal } from '../calendar/local-time.ts';
import type { Inspection } from '../plan.ts';
import type { Visit, VisitNotice } from './visit.ts';

/** In the morning, before offices open. */
const DAY_AT = '07:30';
const UNCLOSED_AT = '08:00';
/** Where the plan gives no ladder. */
const USUAL_ANNOUNCEMENT = { workingDaysBefore: 3, at: '08:00' } as const;

type Rule = Pick<Inspection, 'schedule'>;
type Dated = Pick<Visit, 'day' | 'isAnnounced'>;

/** What is to be said when. Announcements whose time is over are one, at once. */
export function noticesOf(
  rule: Rule,
  visit: Dated,
  calendar: Calendar,
  nowMs: number,
): readonly VisitNotice[] {
  const times = announcementsOf(rule, visit, calendar).map((atMs) => Math.max(nowMs, atMs));
  return [...[...new Set(times)].map(announcement), ...onTheDay(visit, calendar)];
}

/** The same for a visit that is moved to its day: whether its unit should know of that day by now is told beside. */
export function noticesAfterMove(
  rule: Rule,
  visit: Dated,
  calendar: Calendar,
  nowMs: number,
): { readonly notices: readonly VisitNotice[]; readonly isDue: boolean } {
  const times = announcementsOf(rule, visit, calendar);
  const later = times.filter((atMs) => atMs > nowMs);
  return {
    notices: [...later.map(announcement), ...onTheDay(visit, calendar)],
    isDue: later.length < times.length,
  };
}

/** When the unit is told beforehand, in order. */
function announcementsOf(
  { schedule }: Rule,
  { day, isAnnounced }: Dated,
  calendar: Calendar,
): readonly number[] {
  const before = schedule?.ladder.rungs.filter(({ workingDaysBefore }) => workingDaysBefore > 0) ?? [];
  const rungs = isAnnounced ? (before.length > 0 ? before : [USUAL_ANNOUNCEMENT]) : [];
  const times = rungs.map(({ workingDaysBefore, at }) =>
    atLocal(addWorkingDays(calendar, day, -workingDaysBefore), at),
  );
  return [...new Set(times)].sort((a, b) => a - b);
}

const announcement = (atMs: number): VisitNotice => ({ kind: 'announce', atMs });

const onTheDay = ({ day }: Dated, calendar: Calendar): readonly VisitNotice[] => [
  { kind: 'day', atMs: atLocal(day, DAY_AT) },
  { kind: 'unclosed', atMs: atLocal(addWorkingDays(calendar, day, 1), UNCLOSED_AT) },
];
