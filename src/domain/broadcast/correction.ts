import { ASK_AGAIN, type Delivery } from '../outbound.ts';
import type { BroadcastRun } from '../run.ts';

/** A correction goes after what somebody may have got: a run that went out, or began to. */
export function mayBeCorrected(run: BroadcastRun): boolean {
  switch (run.state) {
    case 'done':
    case 'corrected':
    case 'sending':
      return true;
    case 'paused':
    case 'cancelled':
      return run.startedAtMs !== null;
    case 'draft':
    case 'submitted':
    case 'returned':
    case 'scheduled':
    case 'expired':
      return false;
  }
}

/**
 * Did the chat of this row get the post, or may it have? One message of several is enough, whatever became of the rest.
 * Who was gone, refused or cancelled before anything went out has nothing to be corrected.
 */
export function mayHaveGot(row: Delivery): boolean {
  if (row.rendering === ASK_AGAIN) return false;
  return row.state === 'sent' || row.state === 'unknown' || row.sentParts.length > 0;
}

/** The messages in which the words of a row stand now; those still to be edited among them. */
export function messagesOf(row: Delivery): readonly string[] {
  return [...row.sentParts, ...(row.edits ?? []).slice(row.sentParts.length)];
}
