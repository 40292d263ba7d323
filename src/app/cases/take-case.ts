import { morningAfterNight } from '#src/domain/calendar/quiet-hours.ts';
import type { Case } from '#src/domain/case.ts';
import type { App } from '../app.ts';
import { type EffectContext, reply, replyText } from '../inbound/reply.ts';
import { personParams, presentDay } from '../present.ts';
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
    // News, not an answer: held back for the night it must not hold up the answers behind it.
    lane: 'reminder',
    dueAtMs: morningAfterNight(app.clock.nowMs()),
  });
  await replyText(app, context, {
    key: 'staff.taken',
    params: { code: matter.code, ...personParams(officer), phone: phoneLine(app, matter) },
  });
  await showMedia(app, context, matter);
}

/** Only who handles the case reads the number. */
function phoneLine(app: App, matter: Case): string {
  return matter.phone === null
    ? ''
    : app.texts.render({ key: 'staff.takenPhone', params: { phone: matter.phone } });
}

/** What the resident sent along, to the handler alone: pictures as pictures, the rest as files. */
async function showMedia(app: App, context: EffectContext, matter: Case): Promise<void> {
  for (const [index, mediaId] of matter.mediaIds.entries()) {
    const medium = await app.media.get(mediaId);
    if (!medium) continue;
    const text = app.texts.render({
      key: 'staff.medium',
      params: { code: matter.code, number: index + 1, count: matter.mediaIds.length },
    });
    const isPicture = medium.contentType.startsWith('image/');
    await reply(
      app,
      context,
      isPicture ? { text, photoIds: [mediaId] } : { text, documentId: mediaId },
      `.medium.${String(index)}`,
    );
  }
}
