import type { Case, CaseClock } from '#src/domain/case.ts';
import type { CaseLaw } from '#src/domain/cases/case-law.ts';
import { caseNotices, type NoticeRules } from '#src/domain/cases/case-notices.ts';
import { superiorOf } from '#src/domain/cases/may-handle.ts';
import { countDeadline, type DeadlineCount } from '#src/domain/calendar/deadline.ts';
import { ruleInForce } from '#src/domain/calendar/rule-in-force.ts';
import type { Plan, TermRule } from '#src/domain/plan.ts';
import type { StaffMember } from '#src/domain/staff.ts';
import type { App } from '../app.ts';

/** What the plan and the calendar say about a case as it stands now. */
export async function caseLaw(app: App, matter: Case): Promise<CaseLaw> {
  const plan = await planOf(app);
  return lawOf(app, plan, await app.staff.list(), matter);
}

export function lawOf(
  app: Pick<App, 'calendar'>,
  plan: Plan,
  staff: readonly StaffMember[],
  matter: Pick<Case, 'unitId' | 'handlerId'>,
): CaseLaw {
  const { calendar } = app;
  const { cases } = plan;
  const endOf = (ruleId: string) => (fromMs: number) =>
    countDeadline(calendar, ruleFor(plan, ruleId, fromMs), fromMs).dueAtMs;
  const rules: NoticeRules = {
    calendar,
    dueSoonWorkingDays: cases.dueSoonWorkingDays,
    silenceEndsMs: endOf(cases.silenceRule),
  };
  return {
    dueAtMs: (clock) => countClock(app, plan, clock).dueAtMs,
    silenceEndsMs: rules.silenceEndsMs,
    disputeEndsMs: endOf(cases.disputeRule),
    longestExtension: ruleFor(plan, cases.extensionRule, FAR_MS).term,
    complaint: cases.letters?.complaint ?? null,
    superiorId: superiorOf(staff, matter)?.id ?? null,
    nextAtMs: (after) => caseNotices(after, rules)[0]?.atMs ?? null,
  };
}

/** How the date of a clock comes about. */
export function countClock(app: Pick<App, 'calendar'>, plan: Plan, clock: CaseClock): DeadlineCount {
  const { pauses, extensions } = clock;
  return countDeadline(app.calendar, ruleFor(plan, clock.ruleId, clock.fromMs), clock.fromMs, {
    pauses,
    extensions,
  });
}

/** Throws for a rule that the plan does not have: plans are checked when they are read. */
export function ruleFor(plan: Plan, ruleId: string, atMs: number): TermRule {
  const rule = ruleInForce(plan, ruleId, atMs) ?? plan.rules.find(({ id }) => id === ruleId);
  if (!rule) throw new Error(`the plan has no rule ${ruleId}`);
  return rule;
}

/** The last instant that a date can name. */
const FAR_MS = Date.UTC(9999, 0);

export async function planOf(app: Pick<App, 'plans'>): Promise<Plan> {
  const current = await app.plans.current();
  if (!current) throw new Error('no plan is imported');
  return current.plan;
}
