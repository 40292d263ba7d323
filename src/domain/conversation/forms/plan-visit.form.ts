import { rulesToPlan, unitsToInspect } from '../../inspections/may-see.ts';
import { localDateOf } from '../../calendar/local-time.ts';
import type { Inspection } from '../../plan.ts';
import { KINDS_OF_INSPECTION } from '../../plan-inspections.ts';
import type { StaffMember } from '../../staff.ts';
import { unitNameOf } from '../../unit-name.ts';
import type { StepContext } from '../types.ts';
import type { Answers } from './answers.ts';
import { declareForm } from './form.ts';
import { checkVisitDay, visitDaySteps, wantedDay } from './visit-day.ts';
import { checkVisitTeam, leadFirst, visitTeamSteps, whoMayGo } from './visit-team.ts';

/** Plans a visit: what, whom, when, and who goes. */
export const planVisitForm = declareForm({
  name: 'plan-visit',
  version: 1,
  steps: {
    rule: {
      kind: 'choice',
      options: (context) => rules(context).map(({ id, title }) => ({ value: id, label: title })),
    },
    kind: {
      kind: 'choice',
      when: (answers, context) => (ruleOf(answers, context)?.kinds.length ?? 0) > 1,
      options: (context, _, answers) =>
        (ruleOf(answers, context)?.kinds ?? []).map((value) => ({
          value,
          label: { key: `inspection.kind.${value}` },
        })),
    },
    unit: {
      kind: 'choice',
      when: (answers, context) => units(answers, context).length > 1,
      options: (context, _, answers) =>
        units(answers, context).map((value) => ({ value, label: unitLabel(value, context) })),
    },
    ...visitDaySteps('from-today'),
    ...visitTeamSteps((context, _, answers) => people(answers, context)),
  },
  isReviewed: true,
  choosesPeople: true,
  mayFill: (context) => rules(context).length > 0,
  /** An answer may have been changed from the summary, after those that hang on it were given. */
  check(answers, context) {
    const { kind, unit, team, lead } = answers;
    const rule = ruleOf(answers, context);
    const key = 'inspection.refused.';
    if (rule && kind !== null && rule.kinds.length > 1 && !rule.kinds.some((one) => one === kind))
      return { step: 'kind', key: `${key}kind` };
    const allowed = units(answers, context);
    if (allowed.length > 1 && !allowed.some((one) => one === unit))
      return { step: 'unit', key: `${key}unit` };
    const ofDay = checkVisitDay(answers);
    if (ofDay) return ofDay;
    const may = people(answers, context);
    if (context.people && team.some((id) => !may.some((one) => one.id === id)))
      return { step: 'team', key: `${key}team` };
    return checkVisitTeam({ team, lead });
  },
  finish: ({ rule, kind, unit, team, lead, ...day }) => [
    {
      kind: 'inspection',
      order: {
        kind: 'plan',
        ruleId: rule,
        inspectionKind: KINDS_OF_INSPECTION.find((one) => one === kind) ?? null,
        unitId: unit ?? null,
        day: wantedDay(day),
        team: leadFirst({ team, lead }),
      },
    },
  ],
});

const rules = ({ plan, staff }: StepContext): readonly Inspection[] =>
  staff === null ? [] : rulesToPlan(plan, staff);

const ruleOf = (answers: Answers, context: StepContext): Inspection | undefined =>
  rules(context).find(({ id }) => id === answers['rule']);

function units(answers: Answers, context: StepContext): readonly string[] {
  const rule = ruleOf(answers, context);
  return rule && context.staff ? unitsToInspect(rule, context.staff) : [];
}

const unitLabel = (unitId: string, { plan, nowMs }: StepContext): string =>
  unitNameOf(plan, unitId, localDateOf(nowMs));

function people(answers: Answers, context: StepContext): readonly StaffMember[] {
  const rule = ruleOf(answers, context);
  const allowed = units(answers, context);
  const { unit } = answers;
  const chosen = typeof unit === 'string' ? unit : undefined;
  return whoMayGo(context, allowed.length === 1 ? allowed[0] : chosen, rule?.inspector);
}
