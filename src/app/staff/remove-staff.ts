import { type Duty, isUnfinished } from '#src/domain/duty.ts';
import { fillChain, pickChain, supervisorOf } from '#src/domain/duties/chain.ts';
import type { Plan } from '#src/domain/plan.ts';
import { hasRole, type StaffMember } from '#src/domain/staff.ts';
import type { App } from '../app.ts';
import { changeDuty } from '../duties/change-duty.ts';
import { personParams } from '../present.ts';
import { notifyStaff } from '../send/notify.ts';
import { mention } from '../duties/present-duty.ts';

export interface Removal {
  /** Begins the ids of all that comes of it: the same removal given twice does everything once. */
  readonly id: string;
  readonly staffId: string;
  readonly by: StaffMember;
  readonly reason: string;
}

export type Removed =
  | {
      readonly kind: 'removed';
      /** What was theirs, and who has it now; null where nobody of the unit is left. */
      readonly duties: readonly { readonly dutyId: string; readonly toId: string | null }[];
      /** Codes of the cases that were theirs: the leaders of the unit are told. */
      readonly cases: readonly string[];
    }
  | { readonly kind: 'unknown-staff' | 'not-allowed' };

const CASES_SHOWN = 50;

/**
 * A member of staff has left: their chats speak for nobody any more, no post goes to them, their duties go to somebody else of
 * the unit, and the leaders hear which cases have nobody now. Safe to run twice, also after a crash in the middle.
 */
export async function removeStaff(app: App, { id, staffId, by, reason }: Removal): Promise<Removed> {
  if (!hasRole(by, 'admin', 'chairperson')) return { kind: 'not-allowed' };
  const member = await app.staff.get(staffId);
  if (!member) return { kind: 'unknown-staff' };
  const plan = (await app.plans.current())?.plan ?? null;
  await app.staff.remove(staffId);
  for (const one of await app.destinations.list({ state: 'active' })) {
    if (one.staffId === staffId) await app.destinations.setState(one.id, 'unreachable', 'left');
  }
  const duties = await handDutiesOver(app, plan, { id, staffId, by, reason });
  const cases = (await app.cases.openOfHandler(staffId, CASES_SHOWN)).map(({ code }) => code);
  if (cases.length > 0) await tellLeaders(app, id, member, cases);
  await app.audit.record({
    id,
    atMs: app.clock.nowMs(),
    by: by.id,
    action: 'staff-removed',
    subject: staffId,
    reason,
  });
  return { kind: 'removed', duties, cases };
}

async function handDutiesOver(
  app: App,
  plan: Plan | null,
  { id, staffId, by, reason }: Removal,
): Promise<readonly { readonly dutyId: string; readonly toId: string | null }[]> {
  const left = (await app.staff.list()).filter((one) => one.id !== staffId);
  const theirs: { readonly dutyId: string; readonly toId: string | null }[] = [];
  for (const duty of (await app.duties.list()).filter(isUnfinished)) {
    if (duty.headId === staffId || duty.chairpersonId === staffId)
      await replaceAbove(app, plan, duty, staffId, left);
    if (duty.responsibleId !== staffId) continue;
    const toId = pickChain(left, duty.unitId, null).responsibleId;
    if (toId !== null) {
      const change = { kind: 'assign', toId } as const;
      await changeDuty(app, { id: `${id}.${duty.id}`, dutyId: duty.id, change, by, reason });
    }
    theirs.push({ dutyId: duty.id, toId });
  }
  return theirs;
}

/** A duty answered meanwhile is left: the tick passes over who is gone and tells the next above. */
async function replaceAbove(
  app: App,
  plan: Plan | null,
  duty: Duty,
  staffId: string,
  left: readonly StaffMember[],
): Promise<void> {
  const without = (id: string | null): string | null => (id === staffId ? null : id);
  const gap = { ...duty, headId: without(duty.headId), chairpersonId: without(duty.chairpersonId) };
  const filled = fillChain(gap, left, plan && supervisorOf(plan, duty.ruleId));
  await app.duties.save({ ...filled, rev: duty.rev + 1 }, duty.rev);
}

async function tellLeaders(
  app: App,
  id: string,
  member: StaffMember,
  cases: readonly string[],
): Promise<void> {
  const ofUnit = (await app.staff.withRole('leader', member.unitId)).filter((one) => one.id !== member.id);
  for (const leader of ofUnit.length > 0 ? ofUnit : await app.staff.withRole('chairperson')) {
    await notifyStaff(app, {
      id: `${id}.cases.${leader.id}`,
      staff: leader,
      text: {
        key: 'staff.removedCases',
        params: { ...personParams(leader), whom: mention(app.texts, member), codes: cases.join(', ') },
      },
      lane: 'reminder',
      dueAtMs: app.clock.nowMs(),
    });
  }
}
