import type { DraftConsent, RunDraft } from '../conversation/drafts.ts';
import { type BroadcastRun, isImmediate, type PersonConsent, type RunState } from '../run.ts';
import type { Series } from '../series.ts';
import { repeatOf } from './repeat.ts';

/** Nothing of it has gone out: its author may take it up again. */
const OPEN = ['draft', 'returned', 'submitted', 'scheduled'] as const satisfies readonly RunState[];
export type OpenState = (typeof OPEN)[number];
export const OPEN_STATES: readonly OpenState[] = OPEN;

export const openState = ({ state }: Pick<BroadcastRun, 'state'>): OpenState | null =>
  OPEN_STATES.find((one) => one === state) ?? null;

/** The form as it was when this run was put together. */
export function draftOfRun(run: BroadcastRun): RunDraft {
  const { topicId, audience, repeat, meeting } = run;
  return {
    ...ofPost(run),
    topicId,
    audience,
    repeat,
    ...(meeting ? { meeting } : {}),
    sendAtMs: isImmediate(run) ? null : run.sendAtMs,
  };
}

/** The same of a series: its first post is the one that was written. */
export function draftOfSeries({ topicId, audience, rule, posts }: Series): RunDraft {
  const [post] = posts;
  if (!post) throw new Error('a series without a post');
  const repeat = repeatOf(rule, posts.length > 1);
  return { ...ofPost({ supersedes: null, link: null, ...post }), topicId, audience, repeat, sendAtMs: null };
}

type Post = Omit<Series['posts'][number], 'supersedes' | 'link'> & Pick<BroadcastRun, 'supersedes' | 'link'>;

function ofPost({ postId, title, body, photoIds, documentId, link, consent, ...origin }: Post) {
  const { sources, validFrom, validTo, owner, supersedes } = origin;
  return {
    postId,
    title,
    body,
    photos: photoIds.map((id) => ({ kind: 'kept', id }) as const),
    ...(documentId === null ? {} : { document: { kind: 'kept', id: documentId } as const }),
    ...(link === null ? {} : { link }),
    consent: consentOf(consent),
    origin: { sources, validFrom, validTo, owner, supersedes },
  };
}

/** Whoever has taken their consent back is asked anew. */
function consentOf(consent: PersonConsent | null): DraftConsent | null {
  if (consent?.kind === 'withdrawn') return { kind: 'missing', person: consent.person };
  if (consent?.kind !== 'recorded') return consent;
  const { photoId, ...rest } = consent;
  return { ...rest, photo: photoId === null ? null : { kind: 'kept', id: photoId } };
}
