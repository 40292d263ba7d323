import type { Delivery } from '#src/domain/outbound.ts';
import type { StaffMember } from '#src/domain/staff.ts';
import type { EffectContext } from '../inbound/reply.ts';
import { answer, asker, audit, type BroadcastPorts } from './ports.ts';

/** "1" of a neighbourhood head: the post is in the group of the neighbourhood. Self-reported, and counted as such. */
export function markRelayed(
  ports: BroadcastPorts,
  context: EffectContext,
  deliveryId: string,
): Promise<void> {
  return markReported(ports, context, deliveryId, 'relayed');
}

/** "1" of the loudspeaker operator: the script was read. */
export function markReadAloud(
  ports: BroadcastPorts,
  context: EffectContext,
  deliveryId: string,
): Promise<void> {
  return markReported(ports, context, deliveryId, 'readAloud');
}

async function markReported(
  ports: BroadcastPorts,
  context: EffectContext,
  deliveryId: string,
  what: 'relayed' | 'readAloud',
): Promise<void> {
  const member = await asker(ports, context);
  const row = await ports.deliveries.get(deliveryId);
  if (!row) return answer(ports, context, { key: 'broadcast.gone' });
  if (!member || !(await isTheirs(ports, context, row, member))) {
    return answer(ports, context, { key: 'common.notAllowed' });
  }
  await ports.deliveries.markReported(deliveryId, what, ports.clock.nowMs());
  await audit(ports, context, member, what === 'relayed' ? 'post-relayed' : 'post-read-aloud', deliveryId);
  return answer(
    ports,
    context,
    what === 'relayed' ? { key: 'broadcast.relay.thanks' } : { key: 'broadcast.loudspeaker.thanks' },
  );
}

/** Only who was asked can report: the row's own destination is this member, or this chat. */
async function isTheirs(
  ports: BroadcastPorts,
  context: EffectContext,
  row: Delivery,
  member: StaffMember,
): Promise<boolean> {
  if (row.target.kind !== 'destination') return false;
  const destination = await ports.destinations.get(row.target.destinationId);
  const { chat } = context.conversation;
  return (
    destination?.staffId === member.id ||
    (destination?.chat.platform === chat.platform && destination.chat.chatId === chat.chatId)
  );
}
