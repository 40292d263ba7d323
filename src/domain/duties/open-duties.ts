import { addWorkingDays, type Calendar, lastWorkingDayOnOrBefore } from '../calendar/calendar.ts';
import { inForceOn } from '../calendar/in-force.ts';
import { addDays, endOfDay, toLocalDate, yearOf } from '../calendar/local-time.ts';
import { withDoneBy } from '../done-by.ts';
import type { Duty } from '../duty.ts';
import type { AheadRule, Deadline, Ladder, LocalDate, Plan, RhythmRule } from '../plan.ts';
import type { StaffMember } from '../staff.ts';
import { type DutyChain, pickChain } from './chain.ts';
import { datesOf, nextLookMs } from './ladder.ts';
import { type HowFar, isNear, weekdaysOf } from './weekly.ts';

/**
 * The duties of a calendar year: each deadline of the plan (`DL-2.2024`), each day of a routine (`NV-1.2024-06-25`; what comes
 * before another duty is named after that, `NV-8.NV-3.2024-06-28`) and each announced, scheduled inspection
 * (`KT-3.2024-06-12`). "Before" a day excludes it: due by the end of the day before, aimed at the last working day on or before that. Unannounced inspections are never opened: a reminder could reach those who are inspected. What was due
 * before `nowMs` is left out, and so are rungs that lie before it. What comes every week is there when it is near, unless all is
 * asked for.
 */
export function openDuties(
  plan: Plan,
  year: number,
  staff: readonly StaffMember[],
  calendar: Calendar,
  nowMs: number,
  howFar: HowFar = 'weekly-when-near',
): readonly Duty[] {
  const weekly = (rule: WeeklyRule): readonly LocalDate[] =>
    weekdaysOf(rule, year, calendar).filter((day) => howFar === 'all' || isNear(day, nowMs));
  const sources = [
    ...deadlinesOf(plan, year, staff),
    ...routinesOf(plan, year, staff, calendar, weekly),
    ...inspectionsOf(plan, year, staff),
  ];
  return sources
    .filter(({ dueDate }) => endOfDay(dueDate) >= nowMs)
    .map((source) => makeDuty(calendar, nowMs, source));
}

function deadlinesOf(plan: Plan, year: number, staff: readonly StaffMember[]): readonly DutySource[] {
  return plan.deadlines.flatMap((deadline) =>
    daysOf(deadline.before, year).map((before) => ({
      ...deadlineOn(deadline, before, year),
      ruleId: deadline.id,
      kind: 'report',
      title: deadline.document,
      recipient: recipientOf(plan, deadline, addDays(before, -1)),
      unitId: deadline.responsible,
      ladder: deadline.ladder,
      ...withDoneBy(deadline),
      chain: pickChain(staff, deadline.responsible, deadline.supervisor),
    })),
  );
}

type WeeklyRule = Extract<RhythmRule, { kind: 'weekly' }>;

function routinesOf(
  plan: Plan,
  year: number,
  staff: readonly StaffMember[],
  calendar: Calendar,
  weekly: (rule: WeeklyRule) => readonly LocalDate[],
): readonly DutySource[] {
  return plan.routines.flatMap((routine) => {
    const { id, title, on, responsible, supervisor, ladder } = routine;
    const source = {
      ruleId: id,
      kind: 'routine',
      title,
      recipient: '',
      unitId: responsible,
      ladder,
      ...withDoneBy(routine),
      chain: pickChain(staff, responsible, supervisor),
    } as const;
    return on.flatMap((rule) =>
      rule.kind === 'ahead'
        ? occurrencesOf(plan, rule.of, year).map(({ id: dutyId, dueDate }) => ({
            ...source,
            id: `${id}.${dutyId}`,
            dueDate: daysAhead(calendar, dueDate, rule.workingDays),
            precedes: { dutyId, workingDays: rule.workingDays },
          }))
        : (rule.kind === 'weekly' ? weekly(rule) : daysOf(rule, year)).map((dueDate) => ({
            ...source,
            id: `${id}.${dueDate}`,
            dueDate,
          })),
    );
  });
}

/** The duties of a year that a deadline or a routine with days of its own becomes. */
function occurrencesOf(
  { deadlines, routines }: Plan,
  ruleId: string,
  year: number,
): readonly { readonly id: string; readonly dueDate: LocalDate }[] {
  const deadline = deadlines.find(({ id }) => id === ruleId);
  if (deadline) return daysOf(deadline.before, year).map((before) => deadlineOn(deadline, before, year));
  const days = routines.find(({ id }) => id === ruleId)?.on ?? [];
  return days
    .flatMap((rule) => (rule.kind === 'ahead' || rule.kind === 'weekly' ? [] : daysOf(rule, year)))
    .map((dueDate) => ({ id: `${ruleId}.${dueDate}`, dueDate }));
}

const deadlineOn = ({ id }: Deadline, before: LocalDate, year: number) => ({
  id: `${id}.${year}`,
  dueDate: addDays(before, -1),
});

/** So many working days before the last one on which something due then can be done. */
export const daysAhead = (calendar: Calendar, dueDate: LocalDate, workingDays: number): LocalDate =>
  addWorkingDays(calendar, lastWorkingDayOnOrBefore(calendar, dueDate), -workingDays);

function inspectionsOf(plan: Plan, year: number, staff: readonly StaffMember[]): readonly DutySource[] {
  return plan.inspections.flatMap(({ id, title, inspector, announced, schedule }) => {
    if (!announced || schedule === null) return [];
    const days = schedule.on.flatMap((rule) => daysOf(rule, year));
    return days.map((dueDate) => ({
      id: `${id}.${dueDate}`,
      ruleId: id,
      kind: 'inspection',
      title,
      recipient: '',
      unitId: inspector,
      dueDate,
      ladder: schedule.ladder,
      chain: pickChain(staff, inspector, null),
    }));
  });
}

export interface DutySource extends Pick<
  Duty,
  'id' | 'ruleId' | 'kind' | 'title' | 'recipient' | 'unitId' | 'doneBy' | 'precedes'
> {
  readonly dueDate: LocalDate;
  readonly ladder: Ladder;
  readonly chain: DutyChain;
}

/** A duty as it opens. Rungs that lie before `nowMs` are passed over. */
export function makeDuty(calendar: Calendar, nowMs: number, source: DutySource): Duty {
  const { dueDate, ladder, chain, ...rest } = source;
  return newlyOpened({ ...rest, ...chain, ...datesOf(calendar, { dueDate, ladder }, nowMs) }, nowMs);
}

/** With its days, and nothing done or said of it yet. */
export function newlyOpened(
  duty: Omit<
    Duty,
    'nextAtMs' | 'state' | 'acknowledgedAtMs' | 'snoozedUntilMs' | 'proof' | 'rev' | 'history'
  >,
  nowMs: number,
): Duty {
  const opened: Duty = {
    ...duty,
    nextAtMs: null,
    state: 'open',
    acknowledgedAtMs: null,
    snoozedUntilMs: null,
    proof: null,
    rev: 1,
    history: [{ atMs: nowMs, by: 'system', action: 'opened' }],
  };
  return { ...opened, nextAtMs: nextLookMs(opened) };
}

const MONTHS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] as const;

function daysOf(rule: Exclude<RhythmRule, AheadRule | WeeklyRule>, year: number): readonly LocalDate[] {
  switch (rule.kind) {
    case 'once':
      return yearOf(rule.date) === year ? [rule.date] : [];
    case 'yearly':
      return [toLocalDate(year, rule.month, rule.day)];
    case 'monthly':
      return MONTHS.map((month) => dayOfMonth(year, month, rule.day));
    case 'quarterly':
      return MONTHS.filter((month) => month % 3 === rule.monthOfQuarter % 3).map((month) =>
        dayOfMonth(year, month, rule.day),
      );
  }
}

function dayOfMonth(year: number, month: number, day: number): LocalDate {
  const firstOfNext = month === 12 ? toLocalDate(year + 1, 1, 1) : toLocalDate(year, month + 1, 1);
  const last = addDays(firstOfNext, -1);
  const wanted = `${last.slice(0, 8)}${String(day).padStart(2, '0')}`;
  return wanted < last ? wanted : last;
}

/** The plan's own words in its year; later the recipient that holds on the day the document is due. */
function recipientOf(plan: Plan, deadline: Deadline, day: LocalDate): string {
  if (yearOf(day) === plan.ward.year) return deadline.recipient;
  const valid = inForceOn(plan.ward.reportRecipients, day);
  return valid ? `${valid.name} (${valid.via})` : deadline.recipient;
}
