import type { Correction } from '../../cases/acts.ts';
import type { Answers, PlaceAnswer } from './answers.ts';
import { declareForm } from './form.ts';

const PARTS = ['words', 'place', 'phone'] as const;

const is =
  (part: (typeof PARTS)[number]) =>
  ({ what }: Answers): boolean =>
    what === part;

/** A resident puts something right in one of their cases. `about.caseId`. */
export const correctCaseForm = declareForm({
  name: 'correct-case',
  version: 1,
  steps: {
    what: {
      kind: 'choice',
      options: () => PARTS.map((value) => ({ value, label: { key: `mycase.part.${value}` } })),
    },
    words: { kind: 'text', maxLength: 2_000, when: is('words') },
    place: { kind: 'place', when: is('place') },
    phone: { kind: 'phone', when: is('phone') },
  },
  isReviewed: false,
  mayFill: () => true,
  finish: ({ words, place, phone }, { caseId = '' }) => {
    const to = correctionOf(words, place, phone);
    return to === null ? [] : [{ kind: 'correct-case', caseId, to }];
  },
});

function correctionOf(
  text: string | null,
  place: PlaceAnswer | null,
  phone: string | null,
): Correction | null {
  if (text !== null) return { what: 'words', text };
  if (place !== null) return { what: 'place', place };
  return phone === null ? null : { what: 'phone', phone };
}
