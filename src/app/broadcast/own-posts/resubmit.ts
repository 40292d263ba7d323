import { contentHash, isApproved } from '#src/domain/broadcast/approval.ts';
import { openState } from '#src/domain/broadcast/taken-up.ts';
import { type BroadcastRun, isImmediate } from '#src/domain/run.ts';
import type { StaffMember } from '#src/domain/staff.ts';
import type { EffectContext } from '../../inbound/reply.ts';
import { askApproval } from '../ask-approval.ts';
import { answer, audit, type BroadcastPorts, MAX_TRIES, runWhen } from '../ports.ts';
import type { RunContent } from '../run-content.ts';
import { stateWords } from '../state-words.ts';
import { tellApproverOfHour } from '../tell-approver.ts';
import { tellHandedIn } from '../tell-handed-in.ts';

export interface Resubmission {
  readonly id: string;
  readonly content: RunContent;
  readonly author: StaffMember;
  /** Null: as soon as it is approved. */
  readonly sendAtMs: number | null;
}

/**
 * A post that its author has taken up again is handed in as it is now. A change voids the approval and everybody is asked
 * anew; what is approved and was not changed keeps its approval, and another hour is told. Safe to run twice.
 */
export async function resubmit(
  ports: BroadcastPorts,
  context: EffectContext,
  { id, content, author, sendAtMs }: Resubmission,
): Promise<void> {
  for (let attempt = 0; attempt < MAX_TRIES; attempt += 1) {
    const run = await ports.runs.get(id);
    if (!run || run.authorId !== author.id) return answer(ports, context, { key: 'broadcast.gone' });
    if (!openState(run)) {
      const params = { title: run.title, state: stateWords(ports, run) };
      return answer(ports, context, { key: 'compose.takenUp.tooLate', params });
    }
    const change = changeOf(ports, run, content, sendAtMs);
    if ((await ports.runs.update(id, run.rev, change)) === 'conflict') continue;
    return told(ports, context, run, { ...run, ...change }, author);
  }
  throw new Error(`run ${id} keeps changing`);
}

function changeOf(
  ports: BroadcastPorts,
  run: BroadcastRun,
  content: RunContent,
  sendAtMs: number | null,
): Partial<BroadcastRun> {
  const nowMs = ports.clock.nowMs();
  const hash = contentHash({ ...run, ...content }, ports.hash);
  // Handed in already, perhaps by an earlier try of this very effect: only its hour may be another one.
  const isSame = hash === run.contentHash && (run.state === 'submitted' || isApproved(run, ports.hash));
  if (isSame && sendAtMs !== null) return { sendAtMs };
  if (isSame)
    return isImmediate(run) ? {} : { sendAtMs: run.state === 'submitted' ? run.createdAtMs : nowMs };
  return {
    ...content,
    contentHash: hash,
    state: 'submitted',
    approverId: null,
    approvedHash: null,
    approvedAtMs: null,
    returnComment: null,
    lateByMs: null,
    repeat: null,
    sendAtMs: sendAtMs ?? nowMs,
    createdAtMs: nowMs,
  };
}

async function told(
  ports: BroadcastPorts,
  context: EffectContext,
  before: BroadcastRun,
  run: BroadcastRun,
  author: StaffMember,
): Promise<void> {
  if (run.state === 'scheduled') {
    const when = runWhen(ports, run);
    await audit(ports, context, author, 'run-moved', run.id, new Date(run.sendAtMs).toISOString());
    if (run.sendAtMs !== before.sendAtMs)
      await tellApproverOfHour(ports, context, run, author, { key: 'timetable.move.told', when });
    return answer(ports, context, { key: 'compose.takenUp.same', params: { title: run.title, when } });
  }
  const action = before.approvedHash === null ? 'run-resubmitted' : 'run-changed-after-approval';
  await audit(ports, context, author, action, run.id, run.contentHash);
  return tellHandedIn(ports, context, run, await askApproval(ports, run, author));
}
