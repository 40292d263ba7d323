import { SEVERITIES } from '../../inspections/visit.ts';
import { declareForm } from './form.ts';

/** What the team found. `about.visitId`. */
export const findingForm = declareForm({
  name: 'finding',
  version: 1,
  steps: {
    text: { kind: 'text', maxLength: 1_000 },
    severity: {
      kind: 'choice',
      options: () => SEVERITIES.map((value) => ({ value, label: { key: `inspection.severity.${value}` } })),
    },
    term: { kind: 'date', range: 'from-tomorrow', when: ({ severity }) => severity !== 'remind' },
    photos: { kind: 'photos', most: 5, optional: true },
  },
  isReviewed: true,
  mayFill: ({ staff }) => staff !== null,
  finish: ({ text, severity, term, photos }, { visitId = '' }) => [
    {
      kind: 'inspection',
      order: {
        kind: 'find',
        visitId,
        text,
        severity: SEVERITIES.find((one) => one === severity) ?? 'fix',
        term: term ?? null,
        photos: photos ?? [],
      },
    },
  ],
});
