import type { Calendar } from '#src/domain/calendar/calendar.ts';
import { localDateOf } from '#src/domain/calendar/local-time.ts';
import { type Duty, isUnfinished } from '#src/domain/duty.ts';
import { fillChain, supervisorOf } from '#src/domain/duties/chain.ts';
import { morningAfterNight } from '#src/domain/calendar/quiet-hours.ts';
import type { Tick } from '#src/domain/duties/tick-duty.ts';
import { tickDuty, USUAL_TICK } from '#src/domain/duties/tick-duty.ts';
import { weekOf } from '#src/domain/duties/week.ts';
import { hasRole, inPlaceOf } from '#src/domain/staff.ts';
import type { Clock, Log, Texts } from '../ports/services.ts';
import type { BeatStore } from '../ports/health.ts';
import type { DutyStore, PlanStore, StaffStore } from '../ports/stores.ts';
import { personParams } from '../present.ts';
import { notifyStaff } from '../send/notify.ts';
import { DUTY_TICK } from './audit-duties.ts';
import { openPlanDuties } from './open-plan-duties.ts';
import { dutyParams } from './present-duty.ts';
import type { Round, Told } from './reminder-words.ts';
import { type TellPorts, tellPeople, type ToTell } from './tell-reminders.ts';

export interface TickDutiesPorts extends TellPorts {
  readonly duties: Pick<DutyStore, 'due' | 'saveAll' | 'save' | 'open' | 'withGaps' | 'dueBetween'>;
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

/** Taken together, since what speaks to one person makes one message. */
const BATCH = 500;

/**
 * Says what duties have to say now, to each person in one message. The messages are there before the duties move on: a crash
 * between the two finds them again, and what they hold is not told again. A duty that was answered meanwhile is left to the
 * next tick. One duty's failure holds up no other.
 */
export async function tickDuties(ports: TickDutiesPorts, signal?: AbortSignal): Promise<TickedDuties> {
  const nowMs = ports.clock.nowMs();
  const seen = new Set<string>();
  let reminders = 0;
  for (;;) {
    const due = (await ports.duties.due(nowMs, BATCH + seen.size)).filter((duty) => !seen.has(duty.id));
    if (due.length === 0) return { duties: seen.size, reminders };
    for (const { id } of due) seen.add(id);
    const round: Round = {
      nowMs,
      staff: await ports.staff.list(),
      plan: (await ports.plans.current())?.plan ?? null,
      calendar: ports.calendar,
      dueThisWeek: await dueThisWeek(ports, nowMs),
    };
    const ticked = due.map((duty) => tickOne(ports, duty, round));
    const untold = await tellAll(ports, round, ticked);
    for (const { duty, tick } of ticked) {
      const { unheard } = tick;
      if (unheard === null || untold.has(duty.id)) continue;
      const isTold = await safely(ports, duty, () => tellAdmins(ports, round, duty, unheard));
      if (!isTold) untold.add(duty.id);
    }
    const moved = await moveOn(
      ports,
      ticked.filter(({ duty }) => !untold.has(duty.id)),
    );
    for (const { tick } of moved) reminders += tick.reminders.length;
    if (signal?.aborted) return { duties: seen.size, reminders };
  }
}

/** By the index of last days: one look for all people. */
async function dueThisWeek({ duties }: TickDutiesPorts, nowMs: number): Promise<readonly Duty[]> {
  const { untilMs } = weekOf(localDateOf(nowMs));
  return (await duties.dueBetween(nowMs, untilMs - 1)).filter(isUnfinished);
}

interface Ticked {
  /** With the gaps of its chain filled. */
  readonly duty: Duty;
  readonly tick: Tick;
}

function tickOne(ports: TickDutiesPorts, stored: Duty, { staff, plan, nowMs }: Round): Ticked {
  const duty = fillChain(stored, staff, plan === null ? null : supervisorOf(plan, stored.ruleId));
  const tick = tickDuty(duty, nowMs, {
    ...USUAL_TICK,
    ...(ports.catchUpMs === undefined ? {} : { catchUpMs: ports.catchUpMs }),
    inPlaceOf: (id) => inPlaceOf(id, staff, localDateOf(nowMs))?.id ?? null,
  });
  return { duty, tick };
}

/** Answers the duties of which not everything could be told: they stay as they are, for the next tick. */
async function tellAll(
  ports: TickDutiesPorts,
  round: Round,
  ticked: readonly Ticked[],
): Promise<Set<string>> {
  const all: readonly Told[] = ticked.flatMap(({ duty, tick }) =>
    tick.reminders.map((reminder) => ({ duty, tick, reminder })),
  );
  const isKnown = ({ reminder }: Told): boolean => round.staff.some(({ id }) => id === reminder.staffId);
  const unknown = all.filter((one) => !isKnown(one));
  for (const { duty, reminder } of unknown)
    ports.log.error({ duty: duty.id, staff: reminder.staffId }, 'a reminder names an unknown member');
  const idsOf = (some: readonly Told[]): Set<string> => new Set(some.map(({ duty }) => duty.id));
  try {
    return idsOf([...unknown, ...(await tellPeople(ports, round, byDayAndPerson(all, round)))]);
  } catch (error) {
    ports.log.error({ duties: all.length, why: nameOf(error) }, 'duties not told');
    return idsOf(all);
  }
}

/** By the day for which it was planned and not by today: a retry after midnight finds the same messages. */
const byDayAndPerson = (all: readonly Told[], { staff }: Round): readonly ToTell[] =>
  staff.flatMap((person) => {
    const own = all.filter(({ reminder }) => reminder.staffId === person.id);
    const days = Map.groupBy(own, ({ reminder }) => localDateOf(reminder.plannedAtMs));
    return [...days].map(([date, told]) => ({ person, date, told }));
  });

/** Answers those that went on. */
async function moveOn(ports: TickDutiesPorts, ticked: readonly Ticked[]): Promise<readonly Ticked[]> {
  const changed = ticked.filter(({ duty, tick }) => tick.duty !== duty);
  try {
    const answered = await ports.duties.saveAll(changed.map(({ tick }) => tick.duty));
    for (const duty of answered) ports.log.info({ duty }, 'duty answered while it was ticked');
    return ticked.filter(({ duty }) => !answered.has(duty.id));
  } catch (error) {
    ports.log.error({ duties: changed.length, why: nameOf(error) }, 'duties not moved on');
    return [];
  }
}

/** False: it failed, and is in the log. */
async function safely(ports: TickDutiesPorts, duty: Duty, run: () => Promise<void>): Promise<boolean> {
  try {
    await run();
    return true;
  } catch (error) {
    ports.log.error({ duty: duty.id, why: nameOf(error) }, 'duty not ticked');
    return false;
  }
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'unknown');

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
 * gone: next year's duties come without a new import, and who joins finds theirs. Duties that cannot be opened hold up no reminder; the error
 * is thrown when those are told. Leaves its time for the auditor. One a process.
 */
export function createDutyClock(
  ports: TickDutiesPorts,
  openDuties: () => Promise<unknown> = () => openPlanDuties(ports),
): (signal?: AbortSignal) => Promise<TickedDuties> {
  let openedFor: string | null = null;
  return async (signal) => {
    const active = (await ports.staff.list()).filter((member) => member.active).map((member) => member.id);
    const today = [localDateOf(ports.clock.nowMs()), ...active].join(' ');
    let failure: { readonly error: unknown } | null = null;
    if (openedFor !== today) {
      try {
        await openDuties();
        openedFor = today;
      } catch (error) {
        failure = { error };
      }
    }
    const ticked = await tickDuties(ports, signal);
    await ports.beats.beat(DUTY_TICK, ports.clock.nowMs());
    if (failure) throw failure.error;
    return ticked;
  };
}
