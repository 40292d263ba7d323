import { weekDays } from '../../procedures/figures.ts';
import { maskPersonal } from '../../vietnamese/phone.ts';
import { declareForm } from './form.ts';

/** What a week brought with the files of procedures. `about.week` is its Monday. Who may write is looked at where it is kept. */
export const figuresForm = declareForm({
  name: 'figures',
  version: 1,
  steps: {
    received: { kind: 'count', most: 100_000 },
    onTime: { kind: 'count', most: 100_000 },
    late: { kind: 'count', most: 100_000 },
    overdue: { kind: 'count', most: 100_000 },
    why: { kind: 'text', maxLength: 150, when: ({ overdue }) => typeof overdue === 'number' && overdue > 0 },
  },
  isReviewed: true,
  textParams: ({ week = '' }) => weekDays(week),
  mayFill: ({ staff, plan }) => staff !== null && plan.procedures !== null,
  finish: ({ received, onTime, late, overdue, why }, { week = '' }) => [
    {
      kind: 'record-figures',
      week,
      figures: { received, onTime, late, overdue, why: why === null ? null : oneLine(maskPersonal(why)) },
    },
  ],
});

const oneLine = (words: string): string => words.replace(/\s+/gu, ' ').trim();
