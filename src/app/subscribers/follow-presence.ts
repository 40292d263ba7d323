import type { ChatRef, InboundContent } from '#src/domain/inbound.ts';
import type { App } from '../app.ts';

/**
 * Who blocks the bot is not tried again; who writes to it anew is back, and their consent still stands. For subscribers
 * alone: heads and operators are taken in by their invitation.
 */
export async function followPresence(
  { destinations }: Pick<App, 'destinations'>,
  chat: ChatRef,
  content: InboundContent,
): Promise<void> {
  const known = await destinations.byChat(chat);
  if (known?.kind !== 'subscriber') return;
  const isGone = content.kind === 'unfollowed';
  if (isGone && known.state === 'active') await destinations.setState(known.id, 'unreachable', 'blocked');
  if (!isGone && known.state === 'unreachable') await destinations.setState(known.id, 'active');
}
