import { renderLabels } from '#src/domain/broadcast/labels.ts';
import { consentHold, libraryConsent } from '#src/domain/broadcast/consent.ts';
import type { PersonConsent } from '#src/domain/run.ts';
import { libraryOrigin, NO_ORIGIN } from '#src/domain/broadcast/origin.ts';
import { renderPost } from '#src/domain/broadcast/render-post.ts';
import type { Repeat } from '#src/domain/repeat.ts';
import type { RunDraft } from '#src/domain/conversation/types.ts';
import { type Series, seriesHash, type SeriesPost } from '#src/domain/series.ts';
import type { StaffMember } from '#src/domain/staff.ts';
import type { EffectContext } from '../../inbound/reply.ts';
import { answer, audit, type BroadcastPorts } from '../ports.ts';
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
  const asked = await askSeriesApproval(ports, series, author);
  await answer(
    ports,
    context,
    asked > 0
      ? { key: 'broadcast.submitted', params: { title: series.title, approvers: asked } }
      : { key: 'broadcast.noApprover', params: { title: series.title } },
  );
}

interface NewSeries {
  readonly id: string;
  readonly draft: RunDraft;
  readonly repeat: Repeat;
  readonly author: StaffMember;
  readonly photoIds: readonly string[];
  readonly consent: PersonConsent | null;
}

async function create(
  ports: BroadcastPorts,
  { id, draft, repeat, author, photoIds, consent }: NewSeries,
): Promise<Series> {
  const posts = await postsInTurn(ports, draft, repeat, photoIds, consent);
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

const originOf = ({ origin }: RunDraft) => {
  const { supersedes, ...rest } = origin ?? NO_ORIGIN;
  // Left out where there is none: a series approved before has no such field, and its hash none either.
  return supersedes === null ? rest : { ...rest, supersedes };
};

/** The post of the draft first; over a month the other posts of its topic take turns with it, but those that name a person. */
export async function postsInTurn(
  ports: BroadcastPorts,
  draft: RunDraft,
  repeat: Repeat,
  photoIds: readonly string[],
  consent: PersonConsent | null,
): Promise<readonly SeriesPost[]> {
  const current = await ports.plans.current();
  if (!current) throw new Error('no plan was imported');
  const labels = renderLabels((ref) => ports.texts.render(ref));
  const others =
    repeat.kind === 'month'
      ? current.posts.filter(
          (post) =>
            post.topicId === draft.topicId &&
            post.id !== draft.postId &&
            consentHold(current.plan, { topicId: post.topicId, consent: libraryConsent(post) }) === null,
        )
      : [];
  return [
    { postId: draft.postId, title: draft.title, body: draft.body, photoIds, consent, ...originOf(draft) },
    ...others.map((post) => {
      const { id: postId, title, body } = post;
      return {
        postId,
        title,
        body,
        photoIds: [],
        consent: libraryConsent(post),
        ...originOf({ ...draft, origin: libraryOrigin(post) }),
      };
    }),
  ].map((post) => {
    const content = { ...post, documentId: null };
    return { ...content, renderings: renderPost(content, current.plan, labels) };
  });
}
