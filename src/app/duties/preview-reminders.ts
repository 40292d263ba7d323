import type { Calendar } from '#src/domain/calendar/calendar.ts';
import { localDateOf, yearOf } from '#src/domain/calendar/local-time.ts';
import { openDuties } from '#src/domain/duties/open-duties.ts';
import { dutiesToOpen } from '#src/domain/duties/open-now.ts';
import type { PlannedReminder } from '#src/domain/duties/preview-reminders.ts';
import { previewReminders as preview } from '#src/domain/duties/preview-reminders.ts';
import { inPlaceOf, type StaffMember } from '#src/domain/staff.ts';
import type { Duty } from '#src/domain/duty.ts';
import type { DeliveryStore } from '../ports/deliveries.ts';
import type { Clock } from '../ports/services.ts';
import type { DutyStore, PlanStore, StaffStore } from '../ports/stores.ts';
import { reminderRowId } from './tell-reminders.ts';

export interface PreviewPorts {
  readonly duties: Pick<DutyStore, 'list'>;
  readonly staff: Pick<StaffStore, 'list'>;
  readonly plans: Pick<PlanStore, 'current'>;
  readonly deliveries: Pick<DeliveryStore, 'get'>;
  readonly calendar: Calendar;
  readonly clock: Clock;
}

/** What will be said between two instants if nobody answers, and to whom; sends nothing. */
export async function previewReminders(
  ports: PreviewPorts,
  fromMs: number,
  toMs: number,
): Promise<readonly PlannedReminder[]> {
  const people = await ports.staff.list();
  const opened = await ports.duties.list();
  const known = new Set(opened.map(({ id }) => id));
  const ahead = (await notYetOpened(ports, people, toMs)).filter(({ id }) => !known.has(id));
  const toldToday = await messagesToday(ports, people);
  return preview([...opened, ...ahead], {
    calendar: ports.calendar,
    nowMs: ports.clock.nowMs(),
    fromMs,
    toMs,
    toldToday: (id) => toldToday.get(id) ?? 0,
    inPlaceOf: (id, day) => inPlaceOf(id, people, day)?.id ?? null,
  });
}

async function messagesToday(
  { deliveries, clock }: PreviewPorts,
  people: readonly StaffMember[],
): Promise<ReadonlyMap<string, number>> {
  const today = localDateOf(clock.nowMs());
  const counted = people.map(async ({ id }): Promise<readonly [string, number]> => {
    let count = 0;
    while ((await deliveries.get(reminderRowId(today, count + 1, id))) !== null) count += 1;
    return [id, count];
  });
  return new Map(await Promise.all(counted));
}

/** What the plan wants up to then and opens only later; what speaks of January may go out in the year before. */
async function notYetOpened(
  { plans, calendar, clock }: PreviewPorts,
  people: readonly StaffMember[],
  toMs: number,
): Promise<readonly Duty[]> {
  const plan = (await plans.current())?.plan;
  if (!plan) return [];
  const nowMs = clock.nowMs();
  const first = yearOf(localDateOf(nowMs));
  const last = yearOf(localDateOf(toMs)) + 1;
  const years = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
  const openNow = new Set(dutiesToOpen(plan, people, calendar, nowMs).map(({ id }) => id));
  return years
    .flatMap((year) => openDuties(plan, year, people, calendar, nowMs, 'all'))
    .filter(({ id }) => !openNow.has(id));
}
