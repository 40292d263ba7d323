import type { Delivery } from '#src/domain/outbound.ts';
import type { StaffMember } from '#src/domain/staff.ts';
import type { EffectContext } from '../inbound/reply.ts';
import { answer, asker, audit, type BroadcastPorts } from './ports.ts';

/** "1" of a neighbourhood head: the post is in the group of the neighbourhood. Self-reported, and counted as such. */
export async function markRelayed(
  ports: BroadcastPorts,
  context: EffectContext,
  deliveryId: string,
): Promise<void> {
  const member = await asker(ports, context);
  const row = await ports.deliveries.get(deliveryId);
  if (!row) return answer(ports, context, { key: 'broadcast.gone' });
  if (!member || !(await isAddressedTo(ports, context, row, member))) {
    return answer(ports, context, { key: 'common.notAllowed' });
  }
  await ports.deliveries.markReported(deliveryId, 'relayed', ports.clock.nowMs());
  await audit(ports, context, member, 'post-relayed', deliveryId);
  return answer(ports, context, { key: 'broadcast.relay.thanks' });
}

/** Only who was asked can report: the row's own destination is this member, or this chat. */
export async function isAddressedTo(
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
