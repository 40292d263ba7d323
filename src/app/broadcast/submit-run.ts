import { hashed } from '#src/domain/broadcast/approval.ts';
import { countRecipients, totalRecipients } from '#src/domain/broadcast/audience.ts';
import { consentHold } from '#src/domain/broadcast/consent.ts';
import type { RunDraft } from '#src/domain/conversation/types.ts';
import { type BroadcastRun, newRun } from '#src/domain/run.ts';
import { hasRole, type StaffMember } from '#src/domain/staff.ts';
import type { EffectContext } from '../inbound/reply.ts';
import { askApproval } from './ask-approval.ts';
import { answer, asker, audit, type BroadcastPorts, currentPlan, runIdOf } from './ports.ts';
import { resubmit } from './own-posts/resubmit.ts';
import { retire } from './own-posts/retire.ts';
import { contentOf, type RunContent } from './run-content.ts';
import { tellHandedIn } from './tell-handed-in.ts';
import { submitSeries } from './series/submit-series.ts';

/**
 * An editor's draft becomes a run that waits for another person's approval; of a post that was `takenUp` again it takes the
 * place. Idempotent by the effect's id, from which the run's own comes. Throws when a photo cannot be fetched now; the effect
 * runs again.
 */
export async function submitRun(
  ports: BroadcastPorts,
  context: EffectContext,
  draft: RunDraft,
  takenUp: string | null = null,
): Promise<void> {
  const author = await asker(ports, context);
  if (!author || !hasRole(author, 'editor')) return answer(ports, context, { key: 'common.notAllowed' });
  const known = await ports.runs.get(runIdOf(context));
  if (!known && (await reachesNobody(ports, draft)))
    return answer(ports, context, { key: 'broadcast.nobody' });
  const content = await contentOf(ports, context, draft);
  if (!known && consentHold(await currentPlan(ports), content))
    return answer(ports, context, { key: 'broadcast.consent.notSubmitted', params: { title: draft.title } });
  const { repeat = null, sendAtMs } = draft;
  const before = takenUp === null ? null : await ports.runs.get(takenUp);
  if (before && !repeat) return resubmit(ports, context, { id: before.id, content, author, sendAtMs });
  if (takenUp !== null && !(await retire(ports, context, takenUp, author))) return;
  if (repeat) return submitSeries(ports, context, { draft, repeat, author, content });
  const run = known ?? (await createRun(ports, context, { content, author, sendAtMs }));
  await audit(ports, context, author, 'run-submitted', run.id);
  return tellHandedIn(ports, context, run, await askApproval(ports, run, author));
}

/** The form asks before; in between the last group may have gone. */
async function reachesNobody(ports: BroadcastPorts, draft: RunDraft): Promise<boolean> {
  if (draft.meeting) return false;
  const census = await ports.destinations.census();
  return totalRecipients(countRecipients(await currentPlan(ports), draft, census)) === 0;
}

interface ToCreate {
  readonly content: RunContent;
  readonly author: StaffMember;
  readonly sendAtMs: number | null;
}

function createRun(
  ports: BroadcastPorts,
  context: EffectContext,
  { content, author, sendAtMs }: ToCreate,
): Promise<BroadcastRun> {
  const nowMs = ports.clock.nowMs();
  const run = newRun({
    ...content,
    id: runIdOf(context),
    contentHash: '',
    authorId: author.id,
    sendAtMs: sendAtMs ?? nowMs,
    state: 'submitted',
    createdAtMs: nowMs,
  });
  return ports.runs.create(hashed(run, ports.hash));
}
