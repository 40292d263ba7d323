import type { Calendar } from '../calendar/calendar.ts';
import { addDays, endOfDay, toLocalDate, yearOf } from '../calendar/local-time.ts';
import type { DoneBy } from '../done-by.ts';
import type { Duty } from '../duty.ts';
import type { Deadline, Ladder, LocalDate, Plan, RhythmRule } from '../plan.ts';
import type { StaffMember } from '../staff.ts';
import { hasRole } from '../staff.ts';
import { datesOf, nextLookMs } from './ladder.ts';

export type DutyChain = Pick<Duty, 'responsibleId' | 'headId' | 'chairpersonId'>;

/**
 * Who answers for a duty of a unit: one of its people, then the unit's leader (or the supervising unit's, where the
 * leader is alone), then the chairperson. Deterministic for the same staff; null where nobody has been invited yet.
 */
export function pickChain(
  staff: readonly StaffMember[],
  unitId: string,
  supervisorId: string | null,
): DutyChain {
  const active = staff.filter((member) => member.active).toSorted((a, b) => a.id.localeCompare(b.id));
  const own = active.filter((member) => member.unitId === unitId);
  const isLeader = (member: StaffMember): boolean => hasRole(member, 'leader', 'chairperson');
  const responsible = own.find((member) => !isLeader(member)) ?? own[0] ?? null;
  const head =
    own.find((member) => isLeader(member) && member !== responsible) ??
    active.find((member) => member.unitId === supervisorId && member !== responsible) ??
    null;
  const chairperson = active.find((member) => hasRole(member, 'chairperson')) ?? null;
  return {
    responsibleId: responsible?.id ?? null,
    headId: head?.id ?? null,
    chairpersonId: chairperson?.id ?? null,
  };
}

/** The chain of a unit with somebody chosen to answer for it; nobody is above themselves. */
export function chainTo(
  staff: readonly StaffMember[],
  unitId: string,
  responsibleId: string | null,
): DutyChain {
  const { headId, chairpersonId } = pickChain(staff, unitId, null);
  return { responsibleId, headId: headId === responsibleId ? null : headId, chairpersonId };
}

/** A chain as it was fixed when the duty opened, with only its gaps filled by who has come since. */
export function fillChain(duty: Duty, staff: readonly StaffMember[], supervisorId: string | null): Duty {
  if (duty.responsibleId !== null && duty.headId !== null && duty.chairpersonId !== null) return duty;
  const now = pickChain(staff, duty.unitId, supervisorId);
  const responsibleId = duty.responsibleId ?? now.responsibleId;
  const headId = duty.headId ?? (now.headId === responsibleId ? null : now.headId);
  return { ...duty, responsibleId, headId, chairpersonId: duty.chairpersonId ?? now.chairpersonId };
}

/**
 * The duties of a calendar year: each deadline of the plan (`DL-2.2024`), each day of a routine (`NV-1.2024-06-25`) and each
 * announced, scheduled inspection (`KT-3.2024-06-12`). "Before" a day excludes it: due by the end of the day before, aimed at the last working day on or
 * before that. Unannounced inspections are never opened: a reminder could reach those who are inspected. What was due
 * before `nowMs` is left out, and so are rungs that lie before it.
 */
export function openDuties(
  plan: Plan,
  year: number,
  staff: readonly StaffMember[],
  calendar: Calendar,
  nowMs: number,
): readonly Duty[] {
  const sources = [
    ...deadlinesOf(plan, year, staff),
    ...routinesOf(plan, year, staff),
    ...inspectionsOf(plan, year, staff),
  ];
  return sources
    .filter(({ dueDate }) => endOfDay(dueDate) >= nowMs)
    .map((source) => makeDuty(calendar, nowMs, source));
}

function deadlinesOf(plan: Plan, year: number, staff: readonly StaffMember[]): readonly DutySource[] {
  return plan.deadlines.flatMap((deadline) =>
    daysOf(deadline.before, year).map((before) => ({
      id: `${deadline.id}.${year}`,
      ruleId: deadline.id,
      kind: 'report',
      title: deadline.document,
      recipient: recipientOf(plan, deadline, addDays(before, -1)),
      unitId: deadline.responsible,
      dueDate: addDays(before, -1),
      ladder: deadline.ladder,
      ...doneBy(deadline),
      chain: pickChain(staff, deadline.responsible, deadline.supervisor),
    })),
  );
}

function routinesOf(plan: Plan, year: number, staff: readonly StaffMember[]): readonly DutySource[] {
  return plan.routines.flatMap((routine) => {
    const { id, title, on, responsible, supervisor, ladder } = routine;
    return on
      .flatMap((rule) => daysOf(rule, year))
      .map((dueDate) => ({
        id: `${id}.${dueDate}`,
        ruleId: id,
        kind: 'routine',
        title,
        recipient: '',
        unitId: responsible,
        dueDate,
        ladder,
        ...doneBy(routine),
        chain: pickChain(staff, responsible, supervisor),
      }));
  });
}

/** Plans of an older release have none. */
const doneBy = (rule: { readonly doneBy?: DoneBy }): { readonly doneBy?: DoneBy } =>
  rule.doneBy === undefined ? {} : { doneBy: rule.doneBy };

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

/** The unit that a rule of the plan names as supervisor; null for what has none (inspections). */
export function supervisorOf(plan: Plan, ruleId: string): string | null {
  return [...plan.deadlines, ...plan.routines].find(({ id }) => id === ruleId)?.supervisor ?? null;
}

export interface DutySource extends Pick<
  Duty,
  'id' | 'ruleId' | 'kind' | 'title' | 'recipient' | 'unitId' | 'doneBy'
> {
  readonly dueDate: LocalDate;
  readonly ladder: Ladder;
  readonly chain: DutyChain;
}

/** A duty as it opens. Rungs that lie before `nowMs` are passed over. */
export function makeDuty(calendar: Calendar, nowMs: number, source: DutySource): Duty {
  const { dueDate, ladder, chain, ...rest } = source;
  const duty: Duty = {
    ...rest,
    ...chain,
    ...datesOf(calendar, { dueDate, ladder }, nowMs),
    nextAtMs: null,
    state: 'open',
    acknowledgedAtMs: null,
    snoozedUntilMs: null,
    proof: null,
    rev: 1,
    history: [{ atMs: nowMs, by: 'system', action: 'opened' }],
  };
  return { ...duty, nextAtMs: nextLookMs(duty) };
}

const MONTHS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] as const;

function daysOf(rule: RhythmRule, year: number): readonly LocalDate[] {
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
  const valid = plan.ward.reportRecipients
    .filter((recipient) => recipient.effectiveFrom <= day)
    .toSorted((a, b) => a.effectiveFrom.localeCompare(b.effectiveFrom))
    .at(-1);
  return valid ? `${valid.name} (${valid.via})` : deadline.recipient;
}
