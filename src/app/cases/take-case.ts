import type { App } from '../app.ts';
import { type EffectContext, replyText } from '../inbound/reply.ts';
import { presentDay } from '../present.ts';
import { notifyChat } from '../send/notify.ts';
import { changeCase } from './change-case.ts';
import { mayHandle } from './may-handle.ts';

/** The first officer who takes a case has it; the resident hears that somebody is looking. */
export async function takeCase(app: App, context: EffectContext, caseId: string): Promise<void> {
  const officer = await app.staff.byChat(context.conversation.chat);
  const found = await app.cases.get(caseId);
  if (!officer || (found && !mayHandle(officer, found))) {
    return replyText(app, context, { key: 'common.notAllowed' });
  }
  const matter = await changeCase(app, caseId, (current) =>
    current.state === 'new' || (current.state === 'reopened' && current.handlerId === null)
      ? {
          kind: 'change',
          change: { state: 'taken', handlerId: officer.id },
          entry: { atMs: app.clock.nowMs(), by: officer.id, action: 'taken' },
        }
      : { kind: 'leave' },
  );
  if (matter?.state !== 'taken') return replyText(app, context, { key: 'staff.caseGone' });
  if (matter.handlerId !== officer.id) {
    const holder = matter.handlerId === null ? null : await app.staff.get(matter.handlerId);
    return replyText(app, context, {
      key: 'staff.takenByOther',
      params: { code: matter.code, name: holder?.name ?? '' },
    });
  }
  const times = matter.history.filter((entry) => entry.action === 'taken').length;
  await notifyChat(app, {
    // Once for each time it was taken: a case that was opened again is taken again.
    id: `taken.${matter.id}.${String(times)}`,
    chat: matter.resident,
    text: { key: 'report.taken', params: { code: matter.code, ...presentDay(app.texts, matter.dueAtMs) } },
    lane: 'reply',
    dueAtMs: app.clock.nowMs(),
  });
  await replyText(app, context, {
    key: 'staff.taken',
    params: { code: matter.code, name: officer.name, address: officer.address },
  });
}
