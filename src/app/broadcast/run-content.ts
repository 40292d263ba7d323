import { NO_ORIGIN } from '#src/domain/broadcast/origin.ts';
import type { RunDraft } from '#src/domain/conversation/types.ts';
import type { BroadcastRun, Origin } from '#src/domain/run.ts';
import type { EffectContext } from '../inbound/reply.ts';
import { keepConsent } from './keep-consent.ts';
import { keepDocument } from './keep-document.ts';
import { keepPhotos } from './keep-photos.ts';
import { type BroadcastPorts, currentPlan } from './ports.ts';
import { renderRun } from './render-run.ts';

export type RunContent = Pick<
  BroadcastRun,
  | 'topicId'
  | 'postId'
  | 'title'
  | 'body'
  | 'photoIds'
  | 'documentId'
  | 'link'
  | keyof Origin
  | 'consent'
  | 'audience'
  | 'meeting'
  | 'renderings'
>;

/** What a draft comes to: with its photos and papers in our own store, in every form. Throws when one cannot be fetched now. */
export async function contentOf(
  ports: BroadcastPorts,
  context: EffectContext,
  draft: RunDraft,
): Promise<RunContent> {
  const { topicId, postId, title, body, audience, meeting = null } = draft;
  const photoIds = await keepPhotos(ports, context, draft.photos);
  const consent = await keepConsent(ports, context, draft.consent);
  const documentId = await keepDocument(ports, context, draft.document);
  const post = { title, body, photoIds, documentId, link: draft.link ?? null };
  const renderings = await renderRun(ports, await currentPlan(ports), post);
  return { topicId, postId, ...post, consent, ...(draft.origin ?? NO_ORIGIN), audience, meeting, renderings };
}
