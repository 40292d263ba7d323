import { drawProblem } from '../../inspections/plan-visit.ts';
import type { LocalDate } from '../../plan.ts';
import type { WantedDay } from '../inspection-effects.ts';
import type { Refusal, Step } from './form.ts';

const ways = { chosen: 'chosen', drawn: 'drawn' } as const;

/** The questions for the day of a visit: one that somebody names, or the days among which one is drawn. */
export const visitDaySteps = (range: 'from-today' | 'from-tomorrow') =>
  ({
    when: {
      kind: 'choice',
      options: () =>
        Object.values(ways).map((value) => ({ value, label: { key: `inspection.when.${value}` } })),
    },
    day: { kind: 'date', range, when: ({ when }) => when === ways.chosen },
    from: { kind: 'date', range: 'from-tomorrow', when: ({ when }) => when === ways.drawn },
    to: { kind: 'date', range: 'from-tomorrow', when: ({ when }) => when === ways.drawn },
  }) as const satisfies Readonly<Record<string, Step>>;

interface DayAnswers {
  readonly when: string;
  readonly day: LocalDate | null;
  readonly from: LocalDate | null;
  readonly to: LocalDate | null;
}

export function checkVisitDay({ when, from, to }: DayAnswers): Refusal | null {
  if (when !== ways.drawn || from === null || to === null) return null;
  const problem = drawProblem(from, to);
  return problem && { step: 'to', key: `inspection.refused.${problem}` };
}

export const wantedDay = ({ when, day, from, to }: DayAnswers): WantedDay =>
  when === ways.drawn ? { from: from ?? '', to: to ?? '' } : (day ?? '');
