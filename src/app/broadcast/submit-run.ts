import { hashed } from '#src/domain/broadcast/approval.ts';
import { countRecipients, totalRecipients } from '#src/domain/broadcast/audience.ts';
import { consentHold } from '#src/domain/broadcast/consent.ts';
import { NO_ORIGIN } from '#src/domain/broadcast/origin.ts';
import { renderPost } from '#src/domain/broadcast/render-post.ts';
import { renderLabels } from '#src/domain/broadcast/labels.ts';
import type { RunDraft } from '#src/domain/conversation/types.ts';
import { type BroadcastRun, newRun, type PersonConsent } from '#src/domain/run.ts';
import { hasRole, type StaffMember } from '#src/domain/staff.ts';
import type { EffectContext } from '../inbound/reply.ts';
import { submitSeries } from './series/submit-series.ts';
import { askApproval } from './ask-approval.ts';
import { keepConsent } from './keep-consent.ts';
import { keepPhotos } from './keep-photos.ts';
import { answer, asker, audit, type BroadcastPorts, currentPlan, runIdOf } from './ports.ts';

/**
 * An editor's draft becomes a run that waits for another person's approval. Idempotent by the effect's id, from which
 * the run's own comes. Throws when the photo cannot be fetched now; the effect runs again.
 */
export async function submitRun(
  ports: BroadcastPorts,
  context: EffectContext,
  draft: RunDraft,
): Promise<void> {
  const author = await asker(ports, context);
  if (!author || !hasRole(author, 'editor')) return answer(ports, context, { key: 'common.notAllowed' });
  const id = runIdOf(context);
  const known = await ports.runs.get(id);
  if (!known && (await reachesNobody(ports, draft)))
    return answer(ports, context, { key: 'broadcast.nobody' });
  const consent = await keepConsent(ports, context, draft.consent);
  const { repeat = null } = draft;
  if (!known && consentHold(await currentPlan(ports), { topicId: draft.topicId, consent }))
    return answer(ports, context, { key: 'broadcast.consent.notSubmitted', params: { title: draft.title } });
  if (repeat) {
    const photoIds = await keepPhotos(ports, context, draft.photos);
    return submitSeries(ports, context, { draft, repeat, author, photoIds, consent });
  }
  const run = known ?? (await createRun(ports, context, { draft, author, id, consent }));
  await audit(ports, context, author, 'run-submitted', run.id);
  const asked = await askApproval(ports, run, author);
  await answer(
    ports,
    context,
    asked > 0
      ? { key: 'broadcast.submitted', params: { title: run.title, approvers: asked } }
      : { key: 'broadcast.noApprover', params: { title: run.title } },
  );
}

/** The form asks before; in between the last group may have gone. */
async function reachesNobody(ports: BroadcastPorts, draft: RunDraft): Promise<boolean> {
  const census = await ports.destinations.census();
  return totalRecipients(countRecipients(await currentPlan(ports), draft, census)) === 0;
}

interface ToCreate {
  readonly draft: RunDraft;
  readonly author: StaffMember;
  readonly id: string;
  readonly consent: PersonConsent | null;
}

async function createRun(
  ports: BroadcastPorts,
  context: EffectContext,
  { draft, author, id, consent }: ToCreate,
): Promise<BroadcastRun> {
  const plan = await currentPlan(ports);
  const nowMs = ports.clock.nowMs();
  const photoIds = await keepPhotos(ports, context, draft.photos);
  const post = { title: draft.title, body: draft.body, photoIds, documentId: null };
  const renderings = renderPost(
    post,
    plan,
    renderLabels((ref) => ports.texts.render(ref)),
  );
  const run = newRun({
    id,
    topicId: draft.topicId,
    postId: draft.postId,
    ...post,
    consent,
    ...(draft.origin ?? NO_ORIGIN),
    audience: draft.audience,
    renderings,
    contentHash: '',
    authorId: author.id,
    sendAtMs: draft.sendAtMs ?? nowMs,
    state: 'submitted',
    createdAtMs: nowMs,
  });
  return ports.runs.create(hashed(run, ports.hash));
}
