import type { Steps } from './form.ts';
import { colleagueOptions } from './people-options.ts';

/** What, to whom, by when. */
export const SOMETHING_GIVEN = {
  title: { kind: 'text', maxLength: 200 },
  to: { kind: 'choice', options: colleagueOptions },
  day: { kind: 'date', range: 'from-today' },
} as const satisfies Steps;
