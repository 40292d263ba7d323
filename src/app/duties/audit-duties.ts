import { isWorkingDay } from '#src/domain/calendar/calendar.ts';
import { localDateOf, localTimeOf } from '#src/domain/calendar/local-time.ts';
import {
  AUDIT_AHEAD_MS,
  auditDuties,
  type DutyAudit,
  type DutyFault,
  isTickDead,
} from '#src/domain/duties/audit-duties.ts';
import type { Duty } from '#src/domain/duty.ts';
import type { App } from '../app.ts';
import { personParams, shortDate } from '../present.ts';
import { notifyStaff } from '../send/notify.ts';
import { clockTime, mention } from './present-duty.ts';

type Ports = Pick<
  App,
  | 'beats'
  | 'duties'
  | 'plans'
  | 'staff'
  | 'deliveries'
  | 'calendar'
  | 'clock'
  | 'texts'
  | 'wake'
  | 'log'
  | 'alerts'
>;

/** Under this name the tick of the duties leaves its time. */
export const DUTY_TICK = 'tick-duties';

/** Before offices open, after the night. */
const AUDIT_AT = '07:15';
/** One message on either platform. */
const MOST_LINES = 10;

/**
 * The auditor, to be run every minute, one a process. Once a day it proves to the admins that every duty of the next 30
 * days has a person, an address and its next reminder, or names those that have not; where all is well, on working days
 * only. When nobody has looked for due reminders for an hour it says so at once. Run by several processes or again, it says
 * nothing twice in a day.
 */
export function createAuditor(ports: Ports): () => Promise<void> {
  const sinceMs = ports.clock.nowMs();
  let auditedOn = '';
  return async () => {
    const nowMs = ports.clock.nowMs();
    await watchTick(ports, sinceMs, nowMs);
    const today = localDateOf(nowMs);
    if (auditedOn === today || localTimeOf(nowMs) < AUDIT_AT) return;
    await audit(ports, nowMs);
    auditedOn = today;
  };
}

async function watchTick(ports: Ports, sinceMs: number, nowMs: number): Promise<void> {
  const lastMs = await ports.beats.lastMs(DUTY_TICK);
  if (!isTickDead(lastMs, sinceMs, nowMs)) return;
  const stoodSinceMs = lastMs ?? sinceMs;
  await ports.alerts.raise('dutyTickDead', {
    at: clockTime(ports.texts, stoodSinceMs),
    day: shortDate(stoodSinceMs),
  });
}

async function audit(ports: Ports, nowMs: number): Promise<void> {
  const current = await ports.plans.current();
  if (!current) return;
  const { calendar, texts } = ports;
  const staff = await ports.staff.list();
  const duties = await ports.duties.dueBetween(nowMs, nowMs + AUDIT_AHEAD_MS);
  const input = { plan: current.plan, staff, calendar, nowMs };
  const first = auditDuties({ ...input, duties });
  const moved = await movedAway(ports, first);
  const found = moved.length === 0 ? first : auditDuties({ ...input, duties: [...duties, ...moved] });
  const faults = found.faults.map((fault) => ({
    kind: fault.kind,
    ...('duty' in fault ? { duty: fault.duty.id } : {}),
  }));
  ports.log.info({ checked: found.checked, faults }, 'duties audited');
  const today = localDateOf(nowMs);
  if (faults.length === 0 && !isWorkingDay(calendar, today)) return;
  for (const admin of await ports.staff.withRole('admin')) {
    await notifyStaff(ports, {
      id: `audit.${today}.${admin.id}`,
      staff: admin,
      text: { key: 'duty.words', params: { words: auditWords(texts, found, personParams(admin)) } },
      lane: 'reminder',
      dueAtMs: nowMs,
    });
  }
}

/** What the plan wants now and is there for another day is not missing. */
async function movedAway(ports: Ports, { faults }: DutyAudit): Promise<readonly Duty[]> {
  const missing = faults.filter((fault) => fault.kind === 'not-opened');
  const found = await Promise.all(missing.map(({ duty }) => ports.duties.get(duty.id)));
  return found
    .filter((duty) => duty !== null)
    .filter((duty) => !missing.some((fault) => isAsPlanned(duty, fault.duty)));
}

const isAsPlanned = (duty: Duty, planned: Duty): boolean =>
  duty.id === planned.id && duty.dueAtMs === planned.dueAtMs;

function auditWords(
  texts: Ports['texts'],
  { checked, faults }: DutyAudit,
  person: ReturnType<typeof personParams>,
): string {
  if (faults.length === 0) {
    const key = checked === 0 ? 'duty.audit.nothing' : 'duty.audit.well';
    return texts.render({ key, params: { ...person, count: checked } });
  }
  const lines = faults.slice(0, MOST_LINES).map((fault) => `– ${faultWords(texts, fault)}`);
  const more = faults.length - lines.length;
  if (more > 0) lines.push(texts.render({ key: 'duty.audit.more', params: { count: more } }));
  return texts.render({ key: 'duty.audit.faults', params: { ...person, lines: lines.join('\n') } });
}

function faultWords(texts: Ports['texts'], fault: DutyFault): string {
  if (fault.kind === 'calendar-unknown')
    return texts.render({ key: 'duty.audit.fault.calendar-unknown', params: { year: fault.year } });
  const { duty } = fault;
  const params = { title: duty.title, date: shortDate(duty.dueAtMs) };
  const who = fault.kind === 'no-address' ? { who: mention(texts, fault.person) } : {};
  return texts.render({ key: `duty.audit.fault.${fault.kind}`, params: { ...params, ...who } });
}
