import type { Case } from '#src/domain/case.ts';
import type { App } from '../app.ts';
import { type EffectContext, reply } from '../inbound/reply.ts';
import { personParams } from '../present.ts';
import { performByOfficer } from './perform-act.ts';
import { dueOf, tellResident } from './tell-resident.ts';
import { answerOfficer } from './tell-staff.ts';

/** The first officer who takes a case has it; the resident hears that somebody is looking. */
export async function takeCase(app: App, context: EffectContext, caseId: string): Promise<void> {
  const done = await performByOfficer(app, context, caseId, { kind: 'take' });
  if (!done) return;
  const { matter, officer } = done;
  await tellResident(app, matter, {
    id: context.id,
    text: { key: 'mycase.taken', params: { code: matter.code, due: dueOf(app, matter) } },
  });
  await answerOfficer(app, context, matter, {
    key: 'casework.taken',
    params: { ...personParams(officer), phone: senderLines(app, matter) },
  });
  await showMedia(app, context, matter);
}

/** Only who handles the case reads name and number. */
function senderLines(app: App, { residentName, phone, entered }: Case): string {
  const named = entered ? 'staff.takenName' : 'staff.takenBehalf';
  return [
    ...(residentName === '' ? [] : [app.texts.render({ key: named, params: { name: residentName } })]),
    ...(phone === null ? [] : [app.texts.render({ key: 'staff.takenPhone', params: { phone } })]),
  ].join('');
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
