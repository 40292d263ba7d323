import type { TextRef } from '#src/domain/conversation/types.ts';
import type { RemoteFile } from '#src/domain/inbound.ts';
import type { Delivery } from '#src/domain/outbound.ts';
import { hasRole, type StaffMember } from '#src/domain/staff.ts';
import type { EffectContext } from '../inbound/reply.ts';
import { isAddressedTo } from './mark-reported.ts';
import { answer, asker, audit, type BroadcastPorts } from './ports.ts';
import { askAgainId } from './script-rows.ts';

/**
 * A script was read: the operator says so ("1"), shows it (a photo of the logbook, kept), or told an editor by telephone.
 * The question of the next morning is taken back. Safe to run twice; throws when the photo cannot be fetched now.
 */
export async function markReadAloud(
  ports: BroadcastPorts,
  context: EffectContext,
  { deliveryId, logbook }: { readonly deliveryId: string; readonly logbook?: RemoteFile },
): Promise<void> {
  const member = await asker(ports, context);
  const row = await ports.deliveries.get(deliveryId);
  if (!row) return answer(ports, context, { key: 'broadcast.gone' });
  const who = member ? await roleIn(ports, context, row, member) : null;
  if (!member || who === null) return answer(ports, context, { key: 'common.notAllowed' });
  const photoId = logbook ? await keepLogbook(ports, context, deliveryId, logbook) : null;
  await ports.deliveries.markReported(deliveryId, 'readAloud', ports.clock.nowMs());
  await ports.deliveries.change(askAgainId(deliveryId), ['pending', 'leased'], { state: 'cancelled' });
  const action = who === 'operator' ? 'post-read-aloud' : 'post-read-aloud-noted';
  await audit(ports, context, member, action, deliveryId, photoId === null ? undefined : `photo ${photoId}`);
  return answer(ports, context, thanks(who, photoId !== null));
}

function thanks(who: 'operator' | 'editor', hasPhoto: boolean): TextRef {
  if (who === 'editor') return { key: 'broadcast.loudspeaker.noted' };
  return hasPhoto ? { key: 'broadcast.loudspeaker.logbook' } : { key: 'broadcast.loudspeaker.thanks' };
}

async function roleIn(
  ports: BroadcastPorts,
  context: EffectContext,
  row: Delivery,
  member: StaffMember,
): Promise<'operator' | 'editor' | null> {
  if (await isAddressedTo(ports, context, row, member)) return 'operator';
  return hasRole(member, 'editor', 'admin') ? 'editor' : null;
}

/** Under the row's id, so that row and photo find each other; several photos lie side by side. */
async function keepLogbook(
  ports: BroadcastPorts,
  context: EffectContext,
  deliveryId: string,
  logbook: RemoteFile,
): Promise<string> {
  const { platform } = context.conversation.chat;
  const channel = ports.channels[platform];
  if (!channel) throw new Error(`no channel ${platform}`);
  const photoId = `${deliveryId}.logbook.${context.id.replaceAll(':', '-')}`;
  if (!(await ports.media.get(photoId))) await ports.media.put(photoId, await channel.fetchFile(logbook));
  return photoId;
}
