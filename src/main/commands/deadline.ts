import { buildCalendar } from '#src/calendar/build-calendar.ts';
import { USUAL_HOURS } from '#src/domain/calendar/calendar.ts';
import {
  countDeadline,
  type CountStep,
  type DeadlineCount,
  USUAL_COUNTING,
} from '#src/domain/calendar/deadline.ts';
import { ruleInForce } from '#src/domain/calendar/rule-in-force.ts';
import { explainDeadline } from '#src/domain/calendar/explain-deadline.ts';
import type { OfficeHours, Plan, Term, TermRule, TermUnit } from '#src/domain/plan.ts';
import { type Core, currentPlan } from '../core.ts';
import { type CommandAnswer, failed, table } from './output.ts';
import { dayAtWard, isoAtWard, minuteAtWard, parseInstant } from './ward-time.ts';

const UNITS: Readonly<Record<string, TermUnit>> = {
  m: 'minutes',
  wh: 'working-hours',
  wd: 'working-days',
  d: 'calendar-days',
};

const YEARS_BACK = 1;
const YEARS_AHEAD = 5;

/** `45m`, `4wh`, `10wd`, `30d`; null for anything else. */
export function parseTerm(words: string): Term | null {
  const found = /^(\d{1,4})(m|wh|wd|d)$/u.exec(words);
  const unit = UNITS[found?.[2] ?? ''];
  return found && unit ? { amount: Number(found[1]), unit } : null;
}

/** When a bare term ends in the usual office hours: needs neither settings nor services. JSON as in `ruleDeadline`. */
export function termDeadline(term: Term, from: string): CommandAnswer {
  return count({ term, rule: null, hours: USUAL_HOURS, words: () => [] }, from);
}

/**
 * When a rule of the plan that starts at `from` ends, in the plan's office hours, and how that was counted.
 * JSON: `{ok: true, from, due, rule: {id, label, source, status, effectiveFrom} | null, hours, steps, words, unknownYears}`;
 * instants are ISO 8601 at +07:00, a step is `{kind, at, to?, days?, why?}` (`CountStep`), `words` are what an officer is told
 * of it, `unknownYears` are those whose days off are not decided yet.
 */
export async function ruleDeadline(core: Core, ruleId: string, from: string): Promise<CommandAnswer> {
  const plan = await currentPlan(core.store);
  const fromMs = parseInstant(from);
  const rule = fromMs === null ? null : ruleInForce(plan, ruleId, fromMs);
  if (fromMs !== null && !rule) return noSuchRule(plan, ruleId, from);
  const words = (counted: DeadlineCount): readonly string[] =>
    rule === null
      ? []
      : explainDeadline(counted, { rule, counting: plan.counting }, (ref) => core.app.texts.render(ref));
  return count({ term: rule?.term ?? null, rule, hours: plan.ward.officeHours, words }, from);
}

function noSuchRule(plan: Plan, ruleId: string, from: string): CommandAnswer {
  const known = [...new Set(plan.rules.map((rule) => rule.id))];
  return known.includes(ruleId)
    ? failed('rule', `the rule ${ruleId} is not in force yet on ${from}`)
    : failed('rule', `${ruleId} is neither a rule of the plan nor a term such as 45m, 4wh, 10wd, 30d`, [
        `rules: ${known.join(', ')}`,
      ]);
}

interface Counted {
  readonly term: Term | null;
  readonly rule: TermRule | null;
  readonly hours: OfficeHours;
  readonly words: (counted: DeadlineCount) => readonly string[];
}

function count({ term, rule, hours, words }: Counted, from: string): CommandAnswer {
  const fromMs = parseInstant(from);
  if (fromMs === null || term === null) {
    return failed(
      'from',
      `--from ${from} is no instant: write 2024-05-09T08:00 (the ward's time) or 2024-05-09`,
    );
  }
  const year = new Date(fromMs).getUTCFullYear();
  const calendar = buildCalendar({
    fromYear: year - YEARS_BACK,
    toYear: year + YEARS_AHEAD,
    officeHours: hours,
  });
  const counted = countDeadline(calendar, { ...(rule ?? USUAL_COUNTING), term }, fromMs);
  const { dueAtMs, steps, unknownYears } = counted;
  return {
    ok: true,
    json: {
      ok: true,
      from: isoAtWard(fromMs),
      due: isoAtWard(dueAtMs),
      rule: rule && {
        id: rule.id,
        label: rule.label,
        source: rule.source,
        status: rule.status,
        effectiveFrom: rule.effectiveFrom,
      },
      hours: hoursLine(hours),
      steps: steps.map(stepRow),
      words: words(counted),
      unknownYears,
    },
    lines: [
      `due ${isoAtWard(dueAtMs)}`,
      ...(rule ? [`rule ${rule.id}: ${rule.label} (${rule.source})`] : []),
      `office hours: ${hoursLine(hours)}`,
      '',
      ...table(steps.map((step) => [`  ${whenOf(step)}`, whatOf(step)])),
      ...unknownYears.map(
        (one) => `The days off of ${String(one)} are not decided yet: the date may still move.`,
      ),
    ],
  };
}

function hoursLine({ weekdays, periods }: OfficeHours): string {
  const names = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
  const days = weekdays.map((day) => names[day - 1] ?? '').join(' ');
  return `${days}, ${periods.map((period) => `${period.from}-${period.to}`).join(' ')}`;
}

function stepRow({ atMs, ...step }: CountStep): Readonly<Record<string, unknown>> {
  if (!('toMs' in step)) return { ...step, at: isoAtWard(atMs) };
  const { toMs, ...rest } = step;
  return { ...rest, at: isoAtWard(atMs), to: isoAtWard(toMs) };
}

const whenOf = (step: CountStep): string =>
  step.kind === 'start' || step.kind === 'span' || step.kind === 'paused' || step.kind === 'end'
    ? minuteAtWard(step.atMs)
    : dayAtWard(step.atMs);

function whatOf(step: CountStep): string {
  switch (step.kind) {
    case 'start':
      return 'starts';
    case 'first-day':
      return 'the first day is not counted';
    case 'counted':
      return `${until(step)}${daysWords(step.days)}${step.inExchange ? ', worked in exchange' : ''}`;
    case 'skipped':
      return `${until(step)}${step.why}, not counted`;
    case 'span':
      return `until ${minuteAtWard(step.toMs)}: ${minutesWords((step.toMs - step.atMs) / 60_000)} of working time`;
    case 'paused':
      return `until ${minuteAtWard(step.toMs)}: paused`;
    case 'moved-on':
      return `is a day off: moves on to ${dayAtWard(step.toMs)}`;
    case 'extended':
      return 'extended';
    case 'end':
      return 'due';
  }
}

const until = ({ days, toMs }: { readonly days: number; readonly toMs: number }): string =>
  days === 1 ? '' : `until ${dayAtWard(toMs)}: `;

const daysWords = (days: number): string => (days === 1 ? '1 day' : `${String(days)} days`);

function minutesWords(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = Math.round(minutes % 60);
  return [...(hours > 0 ? [`${String(hours)} h`] : []), ...(rest > 0 ? [`${String(rest)} min`] : [])].join(
    ' ',
  );
}
