import type { DeliveryResult } from '#src/app/ports/deliveries.ts';
import type { Delivery, SendOutcome } from '#src/domain/outbound.ts';

/** Where every answer of so many edits was lost, a person looks. */
const MAX_ATTEMPTS = 20;
const AGAIN_MS = 5_000;

/**
 * What an edit comes to where that is not the same as for a send; null where it is. An edit of which nobody knows whether
 * it arrived is made again: twice the same words are harmless ("message is not modified" is `sent`). One that is refused,
 * such as of a message that somebody deleted, has changed nothing: its words go out as a new message.
 */
export function outcomeOfEdit(row: Delivery, outcome: SendOutcome, nowMs: number): DeliveryResult | null {
  if (outcome.kind === 'unknown') {
    if (row.attempts >= MAX_ATTEMPTS) return null;
    return { id: row.id, state: 'pending', dueAtMs: nowMs + AGAIN_MS, detail: `edit-${outcome.why}` };
  }
  // Nobody but a destination can be followed to where it went.
  if (outcome.kind === 'moved' && row.target.kind === 'chat') return postInstead(row, 'edit-moved');
  if (outcome.kind === 'rejected' && outcome.cause === 'content') {
    return postInstead(row, `edit-${outcome.code}`);
  }
  return null;
}

/** Stored before anything is sent: from then on the row is a send, which is never repeated by itself. */
export function postInstead(row: Delivery, detail: string): DeliveryResult {
  return { id: row.id, state: 'pending', dueAtMs: row.dueAtMs, endsEdits: true, detail };
}
