import { type Addressed, countRecipients } from '#src/domain/broadcast/audience.ts';
import { audienceWords, reachWords } from '#src/domain/broadcast/reach-words.ts';
import type { TextRef } from '#src/domain/conversation/types.ts';
import type { Plan } from '#src/domain/plan.ts';
import type { BroadcastPorts } from './ports.ts';

/** Whom an editor chose, and how many of each kind that is now, both in words. */
export async function reachOf(
  ports: Pick<BroadcastPorts, 'destinations' | 'texts'>,
  plan: Plan,
  addressed: Addressed,
): Promise<{ readonly audience: string; readonly reach: string }> {
  const text = (ref: TextRef): string => ports.texts.render(ref);
  const counts = countRecipients(plan, addressed, await ports.destinations.census());
  return { audience: audienceWords(text, plan, addressed.audience), reach: reachWords(text, counts) };
}
