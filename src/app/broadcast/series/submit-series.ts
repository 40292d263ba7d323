import { consentHold, libraryConsent } from '#src/domain/broadcast/consent.ts';
import type { Plan } from '#src/domain/plan.ts';
import type { Origin } from '#src/domain/run.ts';
import { libraryOrigin } from '#src/domain/broadcast/origin.ts';
import type { Repeat } from '#src/domain/repeat.ts';
import type { PostSummary, RunDraft } from '#src/domain/conversation/types.ts';
import { type Series, seriesHash, type SeriesPost } from '#src/domain/series.ts';
import type { StaffMember } from '#src/domain/staff.ts';
import type { EffectContext } from '../../inbound/reply.ts';
import { audit, type BroadcastPorts } from '../ports.ts';
import { renderRun } from '../render-run.ts';
import type { RunContent } from '../run-content.ts';
import { tellHandedIn } from '../tell-handed-in.ts';
import { askSeriesApproval } from './ask-series-approval.ts';

/** A draft that repeats becomes a series which waits for approval as a whole. Idempotent by the effect's id. */
export async function submitSeries(
  ports: BroadcastPorts,
  context: EffectContext,
  given: Omit<NewSeries, 'id'>,
): Promise<void> {
  const { author } = given;
  const id = `S-${context.id.replaceAll(':', '-')}`;
  const known = await ports.series.get(id);
  const series = known ?? (await create(ports, { ...given, id }));
  await audit(ports, context, author, 'series-submitted', series.id, series.rule);
  return tellHandedIn(ports, context, series, await askSeriesApproval(ports, series, author));
}

interface NewSeries {
  readonly id: string;
  readonly draft: RunDraft;
  readonly repeat: Repeat;
  readonly author: StaffMember;
  readonly content: RunContent;
}

async function create(
  ports: BroadcastPorts,
  { id, draft, repeat, author, content }: NewSeries,
): Promise<Series> {
  const posts = await postsInTurn(ports, draft, repeat, content);
  const nowMs = ports.clock.nowMs();
  const what = { topicId: draft.topicId, rule: repeat.rule, posts, audience: draft.audience };
  return ports.series.create({
    id,
    ...what,
    title: draft.title,
    contentHash: seriesHash(what, ports.hash),
    authorId: author.id,
    approverId: null,
    approvedHash: null,
    approvedAtMs: null,
    returnComment: null,
    exceptions: [],
    madeUntilMs: 0,
    state: 'submitted',
    createdAtMs: nowMs,
    rev: 1,
  });
}

function originOf({ sources, validFrom, validTo, owner, supersedes }: Origin) {
  const rest = { sources, validFrom, validTo, owner };
  // Left out where there is none: a series approved before has no such field, and its hash none either.
  return supersedes === null ? rest : { ...rest, supersedes };
}

/** Over a month the other posts of the topic take turns with the draft's own, but those that name a person. */
export function othersInTurn(
  { plan, posts }: { readonly plan: Plan; readonly posts: readonly PostSummary[] },
  { topicId, postId }: Pick<RunDraft, 'topicId' | 'postId'>,
  repeat: Repeat,
): readonly PostSummary[] {
  if (repeat.kind !== 'month') return [];
  return posts.filter(
    (post) =>
      post.topicId === topicId &&
      post.id !== postId &&
      consentHold(plan, { topicId: post.topicId, consent: libraryConsent(post) }) === null,
  );
}

async function postsInTurn(
  ports: BroadcastPorts,
  draft: RunDraft,
  repeat: Repeat,
  content: RunContent,
): Promise<readonly SeriesPost[]> {
  const current = await ports.plans.current();
  if (!current) throw new Error('no plan was imported');
  const { postId, title, body, photoIds, documentId, consent, renderings } = content;
  const link = content.link === null ? {} : { link: content.link };
  const words = { postId, title, body, photoIds, documentId, ...link };
  const first = { ...words, consent, ...originOf(content), renderings };
  const others = othersInTurn(current, draft, repeat).map(async (post) => {
    const words = { title: post.title, body: post.body, photoIds: [], documentId: null };
    return {
      ...words,
      postId: post.id,
      consent: libraryConsent(post),
      ...originOf(libraryOrigin(post)),
      renderings: await renderRun(ports, current.plan, words),
    };
  });
  return [first, ...(await Promise.all(others))];
}
