import { isLockedReader } from '../../denunciation.ts';
import { handlesCases } from '../../staff.ts';
import type { StepContext } from '../types.ts';
import type { Answers } from './answers.ts';
import { declareForm } from './form.ts';

const KINDS = ['complaint', 'petition', 'denunciation'] as const;
const STAGES = ['received', 'accepted'] as const;
const MOST_PHOTOS = 10;

/** A denunciation is written down by those alone who may read it, and only where there is a key to lock it with. */
const kindsFor = ({ staff, keepsLocked }: StepContext): readonly string[] =>
  KINDS.filter((kind) => kind !== 'denunciation' || (keepsLocked && staff !== null && isLockedReader(staff)));

const isDenunciation = ({ kind }: Answers): boolean => kind === 'denunciation';
const isOther = (answers: Answers): boolean => !isDenunciation(answers);
const isAccepted = (answers: Answers): boolean => isDenunciation(answers) && answers['stage'] === 'accepted';

/** A signed paper that came to the office: from here the time of the law is counted. */
export const receiveLetterForm = declareForm({
  name: 'receive-letter',
  version: 1,
  steps: {
    kind: {
      kind: 'choice',
      options: (context) =>
        kindsFor(context).map((value) => ({ value, label: { key: `letter.kind.${value}` } })),
    },
    stage: {
      kind: 'choice',
      when: isDenunciation,
      options: () => STAGES.map((value) => ({ value, label: { key: `letter.stage.${value}` } })),
    },
    receivedOn: { kind: 'date', range: 'to-today', when: (answers) => !isAccepted(answers) },
    acceptedOn: { kind: 'date', range: 'to-today', when: isAccepted },
    number: { kind: 'text', maxLength: 60, optional: true },
    category: {
      kind: 'choice',
      when: ({ kind }) => kind === 'petition',
      options: ({ plan }) => plan.categories.map(({ id, label }) => ({ value: id, label })),
    },
    words: { kind: 'text', maxLength: 1_500, when: isOther },
    sender: { kind: 'text', maxLength: 100, when: isOther },
    phone: { kind: 'phone', optional: true, when: isOther },
    photos: { kind: 'photos', most: MOST_PHOTOS, optional: true, when: isOther },
    accused: {
      kind: 'choices',
      optional: true,
      when: isDenunciation,
      options: ({ plan }) =>
        plan.units.filter(({ active }) => active).map(({ id, name }) => ({ value: id, label: name })),
    },
  },
  isReviewed: true,
  mayFill: ({ staff, plan }) =>
    staff !== null && plan.cases.letters !== null && (handlesCases(staff) || isLockedReader(staff)),
  finish: ({ kind, stage, receivedOn, acceptedOn, accused, ...letter }) => {
    const day = acceptedOn ?? receivedOn ?? '';
    const { number } = letter;
    if (kind === 'denunciation') {
      const atStage = stage === 'accepted' ? 'accepted' : 'received';
      return [{ kind: 'record-denunciation', stage: atStage, day, number, accused: accused ?? [] }];
    }
    return [
      {
        kind: 'record-letter',
        letter: {
          legalKind: kind === 'complaint' ? 'complaint' : 'petition',
          receivedOn: day,
          ...{ number, categoryId: letter.category, text: letter.words ?? '' },
          ...{ senderName: letter.sender ?? '', phone: letter.phone, files: letter.photos ?? [] },
        },
      },
    ];
  },
});
