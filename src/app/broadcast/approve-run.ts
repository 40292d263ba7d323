import { refuseApproval } from '#src/domain/broadcast/approval.ts';
import { consentHold } from '#src/domain/broadcast/consent.ts';
import { followsHours } from '#src/domain/broadcast/hours.ts';
import { type BroadcastRun, isImmediate } from '#src/domain/run.ts';
import { hasRole, type StaffMember } from '#src/domain/staff.ts';
import type { EffectContext } from '../inbound/reply.ts';
import { notifyStaff } from '../send/notify.ts';
import { approveSeries } from './series/approve-series.ts';
import { placeRoutine } from './place-run.ts';
import { refusalText } from './refusal-text.ts';
import { controlPrompt } from './control-prompt.ts';
import { staffInCharge } from './in-charge.ts';
import { stateWords } from './state-words.ts';
import { staffName } from '../present.ts';
import { answer, asker, audit, currentPlan, MAX_TRIES, runWhen, type BroadcastPorts } from './ports.ts';

/**
 * A second person approves what was shown to them. `seenHash` null: whatever the run holds now. Safe to run twice; of
 * two approvers at once the first wins and the second is told.
 */
export async function approveRun(
  ports: BroadcastPorts,
  context: EffectContext,
  runId: string,
  seenHash: string | null = null,
): Promise<void> {
  const approver = await asker(ports, context);
  if (!approver || !hasRole(approver, 'approver')) {
    return answer(ports, context, { key: 'common.notAllowed' });
  }
  if (await ports.series.get(runId)) return approveSeries(ports, context, runId, approver, seenHash);
  for (let attempt = 0; attempt < MAX_TRIES; attempt += 1) {
    const run = await ports.runs.get(runId);
    if (!run) return answer(ports, context, { key: 'broadcast.gone' });
    const isMine = run.approverId === approver.id && run.approvedHash === run.contentHash;
    if (isMine) return approved(ports, context, run, approver);
    const refusal = refuseApproval(run, approver, seenHash);
    if (refusal)
      return answer(
        ports,
        context,
        refusalText(run.title, refusal, {
          key: 'broadcast.approval.notWaiting',
          params: { title: run.title, state: stateWords(ports, run) },
        }),
      );
    if (consentHold(await currentPlan(ports), run))
      return answer(ports, context, { key: 'broadcast.consent.notApproved', params: { title: run.title } });
    const change = {
      state: 'scheduled',
      approverId: approver.id,
      approvedHash: run.contentHash,
      approvedAtMs: ports.clock.nowMs(),
      sendAtMs: await hourOf(ports, run),
    } as const;
    if ((await ports.runs.update(run.id, run.rev, change)) === 'saved') {
      return approved(ports, context, { ...run, ...change }, approver);
    }
  }
  throw new Error(`run ${runId} keeps changing`);
}

/** "As soon as it is approved" is the next moment at which a routine post may go out. */
async function hourOf(ports: BroadcastPorts, run: BroadcastRun): Promise<number> {
  const current = await ports.plans.current();
  if (!isImmediate(run) || !followsHours(run) || !current) return run.sendAtMs;
  const placed = await placeRoutine(ports, current.plan, run, ports.clock.nowMs());
  return placed.why === null ? run.sendAtMs : placed.atMs;
}

async function approved(
  ports: BroadcastPorts,
  context: EffectContext,
  run: BroadcastRun,
  approver: StaffMember,
): Promise<void> {
  await audit(ports, context, approver, 'run-approved', run.id, run.contentHash);
  const author = await staffInCharge(ports, run);
  const when = runWhen(ports, run);
  if (author) {
    await notifyStaff(ports, {
      // Approved anew after a change, it is told anew.
      id: `${run.id}.approved.${(run.approvedAtMs ?? 0).toString(36)}`,
      staff: author,
      text: {
        key: 'broadcast.approval.told',
        params: { title: run.title, approver: staffName(approver), when },
      },
      prompt: controlPrompt(ports, run, 'approved', run.kind === 'routine' && author.id === run.authorId),
      lane: 'reminder',
      dueAtMs: ports.clock.nowMs(),
    });
  }
  const done = { key: 'broadcast.approval.done', params: { title: run.title, when } };
  await answer(ports, context, done, controlPrompt(ports, run, 'approval-done'));
}
