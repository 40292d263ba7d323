import type { Calendar } from '../calendar/calendar.ts';
import { lastWorkingDayOnOrBefore } from '../calendar/calendar.ts';
import { addDays, endOfDay, toLocalDate, yearOf } from '../calendar/local-time.ts';
import type { Duty } from '../duty.ts';
import type { DateRule, Deadline, Ladder, LocalDate, Plan } from '../plan.ts';
import type { StaffMember } from '../staff.ts';
import { hasRole } from '../staff.ts';
import { buildRungs, nextLookMs } from './ladder.ts';

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

/** A chain as it was fixed when the duty opened, with only its gaps filled by who has come since. */
export function fillChain(duty: Duty, staff: readonly StaffMember[], supervisorId: string | null): Duty {
  if (duty.responsibleId !== null && duty.headId !== null && duty.chairpersonId !== null) return duty;
  const now = pickChain(staff, duty.unitId, supervisorId);
  const responsibleId = duty.responsibleId ?? now.responsibleId;
  const headId = duty.headId ?? (now.headId === responsibleId ? null : now.headId);
  return { ...duty, responsibleId, headId, chairpersonId: duty.chairpersonId ?? now.chairpersonId };
}

/**
 * The duties of a calendar year: each deadline of the plan (`DL-2.2024`) and each announced, scheduled inspection
 * (`KT-3.2024-06-12`). "Before" a day excludes it: due by the end of the day before, aimed at the last working day on or
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
  const deadlines = plan.deadlines.flatMap((deadline) =>
    daysOf(deadline.before, year).map((before) =>
      makeDuty(calendar, nowMs, {
        id: `${deadline.id}.${year}`,
        ruleId: deadline.id,
        title: deadline.document,
        recipient: recipientOf(plan, deadline, addDays(before, -1)),
        unitId: deadline.responsible,
        dueDate: addDays(before, -1),
        ladder: deadline.ladder,
        chain: pickChain(staff, deadline.responsible, deadline.supervisor),
      }),
    ),
  );
  const inspections = plan.inspections.flatMap((inspection) =>
    !inspection.announced || inspection.schedule === null
      ? []
      : inspection.schedule.on.flatMap((rule) =>
          daysOf(rule, year).map((day) =>
            makeDuty(calendar, nowMs, {
              id: `${inspection.id}.${day}`,
              ruleId: inspection.id,
              title: inspection.title,
              recipient: '',
              unitId: inspection.inspector,
              dueDate: day,
              ladder: inspection.schedule?.ladder ?? { rungs: [], overdue: { at: '08:00', to: [] } },
              chain: pickChain(staff, inspection.inspector, null),
            }),
          ),
        ),
  );
  return [...deadlines, ...inspections].filter((duty) => duty.dueAtMs >= nowMs);
}

/** The unit that a rule of the plan names as supervisor; null for what has none (inspections). */
export function supervisorOf(plan: Plan, ruleId: string): string | null {
  return plan.deadlines.find((deadline) => deadline.id === ruleId)?.supervisor ?? null;
}

interface DutySource {
  readonly id: string;
  readonly ruleId: string;
  readonly title: string;
  readonly recipient: string;
  readonly unitId: string;
  readonly dueDate: LocalDate;
  readonly ladder: Ladder;
  readonly chain: DutyChain;
}

function makeDuty(calendar: Calendar, nowMs: number, source: DutySource): Duty {
  const { dueDate, ladder, chain, ...rest } = source;
  const rungs = buildRungs(calendar, ladder, dueDate);
  const first = rungs.findIndex((rung) => rung.atMs >= nowMs);
  const duty: Duty = {
    ...rest,
    ...chain,
    dueAtMs: endOfDay(dueDate),
    targetDate: lastWorkingDayOnOrBefore(calendar, dueDate),
    rungs,
    nextRung: first === -1 ? rungs.length : first,
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

function daysOf(rule: DateRule, year: number): readonly LocalDate[] {
  if (rule.kind === 'yearly') return [toLocalDate(year, rule.month, rule.day)];
  return yearOf(rule.date) === year ? [rule.date] : [];
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
