import { isAboutPersons } from '../../../broadcast/consent.ts';
import { localDateOf } from '../../../calendar/local-time.ts';
import { humanDate } from '../../../calendar/deadline.ts';
import { parseDay } from '../../../text/parse-day.ts';
import { fold } from '../../../vietnamese/fold.ts';
import { numbered } from '../../choices.ts';
import type { DraftConsent } from '../../drafts.ts';
import type { RunDraft, StepContext } from '../../types.ts';
import type { ComposeStep } from '../broadcast-state.ts';
import { again, type ComposeAnswer, type ComposeStepHandler } from './step.ts';
import { takeFile } from './words-step.ts';

const MAX_NAME_LENGTH = 80;

/** Where the form must go before this draft can be handed in; null where nothing is missing. */
export function consentStepOf(draft: RunDraft, context: StepContext): ComposeStep | null {
  const { consent = null } = draft;
  if (consent === null) return isAboutPersons(context.plan, draft.topicId) ? 'persons' : null;
  if (consent.kind !== 'missing') return null;
  return consent.person === '' ? 'consent-who' : 'consent-how';
}

const isNeeded = (step: ComposeStep) => (draft: RunDraft, context: StepContext) =>
  consentStepOf(draft, context) === step;

/** Asked on the way where the topic is about people; elsewhere offered under "Sửa". */
export const personsStep: ComposeStepHandler = {
  isNeeded: isNeeded('persons'),
  ask: (_, context) => ({
    key: 'compose.consent.persons',
    choices: numbered(context, [
      { value: 'nobody', label: { key: 'compose.consent.nobody' } },
      { value: 'somebody', label: { key: 'compose.consent.somebody' } },
    ]),
  }),
  choose: ({ draft }, value) =>
    value === 'nobody'
      ? { kind: 'next', draft: { ...draft, consent: { kind: 'names-nobody' } } }
      : { kind: 'go', step: 'consent-who', draft: named(draft, personOf(draft)) },
  // A name is the answer already.
  text: ({ draft }, words) => who(draft, words),
  file: takeFile,
};

export const consentWhoStep: ComposeStepHandler = {
  isNeeded: isNeeded('consent-who'),
  ask: () => ({ key: 'compose.consent.who', choices: [] }),
  choose: () => again(),
  text: ({ draft }, words) => who(draft, words),
  file: takeFile,
};

/** How and on what day, in words; or a photo of the paper. Whoever has not asked yet goes on and cannot hand it in. */
export const consentHowStep: ComposeStepHandler = {
  isNeeded: isNeeded('consent-how'),
  ask: ({ draft }, context) => ({
    key: 'compose.consent.how',
    params: { person: personOf(draft) },
    choices: numbered(context, [{ value: 'later', label: { key: 'compose.consent.later' } }]),
  }),
  choose: ({ draft }) => ({ kind: 'next', draft }),
  text({ draft }, words, context) {
    const today = localDateOf(context.nowMs);
    const day = parseDay(fold(words), today);
    if (day === null || day > today) return again('compose.consent.dayUnclear');
    // "Hôm qua" says nothing next month.
    const record = /\d/u.test(words) ? words : `${words} (${humanDate(Date.parse(day))})`;
    return recorded(draft, record, null);
  },
  file({ draft }, { file, caption }) {
    return file.kind === 'photo' ? recorded(draft, caption ?? '', file) : again('compose.consent.photoOnly');
  },
};

function who(draft: RunDraft, words: string): ComposeAnswer {
  const person = words.replaceAll(/\s+/gu, ' ').trim();
  if (person === '' || person.length > MAX_NAME_LENGTH) return again('compose.consent.nameUnclear');
  return { kind: 'go', step: 'consent-how', draft: named(draft, person) };
}

const named = (draft: RunDraft, person: string): RunDraft => ({
  ...draft,
  consent: { kind: 'missing', person },
});

function recorded(
  draft: RunDraft,
  record: string,
  photo: Extract<DraftConsent, { kind: 'recorded' }>['photo'],
): ComposeAnswer {
  const person = personOf(draft);
  return { kind: 'next', draft: { ...draft, consent: { kind: 'recorded', person, record, photo } } };
}

function personOf({ consent }: RunDraft): string {
  return consent && consent.kind !== 'names-nobody' ? consent.person : '';
}
