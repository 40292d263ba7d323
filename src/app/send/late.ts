import type { Conversation } from '#src/domain/conversation/types.ts';
import { wayOf } from '#src/domain/conversation/zalo-window.ts';
import type { Delivery } from '#src/domain/outbound.ts';
import type { App } from '../app.ts';
import { repeated } from './repeated.ts';

/** What a shut window refused of these rows, for somebody who writes again now. Only looked for after so long a silence. */
export async function refusedRows(
  app: App,
  { chat, heardAtMs }: Conversation,
  idPrefix: string,
  limit: number,
): Promise<readonly Delivery[]> {
  if (wayOf(chat.platform, heardAtMs ?? null, app.clock.nowMs()) !== 'waits') return [];
  return app.deliveries.refused(chat, idPrefix, limit);
}

/** The words again, first of all that is said; once, however often it is asked for. */
export async function sendLate(app: App, { chat }: Conversation, row: Delivery, text: string): Promise<void> {
  await app.deliveries.insert([repeated(app, row, { id: `${row.id}.late`, chat, text, lane: 'reply' })]);
}

/** Nothing looks for the row any more. */
export async function letGo(app: App, { id }: Delivery): Promise<void> {
  await app.deliveries.change(id, ['gone'], { state: 'cancelled' });
}
