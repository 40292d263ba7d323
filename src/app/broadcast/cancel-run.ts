import type { BroadcastRun } from '#src/domain/run.ts';
import { hasRole, type StaffMember } from '#src/domain/staff.ts';
import type { EffectContext } from '../inbound/reply.ts';
import { stateWords } from './approve-run.ts';
import { answer, asker, audit, MAX_TRIES, type BroadcastPorts } from './ports.ts';

/**
 * Stops a run: the author, any approver or an admin may. The state goes first, so that senders notice within a second;
 * then the rows not yet called are cancelled. What is under way still arrives. Safe to run twice.
 */
export async function cancelRun(ports: BroadcastPorts, context: EffectContext, runId: string): Promise<void> {
  const member = await asker(ports, context);
  for (let attempt = 0; attempt < MAX_TRIES; attempt += 1) {
    const run = await ports.runs.get(runId);
    if (!run) return answer(ports, context, { key: 'broadcast.gone' });
    if (!member || !mayCancel(run, member)) return answer(ports, context, { key: 'common.notAllowed' });
    if (run.state === 'done' || run.state === 'returned') {
      const params = { title: run.title, state: stateWords(ports, run) };
      return answer(ports, context, { key: 'broadcast.cancel.tooLate', params });
    }
    if (run.state !== 'cancelled') {
      const change = { state: 'cancelled', finishedAtMs: ports.clock.nowMs() } as const;
      if ((await ports.runs.update(run.id, run.rev, change)) === 'conflict') continue;
    }
    await ports.deliveries.cancelRun(run.id);
    await audit(ports, context, member, 'run-cancelled', run.id);
    const { sent, sending, unknown } = await ports.deliveries.counts(run.id);
    const count = sent + sending + unknown;
    return answer(ports, context, { key: 'broadcast.cancel.done', params: { title: run.title, out: count } });
  }
  throw new Error(`run ${runId} keeps changing`);
}

function mayCancel(run: BroadcastRun, member: StaffMember): boolean {
  return member.id === run.authorId || hasRole(member, 'approver', 'admin');
}
