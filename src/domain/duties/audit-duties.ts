import type { Calendar } from '../calendar/calendar.ts';
import { DAY_MS, localDateOf, MINUTE_MS, yearOf } from '../calendar/local-time.ts';
import { type Duty, isUnfinished } from '../duty.ts';
import type { Plan } from '../plan.ts';
import type { StaffMember } from '../staff.ts';
import { nextLookMs } from './ladder.ts';
import { openDuties } from './open-duties.ts';

/** How far the auditor looks ahead. */
const AHEAD_DAYS = 30;
export const AUDIT_AHEAD_MS = AHEAD_DAYS * DAY_MS;
/** From this month on next year's days off should be known: they are decided in autumn. */
const CALENDAR_EXPECTED_MONTH = 10;
/** Reminders are looked at four times a minute: so long without one look is no hiccup. */
const TICK_DEAD_AFTER_MS = 60 * MINUTE_MS;

export type DutyFault =
  /** Nobody is named, or the person has left. */
  | { readonly kind: 'no-person'; readonly duty: Duty }
  /** The person has never joined the bot: a reminder cannot arrive. */
  | { readonly kind: 'no-address'; readonly duty: Duty; readonly person: StaffMember }
  /** The tick will never look at it, or later than its next rung. */
  | { readonly kind: 'no-reminder'; readonly duty: Duty }
  /** The plan asks for it, and no duty is there. */
  | { readonly kind: 'not-opened'; readonly duty: Duty }
  | { readonly kind: 'calendar-unknown'; readonly year: number };

export interface DutyAudit {
  /** How many duties are due within the next 30 days. */
  readonly checked: number;
  readonly faults: readonly DutyFault[];
}

export interface AuditInput {
  readonly plan: Plan;
  /** At least those that are due within `AUDIT_AHEAD_MS`. */
  readonly duties: readonly Duty[];
  readonly staff: readonly StaffMember[];
  readonly calendar: Calendar;
  readonly nowMs: number;
}

/**
 * Proves of each unfinished duty that is due within 30 days that it has a person, an address of that person and its next
 * reminder; and that the plan asks for none that is not there, on a calendar that is known. Looks at the rows themselves and
 * not at what opened or ticked them.
 */
export function auditDuties({ plan, duties, staff, calendar, nowMs }: AuditInput): DutyAudit {
  const untilMs = nowMs + AUDIT_AHEAD_MS;
  const isNear = ({ dueAtMs }: Duty): boolean => dueAtMs >= nowMs && dueAtMs <= untilMs;
  const unfinished = duties.filter((duty) => isNear(duty) && isUnfinished(duty));
  const known = new Set(duties.map(({ id }) => id));
  const today = localDateOf(nowMs);
  // Something of next year may have to be done before it, now.
  const missing = [yearOf(today), yearOf(today) + 1]
    .flatMap((year) => openDuties(plan, year, staff, calendar, nowMs))
    .filter((duty) => isNear(duty) && !known.has(duty.id));
  return {
    checked: unfinished.length + missing.length,
    faults: [
      ...unfinished.flatMap((duty) => faultsOf(duty, staff)),
      ...missing.map((duty) => ({ kind: 'not-opened' as const, duty })),
      ...yearsToKnow(today)
        .filter((year) => !calendar.knownYears.has(year))
        .map((year) => ({ kind: 'calendar-unknown' as const, year })),
    ],
  };
}

function faultsOf(duty: Duty, staff: readonly StaffMember[]): readonly DutyFault[] {
  const person = staff.find(({ id, active }) => active && id === duty.responsibleId);
  const faults: DutyFault[] = [];
  if (!person) faults.push({ kind: 'no-person', duty });
  else if (person.contacts.length === 0) faults.push({ kind: 'no-address', duty, person });
  const lookMs = nextLookMs(duty);
  if (lookMs === null || duty.nextAtMs === null || duty.nextAtMs > lookMs)
    faults.push({ kind: 'no-reminder', duty });
  return faults;
}

/** The years whose days off should be known on this day: from October on also the next. */
export function yearsToKnow(today: string): readonly number[] {
  const year = yearOf(today);
  return Number(today.slice(5, 7)) >= CALENDAR_EXPECTED_MONTH ? [year, year + 1] : [year];
}

/**
 * Whether nobody has looked for due reminders for an hour. `watchingSinceMs`: since when whoever asks runs; before that
 * the bot may have been off, and the tick gets its chance first.
 */
export function isTickDead(lastTickMs: number | null, watchingSinceMs: number, nowMs: number): boolean {
  return nowMs - Math.max(lastTickMs ?? 0, watchingSinceMs) > TICK_DEAD_AFTER_MS;
}
