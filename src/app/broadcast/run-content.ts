import { NO_ORIGIN } from '#src/domain/broadcast/origin.ts';
import { renderLabels } from '#src/domain/broadcast/labels.ts';
import { renderPost } from '#src/domain/broadcast/render-post.ts';
import type { RunDraft } from '#src/domain/conversation/types.ts';
import type { BroadcastRun, Origin } from '#src/domain/run.ts';
import type { EffectContext } from '../inbound/reply.ts';
import { keepConsent } from './keep-consent.ts';
import { keepPhotos } from './keep-photos.ts';
import { type BroadcastPorts, currentPlan } from './ports.ts';

export type RunContent = Pick<
  BroadcastRun,
  | 'topicId'
  | 'postId'
  | 'title'
  | 'body'
  | 'photoIds'
  | 'documentId'
  | keyof Origin
  | 'consent'
  | 'audience'
  | 'renderings'
>;

/** What a draft comes to: with its photos and papers in our own store, in every form. Throws when one cannot be fetched now. */
export async function contentOf(
  ports: BroadcastPorts,
  context: EffectContext,
  draft: RunDraft,
): Promise<RunContent> {
  const { topicId, postId, title, body, audience } = draft;
  const photoIds = await keepPhotos(ports, context, draft.photos);
  const consent = await keepConsent(ports, context, draft.consent);
  const post = { title, body, photoIds, documentId: null };
  const labels = renderLabels((ref) => ports.texts.render(ref));
  const renderings = renderPost(post, await currentPlan(ports), labels);
  return { topicId, postId, ...post, consent, ...(draft.origin ?? NO_ORIGIN), audience, renderings };
}
