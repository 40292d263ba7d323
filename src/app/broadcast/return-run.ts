import { refuseApproval } from '#src/domain/broadcast/approval.ts';
import { hasRole } from '#src/domain/staff.ts';
import type { EffectContext } from '../inbound/reply.ts';
import { notifyStaff } from '../send/notify.ts';
import { returnSeries } from './series/approve-series.ts';
import { stateWords } from './state-words.ts';
import { askedAs } from './ask-approvers.ts';
import { mendPrompt } from './control-prompt.ts';
import { staffInCharge } from './in-charge.ts';
import { staffName } from '../present.ts';
import { answer, asker, audit, MAX_TRIES, type BroadcastPorts } from './ports.ts';

/** An approver gives a run back with a comment; the author hears it word for word. Safe to run twice. */
export async function returnRun(
  ports: BroadcastPorts,
  context: EffectContext,
  runId: string,
  comment: string,
): Promise<void> {
  const approver = await asker(ports, context);
  if (!approver || !hasRole(approver, 'approver')) {
    return answer(ports, context, { key: 'common.notAllowed' });
  }
  if (await ports.series.get(runId)) return returnSeries(ports, context, runId, approver, comment);
  for (let attempt = 0; attempt < MAX_TRIES; attempt += 1) {
    const run = await ports.runs.get(runId);
    if (!run) return answer(ports, context, { key: 'broadcast.gone' });
    const isReturned = run.state === 'returned' && run.returnComment === comment;
    if (!isReturned) {
      if (refuseApproval(run, approver, null)) {
        const params = { title: run.title, state: stateWords(ports, run) };
        return answer(ports, context, { key: 'broadcast.approval.notWaiting', params });
      }
      const change = { state: 'returned', returnComment: comment } as const;
      if ((await ports.runs.update(run.id, run.rev, change)) === 'conflict') continue;
    }
    await audit(ports, context, approver, 'run-returned', run.id);
    const author = await staffInCharge(ports, run);
    if (author) {
      await notifyStaff(ports, {
        id: `${run.id}.returned.${askedAs(run)}`,
        staff: author,
        text: {
          key: 'broadcast.returned.told',
          params: { title: run.title, approver: staffName(approver), comment },
        },
        prompt: mendPrompt(ports, run),
        lane: 'reminder',
        dueAtMs: ports.clock.nowMs(),
      });
    }
    return answer(ports, context, { key: 'broadcast.returned.done', params: { title: run.title } });
  }
  throw new Error(`run ${runId} keeps changing`);
}
