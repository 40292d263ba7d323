import { dutyChoices } from '#src/domain/conversation/flows/duty-prompts.ts';
import type { Calendar } from '#src/domain/calendar/calendar.ts';
import { localDateOf } from '#src/domain/calendar/local-time.ts';
import type { Duty } from '#src/domain/duty.ts';
import { fillChain, supervisorOf } from '#src/domain/duties/open-duties.ts';
import { morningAfterNight } from '#src/domain/calendar/quiet-hours.ts';
import type { Reminder, Tick } from '#src/domain/duties/tick-duty.ts';
import { tickDuty, USUAL_TICK } from '#src/domain/duties/tick-duty.ts';
import type { Plan } from '#src/domain/plan.ts';
import type { StaffMember } from '#src/domain/staff.ts';
import { hasRole, inPlaceOf } from '#src/domain/staff.ts';
import type { Clock, Log, Texts } from '../ports/services.ts';
import type { BeatStore } from '../ports/health.ts';
import type { DutyStore, PlanStore, StaffStore } from '../ports/stores.ts';
import { personParams } from '../present.ts';
import { notifyStaff } from '../send/notify.ts';
import type { NotifyPorts } from '../send/notify.ts';
import { DUTY_TICK } from './audit-duties.ts';
import { openPlanDuties } from './open-plan-duties.ts';
import { dutyParams, mention, reminderKey, reminderText } from './present-duty.ts';

export interface TickDutiesPorts extends NotifyPorts {
  readonly duties: Pick<DutyStore, 'due' | 'save' | 'open' | 'withGaps'>;
  readonly beats: Pick<BeatStore, 'beat'>;
  readonly staff: Pick<StaffStore, 'list'>;
  readonly plans: Pick<PlanStore, 'current'>;
  readonly texts: Texts;
  /** The working calendar around now, with the ward's own hours. */
  readonly calendar: Calendar;
  readonly clock: Clock;
  readonly log: Log;
  readonly catchUpMs?: number;
}

export interface TickedDuties {
  readonly duties: number;
  readonly reminders: number;
}

const BATCH = 50;
/** Each is two or three round trips. */
const AT_ONCE = 10;

/**
 * Says what duties have to say now. The rows of the reminders are inserted before the duty moves on, under ids that the
 * duty and the rung decide: a crash between the two repeats the insert, which then changes nothing. A duty that was
 * answered meanwhile is left to the next tick. One duty's failure holds up no other.
 */
export async function tickDuties(ports: TickDutiesPorts, signal?: AbortSignal): Promise<TickedDuties> {
  const nowMs = ports.clock.nowMs();
  const seen = new Set<string>();
  let reminders = 0;
  for (;;) {
    const due = (await ports.duties.due(nowMs, BATCH + seen.size)).filter((duty) => !seen.has(duty.id));
    if (due.length === 0) return { duties: seen.size, reminders };
    const round: Round = {
      nowMs,
      staff: await ports.staff.list(),
      plan: (await ports.plans.current())?.plan ?? null,
      calendar: ports.calendar,
    };
    for (let first = 0; first < due.length; first += AT_ONCE) {
      if (signal?.aborted) return { duties: seen.size, reminders };
      const some = due.slice(first, first + AT_ONCE);
      for (const { id } of some) seen.add(id);
      const counts = await Promise.all(some.map((duty) => tickSafely(ports, duty, round)));
      reminders += counts.reduce((sum, count) => sum + count, 0);
    }
  }
}

/** What all duties of one tick see alike. */
interface Round {
  readonly nowMs: number;
  readonly staff: readonly StaffMember[];
  readonly plan: Plan | null;
  readonly calendar: Calendar;
}

async function tickSafely(ports: TickDutiesPorts, duty: Duty, round: Round): Promise<number> {
  try {
    return await tickOne(ports, duty, round);
  } catch (error) {
    const why = error instanceof Error ? error.name : 'unknown';
    ports.log.error({ duty: duty.id, why }, 'duty not ticked');
    return 0;
  }
}

async function tickOne(ports: TickDutiesPorts, stored: Duty, round: Round): Promise<number> {
  const { staff, plan, nowMs } = round;
  const duty = fillChain(stored, staff, plan === null ? null : supervisorOf(plan, stored.ruleId));
  const people = new Map(staff.map((member) => [member.id, member]));
  const tick = tickDuty(duty, nowMs, {
    ...USUAL_TICK,
    ...(ports.catchUpMs === undefined ? {} : { catchUpMs: ports.catchUpMs }),
    inPlaceOf: (id) => inPlaceOf(id, staff, localDateOf(nowMs))?.id ?? null,
  });
  for (const reminder of tick.reminders) await remind(ports, round, duty, tick, reminder, people);
  if (tick.unheard !== null) await tellAdmins(ports, round, duty, tick.unheard);
  const saved = tick.duty === duty ? 'saved' : await ports.duties.save(tick.duty, stored.rev);
  if (saved === 'conflict') ports.log.info({ duty: duty.id }, 'duty answered while it was ticked');
  return tick.reminders.length;
}

async function remind(
  ports: TickDutiesPorts,
  round: Round,
  duty: Duty,
  tick: Tick,
  reminder: Reminder,
  people: ReadonlyMap<string, StaffMember>,
): Promise<void> {
  const person = people.get(reminder.staffId);
  if (!person) throw new Error(`a reminder names the unknown member ${reminder.staffId}`);
  const id = `duty.${duty.id}.${reminder.key}.${person.id}`;
  const params = {
    ...dutyParams(ports.texts, round.calendar, duty, round.nowMs),
    ...personParams(person),
    responsible: mention(ports.texts, people.get(duty.responsibleId ?? '') ?? null),
    reminded: reminder.reminded.responsible,
    remindedHead: reminder.reminded.head,
  };
  const words = reminderText(
    ports.texts,
    { key: reminderKey(duty, reminder), params },
    reminder,
    escalatesAtMs(tick.duty, round.nowMs),
    reminder.forId === person.id ? null : mention(ports.texts, people.get(reminder.forId) ?? null),
  );
  await notifyStaff(ports, {
    id,
    staff: person,
    text: { key: 'duty.words', params: { words } },
    prompt: {
      id,
      subject: { kind: 'duty', dutyId: duty.id },
      choices: dutyChoices(reminder.to, (ref) => ports.texts.render(ref)),
    },
    lane: 'reminder',
    dueAtMs: morningAfterNight(round.nowMs),
  });
}

/** When silence will be told to somebody else: the next rung, if there is anybody above. */
function escalatesAtMs(duty: Duty, nowMs: number): number | null {
  if (duty.headId === null && duty.chairpersonId === null) return null;
  const next = duty.rungs[duty.nextRung];
  return next !== undefined && next.atMs > nowMs ? next.atMs : null;
}

/** Nobody of the chain has joined: those who can invite them hear of it. */
async function tellAdmins(
  ports: TickDutiesPorts,
  { staff, nowMs, calendar }: Round,
  duty: Duty,
  key: string,
): Promise<void> {
  ports.log.warn({ duty: duty.id }, 'nobody of the chain can be reached');
  for (const admin of staff.filter((member) => hasRole(member, 'admin'))) {
    await notifyStaff(ports, {
      id: `duty.${duty.id}.${key}.nobody.${admin.id}`,
      staff: admin,
      text: {
        key: 'duty.nobodyReached',
        params: { ...dutyParams(ports.texts, calendar, duty, nowMs), ...personParams(admin) },
      },
      lane: 'reminder',
      dueAtMs: morningAfterNight(nowMs),
    });
  }
}

/**
 * A tick that also opens the plan's duties, once a day by the ward's clock and whenever somebody of staff has come or
 * gone: next year's duties come without a new import, and who joins finds theirs. Leaves its time for the auditor. One a
 * process.
 */
export function createDutyClock(
  ports: TickDutiesPorts,
  openDuties: () => Promise<unknown> = () => openPlanDuties(ports),
): (signal?: AbortSignal) => Promise<TickedDuties> {
  let openedFor: string | null = null;
  return async (signal) => {
    const active = (await ports.staff.list()).filter((member) => member.active).map((member) => member.id);
    const today = [localDateOf(ports.clock.nowMs()), ...active].join(' ');
    if (openedFor !== today) {
      await openDuties();
      openedFor = today;
    }
    const ticked = await tickDuties(ports, signal);
    await ports.beats.beat(DUTY_TICK, ports.clock.nowMs());
    return ticked;
  };
}
