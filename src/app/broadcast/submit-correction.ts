import { hashed } from '#src/domain/broadcast/approval.ts';
import type { CorrectionDraft } from '#src/domain/conversation/types.ts';
import { newRun } from '#src/domain/run.ts';
import { hasRole } from '#src/domain/staff.ts';
import type { EffectContext } from '../inbound/reply.ts';
import { stateWords } from './state-words.ts';
import { tellHandedIn } from './tell-handed-in.ts';
import { askApproval } from './ask-approval.ts';
import { correctable, correctionContent } from './make-correction.ts';
import { answer, asker, audit, type BroadcastPorts, runIdOf } from './ports.ts';

/**
 * An editor's right text becomes a run that waits for another person, as any post does; approved, it goes to exactly
 * those who got what it corrects. Idempotent by the effect's id.
 */
export async function submitCorrection(
  ports: BroadcastPorts,
  context: EffectContext,
  draft: CorrectionDraft,
): Promise<void> {
  const author = await asker(ports, context);
  if (!author || !hasRole(author, 'editor')) return answer(ports, context, { key: 'common.notAllowed' });
  const found = await correctable(ports, draft.runId);
  if (!found) return refuse(ports, context, draft.runId);
  const { run, root } = found;
  const nowMs = ports.clock.nowMs();
  const content = await correctionContent(ports, root, draft);
  const unhashed = newRun({
    id: runIdOf(context),
    kind: 'correction',
    corrects: run.id,
    reason: draft.reason,
    topicId: root.topicId,
    postId: root.postId,
    ...content,
    contentHash: '',
    authorId: author.id,
    sendAtMs: nowMs,
    state: 'submitted',
    createdAtMs: nowMs,
  });
  const correction = await ports.runs.create(hashed(unhashed, ports.hash));
  await audit(ports, context, author, 'correction-submitted', correction.id, `${run.id}: ${draft.reason}`);
  return tellHandedIn(ports, context, correction, await askApproval(ports, correction, author));
}

export async function refuse(ports: BroadcastPorts, context: EffectContext, runId: string): Promise<void> {
  const run = await ports.runs.get(runId);
  if (!run) return answer(ports, context, { key: 'broadcast.gone' });
  const params = { title: run.title, state: stateWords(ports, run) };
  return answer(ports, context, { key: 'broadcast.correction.notNow', params });
}
