import type { InspectionOrder } from '#src/domain/conversation/inspection-effects.ts';
import { isHidden, isToBeTold } from '#src/domain/inspections/may-see.ts';
import type { Visit } from '#src/domain/inspections/visit.ts';
import type { TextRef } from '#src/domain/conversation/types.ts';
import type { StaffMember } from '#src/domain/staff.ts';
import { withoutFullStop } from '#src/domain/text/without-full-stop.ts';
import type { App } from '../app.ts';
import { keepPhotos } from '../broadcast/keep-photos.ts';
import { answer, type EffectContext, replyText } from '../inbound/reply.ts';
import { personParams } from '../present.ts';
import { notifyStaff } from '../send/notify.ts';
import { changeVisit } from './change-visit.ts';
import { takeBackNotes } from './take-back-notes.ts';
import { unitHead } from './tick-visits.ts';
import { askItem, findingParams, visitPrompt } from './visit-card.ts';
import { noteId, visitParams, wordsFor } from './visit-words.ts';

type OrderOf<K extends InspectionOrder['kind']> = Extract<InspectionOrder, { readonly kind: K }>;

/** One item of the checklist; the next follows at once. */
export async function answerItem(
  app: App,
  context: EffectContext,
  { visitId, itemId, verdict }: OrderOf<'answer'>,
): Promise<void> {
  const result = await changeVisit(app, context, visitId, { kind: 'answer', itemId, verdict });
  if (!result) return;
  const before = verdict === 'not-ok' ? app.texts.render({ key: 'inspection.itemNotOk' }) : null;
  await askItem(app, context, result, before);
}

/** What was found, with its photos in our own store. Throws when one cannot be fetched now. */
export async function recordFinding(
  app: App,
  context: EffectContext,
  { visitId, text, severity, term, photos }: OrderOf<'find'>,
): Promise<void> {
  const photoIds = await keepPhotos(app, context, photos);
  const result = await changeVisit(app, context, visitId, { kind: 'find', text, severity, term, photoIds });
  if (!result) return;
  const found = result.visit.findings.find(({ id }) => id === context.id);
  const params = found ? findingParams(app.texts, found) : {};
  await answer(
    app,
    context,
    { key: 'inspection.found', params: { ...params, text } },
    visitPrompt(app, `${context.id}.card`, result),
  );
}

/** Called off with a reason, which the team reads, and the head of the unit where they had been told. */
export async function cancelVisit(
  app: App,
  context: EffectContext,
  { visitId, reason }: OrderOf<'cancel'>,
): Promise<void> {
  const result = await changeVisit(app, context, visitId, { kind: 'cancel', reason });
  if (!result) return;
  const { visit, by } = result;
  const words = await wordsFor(app);
  const params = { ...visitParams(app, words, visit), reason: withoutFullStop(reason) };
  const told = words.staff.filter((one) => visit.team.includes(one.id) && isToBeTold(visit, one));
  const heard = await takeBackNotes(app, visit, words);
  const head = isHidden(visit) ? null : unitHead(words.staff, visit);
  const isTold = head && (heard.has(head.id) || hasOpened(visit));
  for (const person of [...told, ...(isTold ? [head] : [])].filter(({ id }) => id !== by.id))
    await tellCancelled(app, visit, person, params);
  await replyText(app, context, { key: 'inspection.cancelled', params });
}

const hasOpened = ({ history }: Visit): boolean => history.some(({ action }) => action === 'opened');

async function tellCancelled(
  app: App,
  visit: Visit,
  staff: StaffMember,
  params: NonNullable<TextRef['params']>,
): Promise<void> {
  await notifyStaff(app, {
    id: noteId(app, visit.id, 'cancelled', staff.id),
    staff,
    text: { key: 'inspection.cancelledTeam', params: { ...params, ...personParams(staff) } },
    lane: 'reminder',
    dueAtMs: app.clock.nowMs(),
  });
}
