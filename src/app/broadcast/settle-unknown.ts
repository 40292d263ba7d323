import type { Delivery } from '#src/domain/outbound.ts';
import type { BroadcastRun } from '#src/domain/run.ts';
import { hasRole, type StaffMember } from '#src/domain/staff.ts';
import type { EffectContext } from '../inbound/reply.ts';
import { wakeLane } from '../send/notify.ts';
import { askUnknown } from './ask-unknown.ts';
import { answer, asker, audit, MAX_TRIES, type BroadcastPorts } from './ports.ts';

/** A person looked: `seen` closes the row as sent, otherwise it goes out once more. Safe to run twice. */
export async function settleUnknown(
  ports: BroadcastPorts,
  context: EffectContext,
  deliveryId: string,
  seen: boolean,
): Promise<void> {
  const member = await asker(ports, context);
  const row = await ports.deliveries.get(deliveryId);
  const run = row?.runId === undefined ? null : await ports.runs.get(row.runId);
  if (!row || !run) return answer(ports, context, { key: 'broadcast.gone' });
  if (!member || !maySettle(run, member)) return answer(ports, context, { key: 'common.notAllowed' });
  if (!seen && run.state === 'corrected') {
    // The wrong text goes nowhere any more; its correction goes to this chat in any case.
    return answer(ports, context, { key: 'broadcast.unknown.corrected', params: { title: run.title } });
  }
  // Our answer in the chat marks an effect that has run: a row that is unknown anew needs a person's word anew.
  if (!(await ports.deliveries.get(context.id))) await settle(ports, row, seen);
  await audit(ports, context, member, seen ? 'delivery-seen' : 'delivery-again', row.id);
  if (!seen) await wakeLane(ports, row.platform, row.lane);
  await answer(
    ports,
    context,
    seen ? { key: 'broadcast.unknown.thanks' } : { key: 'broadcast.unknown.goesAgain' },
  );
  await askUnknown(ports, run);
}

async function settle(ports: BroadcastPorts, row: Delivery, seen: boolean): Promise<void> {
  if (!seen && row.runId !== undefined) await reopen(ports, row.runId);
  const to = seen
    ? ({ state: 'sent' } as const)
    : ({ state: 'pending', dueAtMs: ports.clock.nowMs() } as const);
  await ports.deliveries.change(row.id, ['unknown'], to);
}

function maySettle(run: BroadcastRun, member: StaffMember): boolean {
  return member.id === run.authorId || hasRole(member, 'editor', 'approver', 'admin');
}

/** A finished run with a row to send is under way again, so that it is summed up again. */
async function reopen(ports: BroadcastPorts, runId: string): Promise<void> {
  for (let attempt = 0; attempt < MAX_TRIES; attempt += 1) {
    const run = await ports.runs.get(runId);
    if (run?.state !== 'done') return;
    const change = { state: 'sending', finishedAtMs: null } as const;
    if ((await ports.runs.update(run.id, run.rev, change)) === 'saved') return;
  }
  throw new Error(`run ${runId} keeps changing`);
}
