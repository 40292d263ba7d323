import type { App } from '../app.ts';
import { type EffectContext, replyText } from '../inbound/reply.ts';
import { personParams } from '../present.ts';

/** A one-time code makes this chat a member's contact. Run twice, the spent code still opens for its own chat. */
export async function joinStaff(app: App, context: EffectContext, code: string): Promise<void> {
  const { chat } = context.conversation;
  const nowMs = app.clock.nowMs();
  const answer = await app.staff.join(code, chat, nowMs);
  if (answer.kind !== 'joined') {
    return replyText(app, context, {
      key: answer.kind === 'expired' ? 'staff.codeExpired' : 'staff.codeUnknown',
    });
  }
  const { member } = answer;
  await app.audit.record({
    id: context.id,
    atMs: nowMs,
    by: member.id,
    action: 'staff-joined',
    subject: member.id,
  });
  for (const kind of ['neighbourhood-head', 'loudspeaker-operator'] as const) {
    if (!member.roles.includes(kind)) continue;
    await app.destinations.upsert({
      kind: kind === 'neighbourhood-head' ? 'relay' : 'loudspeaker',
      chat,
      title: member.name,
      neighbourhood: member.neighbourhood,
      audience: null,
      state: 'active',
      staffId: member.id,
    });
  }
  await replyText(app, context, {
    key: 'staff.joined',
    params: personParams(member),
  });
}
