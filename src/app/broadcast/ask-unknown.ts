import type { Delivery } from '#src/domain/outbound.ts';
import type { BroadcastRun } from '#src/domain/run.ts';
import { notifyStaff } from '../send/notify.ts';
import { staffInCharge } from './in-charge.ts';
import type { BroadcastPorts } from './ports.ts';

/** A chat remembers ten open questions; the others are asked as these are answered. */
const ASKED_AT_ONCE = 8;

/**
 * Asks the author to look where nobody knows whether the post arrived: a second copy is worse than a minute's look.
 * Asks nothing twice, unless the row was sent again and became unknown again.
 */
export async function askUnknown(ports: BroadcastPorts, run: BroadcastRun): Promise<void> {
  // Its rows go nowhere any more: there is nothing to ask.
  if (run.state === 'corrected') return;
  const author = await staffInCharge(ports, run);
  if (!author) return;
  for (const row of await ports.deliveries.ofRun(run.id, 'unknown', ASKED_AT_ONCE)) {
    const id = `${row.id}.unknown.${String(row.attempts)}`;
    await notifyStaff(ports, {
      id,
      staff: author,
      text: {
        // Nobody can look into somebody else's private chat.
        key: isGroup(row) ? 'broadcast.unknown.ask' : 'broadcast.unknown.askPerson',
        params: { title: run.title, place: await placeOf(ports, row) },
      },
      prompt: {
        id,
        subject: { kind: 'unknown-delivery', deliveryId: row.id },
        choices: [
          { number: '1', value: 'seen', label: ports.texts.render({ key: 'broadcast.unknown.seen' }) },
          { number: '2', value: 'resend', label: ports.texts.render({ key: 'broadcast.unknown.again' }) },
        ],
      },
      lane: 'reminder',
      dueAtMs: ports.clock.nowMs(),
    });
  }
}

const isGroup = ({ rendering }: Delivery): boolean => rendering !== 'relay' && rendering !== 'loudspeaker';

async function placeOf(ports: BroadcastPorts, row: Delivery): Promise<string> {
  if (row.target.kind === 'chat') return row.target.chat.chatId;
  const destination = await ports.destinations.get(row.target.destinationId);
  return destination?.title ?? row.target.destinationId;
}
