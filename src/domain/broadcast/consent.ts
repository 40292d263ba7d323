import type { PostSummary, TextRef } from '../conversation/types.ts';
import type { Plan } from '../plan.ts';
import type { BroadcastRun, PersonConsent } from '../run.ts';
import { fold } from '../vietnamese/fold.ts';

/** Why a post that names a person, or may, does not go out. */
export type ConsentHold = 'not-asked' | 'missing' | 'withdrawn';

/** Posts on such a topic name people by their nature (TT-04, TT-10: "gương điển hình"). */
export function isAboutPersons(plan: Plan, topicId: string): boolean {
  return plan.topics.some((topic) => topic.id === topicId && topic.namesPersons);
}

/** Null: nothing is in the way. Asked again at each step on the way out, for consent may be withdrawn at any time. */
export function consentHold(
  plan: Plan,
  { topicId, consent }: Pick<BroadcastRun, 'topicId' | 'consent'>,
): ConsentHold | null {
  if (consent === null) return isAboutPersons(plan, topicId) ? 'not-asked' : null;
  switch (consent.kind) {
    case 'names-nobody':
      return null;
    case 'missing':
    case 'withdrawn':
      return consent.kind;
    case 'recorded':
      return consent.record === '' && consent.photoId === null ? 'missing' : null;
  }
}

/** What the file of a post of the library says of it; null where it says nothing. */
export function libraryConsent({ namesPerson }: Pick<PostSummary, 'namesPerson'>) {
  if (namesPerson === undefined) return null;
  return namesPerson ? ({ kind: 'missing', person: '' } as const) : ({ kind: 'names-nobody' } as const);
}

/** Of posts that are approved as one: the first that is held. */
export function firstHold(
  plan: Plan,
  { topicId, posts }: { readonly topicId: string; readonly posts: readonly Pick<BroadcastRun, 'consent'>[] },
): ConsentHold | null {
  for (const { consent } of posts) {
    const hold = consentHold(plan, { topicId, consent });
    if (hold) return hold;
  }
  return null;
}

/** A correction takes a name out as often as it leaves it in: a consent that is gone does not hold it, and the
 * approver reads that it names nobody. */
export function consentOfCorrection(
  plan: Plan,
  { topicId, consent }: Pick<BroadcastRun, 'topicId' | 'consent'>,
): PersonConsent | null {
  if (consent === null && !isAboutPersons(plan, topicId)) return null;
  return consent?.kind === 'recorded' ? consent : { kind: 'names-nobody' };
}

/** Is this the recorded consent of the person? Names are told apart as people write them. */
export function isConsentOf(consent: PersonConsent | null, person: string): boolean {
  return consent?.kind === 'recorded' && fold(consent.person) === fold(person);
}

/** What an approver reads of it; empty where nobody had to be asked. */
export function consentWords(text: (ref: TextRef) => string, consent: PersonConsent | null): string {
  switch (consent?.kind) {
    case 'names-nobody':
      return text({ key: 'broadcast.consent.namesNobody' });
    case 'recorded': {
      const { person, record, photoId } = consent;
      const paper = photoId === null ? record : text({ key: 'broadcast.consent.paper', params: { record } });
      return text({ key: 'broadcast.consent.recorded', params: { person, record: paper.trim() } });
    }
    case 'missing':
    case 'withdrawn':
    case undefined:
      return '';
  }
}
