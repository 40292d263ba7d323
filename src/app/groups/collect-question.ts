import type { Destination } from '#src/domain/destination.ts';
import type { InboundEvent } from '#src/domain/inbound.ts';
import { messageIdsOf } from '#src/domain/outbound.ts';
import { maskPersonal } from '#src/domain/vietnamese/phone.ts';
import type { App } from '../app.ts';

/** Posts under which people still write. */
const RECENT_POSTS = 20;
/** A bot of Telegram has a name that ends so. */
const MENTIONS_BOT = /(^|\s)@\w{2,}bot\b/iu;

type Ports = Pick<App, 'questions' | 'destinations' | 'deliveries' | 'runs' | 'clock'>;

/**
 * Keeps what is written in answer to a post, or to the bot by its name, for the editor's list of the day. Nothing is said in
 * the group. Phone numbers are taken out before anything is stored. Safe to run twice.
 */
export async function collectQuestion(ports: Ports, event: InboundEvent, words: string): Promise<void> {
  const own = maskPersonal(words.replaceAll(/(^|\s)@\w{2,}bot\b/giu, ' ').trim());
  if (!/\p{L}{2,}/u.test(own)) return;
  const group = await ports.destinations.byChat({ platform: event.platform, chatId: event.chat.id });
  if (group?.kind !== 'group' || group.state === 'waiting') return;
  const isForUs =
    (event.platform === 'telegram' && MENTIONS_BOT.test(words)) || (await isUnderPost(ports, group, event));
  if (!isForUs) return;
  await ports.questions.add({
    id: `${event.platform}.${event.eventId}`,
    groupId: group.id,
    words: own,
    // When it came to us, not when it was written: what comes late is in the next list, not in none.
    atMs: ports.clock.nowMs(),
  });
}

/** Rows are found by their ids: what a reply answers is looked up in the ledger, whatever the platform tells of it. */
async function isUnderPost(ports: Ports, group: Destination, { quoted }: InboundEvent): Promise<boolean> {
  if (!quoted) return false;
  const runs = await ports.runs.latest(['sending', 'paused', 'done', 'corrected', 'cancelled'], RECENT_POSTS);
  for (const run of runs) {
    const row = await ports.deliveries.get(`${run.id}.${group.id}`);
    if (row?.sentParts.flatMap(messageIdsOf).includes(quoted.messageId)) return true;
  }
  return false;
}
