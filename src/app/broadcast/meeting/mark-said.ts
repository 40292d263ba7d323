import type { EffectContext } from '../../inbound/reply.ts';
import { answer, asker, audit, type BroadcastPorts } from '../ports.ts';

/** "1" of the chair: the post was spoken of. Self-reported, and counted as such; nobody else can say so. Safe to run twice. */
export async function markSaid(
  ports: BroadcastPorts,
  context: EffectContext,
  deliveryId: string,
): Promise<void> {
  const member = await asker(ports, context);
  const row = await ports.deliveries.get(deliveryId);
  const run = row?.runId === undefined ? null : await ports.runs.get(row.runId);
  if (!row || !run) return answer(ports, context, { key: 'broadcast.gone' });
  if (!member || run.meeting?.chairId !== member.id)
    return answer(ports, context, { key: 'common.notAllowed' });
  await ports.deliveries.markReported(deliveryId, 'said', ports.clock.nowMs());
  await audit(ports, context, member, 'post-said', deliveryId);
  return answer(ports, context, { key: 'spoken.thanks' });
}
