import { hasAddress, hasRole, type StaffMember } from '../../staff.ts';
import type { StepContext } from '../types.ts';
import type { About, Answers } from './answers.ts';
import type { Refusal, Step } from './form.ts';
import { personOption } from './people-options.ts';

/** Somebody who may be sent to look at something. */
const LOOKING = ['inspector', 'handler', 'editor', 'approver', 'leader', 'admin', 'chairperson'] as const;

/** Who can go to look at `unitId`: nobody who works there; those of `firstUnitId` first. */
export function whoMayGo(
  { people }: StepContext,
  unitId: string | undefined,
  firstUnitId: string | undefined,
): readonly StaffMember[] {
  const rank = (one: StaffMember): number => (one.unitId === firstUnitId ? 0 : 1);
  return (people ?? [])
    .filter((one) => hasAddress(one) && hasRole(one, ...LOOKING) && one.unitId !== unitId)
    .toSorted((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name, 'vi'));
}

type People = (context: StepContext, about: About, answers: Answers) => readonly StaffMember[];

/** The questions for who goes, and which of them leads. */
export const visitTeamSteps = (people: People) =>
  ({
    team: {
      kind: 'choices',
      options: (context, about, answers) =>
        people(context, about, answers).map((one) => personOption(one, context)),
    },
    lead: {
      kind: 'choice',
      when: (answers) => chosenTeam(answers).length > 1,
      options: (context, about, answers) =>
        people(context, about, answers)
          .filter(({ id }) => chosenTeam(answers).includes(id))
          .map((one) => personOption(one, context)),
    },
  }) as const satisfies Readonly<Record<string, Step>>;

const chosenTeam = ({ team }: Answers): readonly string[] =>
  Array.isArray(team) ? team.filter((one) => typeof one === 'string') : [];

interface TeamAnswers {
  readonly team: readonly string[];
  readonly lead: string | null;
}

export const checkVisitTeam = ({ team, lead }: TeamAnswers): Refusal | null =>
  team.length > 1 && lead !== null && !team.includes(lead)
    ? { step: 'lead', key: 'inspection.refused.lead' }
    : null;

export const leadFirst = ({ team, lead }: TeamAnswers): readonly string[] =>
  [...team].sort((a, b) => Number(b === lead) - Number(a === lead));
