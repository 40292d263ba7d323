import type { GroupAudience } from '#src/domain/destination.ts';
import { hasRole } from '#src/domain/staff.ts';
import type { App } from '../app.ts';
import { type EffectContext, replyText } from '../inbound/reply.ts';

/** An admin's word makes a waiting group a recipient of the ward's posts. */
export async function confirmGroup(
  app: App,
  context: EffectContext,
  decision: {
    readonly groupId: string;
    readonly neighbourhood: string | null;
    readonly audience: GroupAudience;
  },
): Promise<void> {
  const admin = await app.staff.byChat(context.conversation.chat);
  const group = await app.destinations.get(decision.groupId);
  if (!admin || !hasRole(admin, 'admin') || !group)
    return replyText(app, context, { key: 'common.notAllowed' });
  await app.destinations.upsert({
    ...group,
    neighbourhood: decision.neighbourhood,
    audience: decision.audience,
    state: 'active',
  });
  await app.audit.record({
    id: context.id,
    atMs: app.clock.nowMs(),
    by: admin.id,
    action: 'group-confirmed',
    subject: group.id,
  });
  const key = group.hasTopics ? 'group.confirmedTopics' : 'group.confirmed';
  await replyText(app, context, { key, params: { title: group.title } });
}
