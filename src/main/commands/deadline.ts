import { countDeadline, type CountStep } from '#src/domain/calendar/deadline.ts';
import type { Term, TermUnit } from '#src/domain/plan.ts';
import { buildCalendar } from '#src/calendar/build-calendar.ts';
import { USUAL_HOURS } from '#src/domain/calendar/calendar.ts';
import { type Core, pickRule } from '../core.ts';
import { type CommandAnswer, isoAtWard } from './output.ts';

const UNITS: Readonly<Record<string, TermUnit>> = {
  m: 'minutes',
  wh: 'working-hours',
  wd: 'working-days',
  d: 'calendar-days',
};

/** `45m`, `4wh`, `10wd`, `30d`; null for anything else. */
export function parseTerm(words: string): Term | null {
  const found = /^(\d{1,5})(m|wh|wd|d)$/u.exec(words);
  const unit = UNITS[found?.[2] ?? ''];
  return found && unit ? { amount: Number(found[1]), unit } : null;
}

function describe(step: CountStep): string {
  switch (step.kind) {
    case 'start':
      return `${isoAtWard(step.atMs)}  starts`;
    case 'first-day-not-counted':
      return `${isoAtWard(step.atMs).slice(0, 10)}  the first day is not counted`;
    case 'counted-day':
      return `${isoAtWard(step.atMs).slice(0, 10)}  day ${String(step.number)}`;
    case 'skipped-day':
      return `${isoAtWard(step.atMs).slice(0, 10)}  ${step.why}, not counted`;
    case 'span':
      return `${isoAtWard(step.atMs)} to ${isoAtWard(step.toMs)}  working time`;
    case 'moved-on':
      return `${isoAtWard(step.atMs).slice(0, 10)}  is a day off: moves on to ${isoAtWard(step.toMs).slice(0, 10)}`;
    case 'end':
      return `${isoAtWard(step.atMs)}  due`;
  }
}

/** When a rule of the plan, or a bare term, that starts at `from` ends, and how it was counted. `core` may be null for a term. */
export async function deadline(core: Core | null, ruleOrTerm: string, from: string): Promise<CommandAnswer> {
  const fromMs = Date.parse(from);
  if (Number.isNaN(fromMs)) return failed(`--from ${from} is not an ISO 8601 instant`);
  const plan = (await core?.store.plans.current())?.plan ?? null;
  const rule = plan ? pickRule(plan, ruleOrTerm, fromMs) : null;
  const term = rule?.term ?? parseTerm(ruleOrTerm);
  if (!term)
    return failed(
      `${ruleOrTerm} is neither a rule of the plan in force then nor a term such as 45m, 4wh, 10wd, 30d`,
    );
  const year = new Date(fromMs).getUTCFullYear();
  const calendar = buildCalendar({
    fromYear: year - 1,
    toYear: year + 3,
    officeHours: plan?.ward.officeHours ?? USUAL_HOURS,
  });
  const count = countDeadline(calendar, term, fromMs);
  const steps = count.steps.map(describe);
  return {
    ok: true,
    json: {
      due: isoAtWard(count.dueAtMs),
      rule: rule
        ? { id: rule.id, source: rule.source, status: rule.status, effectiveFrom: rule.effectiveFrom }
        : null,
      steps,
      unknownYears: count.unknownYears,
    },
    lines: [
      `due ${isoAtWard(count.dueAtMs)}`,
      ...(rule ? [`rule ${rule.id}: ${rule.source}`] : []),
      ...steps,
    ],
  };
}

const failed = (problem: string): CommandAnswer => ({
  ok: false,
  json: { ok: false, problem },
  lines: [problem],
});
