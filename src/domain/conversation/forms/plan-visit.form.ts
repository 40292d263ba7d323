import { rulesToPlan, unitsToInspect } from '../../inspections/may-see.ts';
import { localDateOf } from '../../calendar/local-time.ts';
import type { Inspection } from '../../plan.ts';
import { KINDS_OF_INSPECTION } from '../../plan-inspections.ts';
import { hasAddress, hasRole, type StaffMember } from '../../staff.ts';
import { unitNameOf } from '../../unit-name.ts';
import type { StepContext } from '../types.ts';
import type { Answers } from './answers.ts';
import { declareForm } from './form.ts';
import { personOption } from './people-options.ts';
import { checkVisitDay, visitDaySteps, wantedDay } from './visit-day.ts';

/** Somebody who may be sent to look at something. */
const LOOKING = ['inspector', 'handler', 'editor', 'approver', 'leader', 'admin', 'chairperson'] as const;

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
    team: {
      kind: 'choices',
      options: (context, _, answers) => people(answers, context).map((one) => personOption(one, context)),
    },
    lead: {
      kind: 'choice',
      when: (answers) => teamOf(answers).length > 1,
      options: (context, _, answers) =>
        people(answers, context)
          .filter(({ id }) => teamOf(answers).includes(id))
          .map((one) => personOption(one, context)),
    },
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
    if (team.length > 1 && lead !== null && !team.includes(lead)) return { step: 'lead', key: `${key}lead` };
    return null;
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
        team: [...team].sort((a, b) => Number(b === lead) - Number(a === lead)),
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

/** Nobody of the unit that is looked at; those of the inspectors' unit first. */
function people(answers: Answers, context: StepContext): readonly StaffMember[] {
  const rule = ruleOf(answers, context);
  const allowed = units(answers, context);
  const unitId = allowed.length === 1 ? allowed[0] : answers['unit'];
  const rank = (one: StaffMember): number => (one.unitId === rule?.inspector ? 0 : 1);
  return (context.people ?? [])
    .filter((one) => hasAddress(one) && hasRole(one, ...LOOKING) && one.unitId !== unitId)
    .toSorted((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name, 'vi'));
}

const teamOf = ({ team }: Answers): readonly string[] =>
  Array.isArray(team) ? team.filter((one) => typeof one === 'string') : [];
