import type { Calendar } from '#src/domain/calendar/calendar.ts';
import { fillChain, supervisorOf } from '#src/domain/duties/chain.ts';
import { dutiesToOpen } from '#src/domain/duties/open-now.ts';
import type { Plan } from '#src/domain/plan.ts';
import type { StaffMember } from '#src/domain/staff.ts';
import type { Clock, Log } from '../ports/services.ts';
import type { DutyStore, PlanStore, StaffStore } from '../ports/stores.ts';

export interface OpenDutiesPorts {
  readonly plans: Pick<PlanStore, 'current'>;
  readonly staff: Pick<StaffStore, 'list'>;
  readonly duties: Pick<DutyStore, 'open' | 'withGaps' | 'save'>;
  readonly calendar: Calendar;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Opens what the current plan wants done this year (and, late in the year, the next). Run on every import and once a
 * day: a duty that exists stays as it is, its chain and ladder included; only gaps in the chain are filled by who has
 * joined since.
 */
export async function openPlanDuties(
  ports: OpenDutiesPorts,
): Promise<{ readonly opened: readonly string[]; readonly existing: number }> {
  const current = await ports.plans.current();
  if (current === null) return { opened: [], existing: 0 };
  const nowMs = ports.clock.nowMs();
  const staff = await ports.staff.list();
  const opened: string[] = [];
  let existing = 0;
  for (const duty of dutiesToOpen(current.plan, staff, ports.calendar, nowMs)) {
    if ((await ports.duties.open(duty)) === 'opened') opened.push(duty.id);
    else existing += 1;
  }
  await fillChains(ports, current.plan, staff);
  if (opened.length > 0) ports.log.info({ duties: opened }, 'duties opened');
  return { opened, existing };
}

async function fillChains(ports: OpenDutiesPorts, plan: Plan, staff: readonly StaffMember[]): Promise<void> {
  for (const duty of await ports.duties.withGaps()) {
    const filled = fillChain(duty, staff, supervisorOf(plan, duty.ruleId));
    const same =
      filled.responsibleId === duty.responsibleId &&
      filled.headId === duty.headId &&
      filled.chairpersonId === duty.chairpersonId;
    // A conflict means that the duty was ticked or answered just now; the next round fills what is still open.
    if (!same) await ports.duties.save({ ...filled, rev: duty.rev + 1 }, duty.rev);
  }
}
