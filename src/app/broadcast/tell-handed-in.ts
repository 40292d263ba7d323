import type { EffectContext } from '../inbound/reply.ts';
import { answer, type BroadcastPorts } from './ports.ts';

/** What the author hears when approvers were asked. */
export function tellHandedIn(
  ports: BroadcastPorts,
  context: EffectContext,
  { title }: { readonly title: string },
  approvers: number,
): Promise<void> {
  return answer(
    ports,
    context,
    approvers > 0
      ? { key: 'broadcast.submitted', params: { title, approvers } }
      : { key: 'broadcast.noApprover', params: { title } },
  );
}
