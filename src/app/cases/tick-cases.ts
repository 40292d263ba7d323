import type { Case } from '#src/domain/case.ts';
import { type CaseNotice, caseNotices } from '#src/domain/cases/case-notices.ts';
import { superiorOf } from '#src/domain/cases/may-handle.ts';
import { countDeadline } from '#src/domain/calendar/deadline.ts';
import { morningAfterNight } from '#src/domain/calendar/quiet-hours.ts';
import type { Plan } from '#src/domain/plan.ts';
import { hasRole, type StaffMember } from '#src/domain/staff.ts';
import type { App } from '../app.ts';
import { officersOf } from './announce-case.ts';
import { planOf, ruleFor } from './case-law.ts';
import { tellOfCase } from './tell-staff.ts';

const BATCH = 50;

interface Round {
  readonly nowMs: number;
  readonly plan: Plan;
  readonly staff: readonly StaffMember[];
}

/**
 * Says what cases have to say now: due soon and overdue to the handler, the head and the chairperson, a date on which to ask
 * outside, a resident's silence. The rows come before the case moves on, under ids that the case and the notice decide: a crash
 * between the two says nothing twice. One case's failure holds up no other.
 */
export async function tickCases(app: App, signal?: AbortSignal): Promise<void> {
  const nowMs = app.clock.nowMs();
  const due = await app.cases.due(nowMs, BATCH);
  if (due.length === 0) return;
  const round: Round = { nowMs, plan: await planOf(app), staff: await app.staff.list() };
  for (const matter of due) {
    if (signal?.aborted) return;
    try {
      await tickOne(app, matter, round);
    } catch (error) {
      const why = error instanceof Error ? error.name : 'unknown';
      app.log.error({ case: matter.id, why }, 'case not ticked');
    }
  }
}

async function tickOne(app: App, matter: Case, round: Round): Promise<void> {
  const notices = noticesOf(app, matter, round.plan);
  const from = matter.nextAtMs ?? 0;
  const now = notices.filter(({ atMs }) => atMs >= from && atMs <= round.nowMs);
  // What was missed while nobody was there to say it becomes the last of it.
  const last = now.findLast(({ kind }) => kind !== 'check-outside');
  const said = now.filter((notice) => notice.kind === 'check-outside' || notice === last);
  for (const notice of said) await say(app, matter, notice, round);
  const next = notices.find(({ atMs }) => atMs > round.nowMs)?.atMs ?? null;
  if ((await app.cases.look(matter.id, matter.rev, next)) === 'conflict') {
    app.log.info({ case: matter.id }, 'case changed while it was ticked');
  }
}

function noticesOf(app: App, matter: Case, plan: Plan): readonly CaseNotice[] {
  const { silenceRule, dueSoonWorkingDays } = plan.cases;
  const { calendar } = app;
  return caseNotices(matter, {
    calendar,
    dueSoonWorkingDays,
    silenceEndsMs: (fromMs) => countDeadline(calendar, ruleFor(plan, silenceRule, fromMs), fromMs).dueAtMs,
  });
}

async function say(app: App, matter: Case, notice: CaseNotice, round: Round): Promise<void> {
  const { people, above, chairperson } = await heard(app, matter, notice, round);
  const handler = round.staff.find(({ id }) => id === matter.handlerId);
  const base = {
    id: `case.${matter.id}.${notice.key}`,
    params: {
      handler: handler?.name ?? app.texts.render({ key: 'casework.nobody' }),
      body: matter.outside?.body ?? '',
    },
    dueAtMs: morningAfterNight(round.nowMs),
  };
  for (const member of people) {
    await tellOfCase(app, member, matter, { ...base, key: `casework.notice.${notice.kind}` });
  }
  const others = above.filter(({ id }) => !people.some((one) => one.id === id));
  for (const member of others) {
    await tellOfCase(app, member, matter, { ...base, key: `casework.noticeAbove.${notice.kind}` });
  }
  if (chairperson && ![...people, ...others].some(({ id }) => id === chairperson.id)) {
    await tellOfCase(app, chairperson, matter, { ...base, key: 'casework.noticeChairperson' });
  }
}

/** To whom a notice is said: who has to do something, the head above, and the chairperson once it stays so. */
async function heard(
  app: App,
  matter: Case,
  { kind }: CaseNotice,
  { staff }: Round,
): Promise<{
  readonly people: readonly StaffMember[];
  readonly above: readonly StaffMember[];
  readonly chairperson: StaffMember | null;
}> {
  const handler = staff.find(({ id, active }) => id === matter.handlerId && active) ?? null;
  const superior = superiorOf(staff, matter);
  const own = handler ? [handler] : await officersOf(app, matter.unitId);
  const above = superior ? [superior] : [];
  switch (kind) {
    case 'check-outside':
    case 'no-reply':
      return { people: own, above: [], chairperson: null };
    case 'silent': {
      const others = (await officersOf(app, matter.unitId)).filter(({ id }) => id !== matter.proposal?.byId);
      return { people: others.length > 0 ? others : above, above: [], chairperson: null };
    }
    case 'due-soon':
    case 'overdue':
      return { people: own, above, chairperson: null };
    case 'overdue-again': {
      const chairperson = staff.find((member) => hasRole(member, 'chairperson')) ?? null;
      return { people: own, above, chairperson };
    }
  }
}
