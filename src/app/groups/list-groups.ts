import { hasRole } from '#src/domain/staff.ts';
import type { App } from '../app.ts';
import { type EffectContext, replyText } from '../inbound/reply.ts';
import { announceGroup } from './announce-group.ts';

/** To an admin: every group with its state; those that wait are asked about again. */
export async function listGroups(app: App, context: EffectContext): Promise<void> {
  const admin = await app.staff.byChat(context.conversation.chat);
  if (!admin || !hasRole(admin, 'admin')) return replyText(app, context, { key: 'common.notAllowed' });
  const groups = (await app.destinations.list({})).filter((one) => one.kind === 'group');
  if (groups.length === 0) return replyText(app, context, { key: 'group.none' });
  const lines = groups.map((group) =>
    app.texts.render({
      key: 'group.line',
      params: {
        title: group.title,
        channel: app.texts.render({ key: `group.channel.${group.chat.platform}` }),
        state: app.texts.render({ key: `group.state.${group.state}` }),
      },
    }),
  );
  await replyText(app, context, { key: 'group.list', params: { lines: lines.join('\n') } });
  for (const group of groups.filter((one) => one.state === 'waiting'))
    await announceGroup(app, group, context.id);
}
