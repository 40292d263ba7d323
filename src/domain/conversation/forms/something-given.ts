import { SHOWN_BY, type ShownBy } from '../../done-by.ts';
import type { Steps } from './form.ts';
import { colleagueOptions } from './people-options.ts';

/** What, to whom, by when, and what will show that it is done. */
export const SOMETHING_GIVEN = {
  title: { kind: 'text', maxLength: 200 },
  to: { kind: 'choice', options: colleagueOptions },
  day: { kind: 'date', range: 'from-today' },
  shownBy: {
    kind: 'choice',
    options: () => SHOWN_BY.map((value) => ({ value, label: { key: `duty.shownBy.${value}` } })),
  },
} as const satisfies Steps;

/** The answer as it is stored. */
export const shownByOf = (value: string): ShownBy => SHOWN_BY.find((one) => one === value) ?? 'word';
