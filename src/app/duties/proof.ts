import { goesOnZalo, isDocumentId } from '#src/domain/broadcast/attachments.ts';
import { localDateOf } from '#src/domain/calendar/local-time.ts';
import { lackingProof } from '#src/domain/duties/lacking-proof.ts';
import { parseProof } from '#src/domain/duties/parse-proof.ts';
import type { Duty } from '#src/domain/duty.ts';
import type { RemoteFile } from '#src/domain/inbound.ts';
import type { StaffMember } from '#src/domain/staff.ts';
import { withoutFullStop } from '#src/domain/text/without-full-stop.ts';
import type { App } from '../app.ts';
import { keepDocument } from '../broadcast/keep-document.ts';
import { keepPhotos } from '../broadcast/keep-photos.ts';
import type { EffectContext } from '../inbound/reply.ts';
import { personParams } from '../present.ts';
import { dutyParams, mention } from './present-duty.ts';
import { tellAbove } from './tell-above.ts';

/** The files in our own store, by their ids there; what is neither photo nor document is left out. Throws when one cannot be fetched now. */
export async function keepProof(
  app: App,
  context: EffectContext,
  files: readonly RemoteFile[],
): Promise<readonly string[]> {
  const kept = [
    ...(await keepPhotos(
      app,
      context,
      files.filter(({ kind }) => kind === 'photo'),
    )),
  ];
  for (const file of files.filter(({ kind }) => kind === 'document')) {
    const id = await keepDocument(app, context, file);
    if (id !== null) kept.push(id);
  }
  return kept;
}

/** The number and day as they were understood, or the words themselves; how many files came with them; and what is missing. */
export function proofText(app: Pick<App, 'texts' | 'clock'>, duty: Duty): string {
  const { texts } = app;
  const count = duty.proofFileIds?.length ?? 0;
  const lacking = lackingProof(duty);
  return [
    ...(duty.proof === null ? [] : [wordsText(app, duty.proof)]),
    ...(count === 0 ? [] : [texts.render({ key: 'duty.answer.doneFiles', params: { count } })]),
    ...(lacking === null ? [] : [texts.render({ key: `duty.without.${lacking}` })]),
  ].join(' ');
}

function wordsText({ texts, clock }: Pick<App, 'texts' | 'clock'>, proof: string): string {
  const { number, date } = parseProof(proof, localDateOf(clock.nowMs()));
  if (number === null)
    return texts.render({ key: 'duty.answer.doneWords', params: { words: withoutFullStop(proof) } });
  const words = date === null ? number : `${number}, ${date.split('-').reverse().join('/')}`;
  return texts.render({ key: 'duty.answer.doneProof', params: { words } });
}

/** Those above see by what, and what had to come first (`first`) and has not. */
export async function tellAboveDone(
  app: App,
  context: EffectContext,
  duty: Duty,
  by: StaffMember,
  first: string | null,
): Promise<void> {
  const proof = [proofText(app, duty), first].filter(Boolean).join(' ');
  await tellAbove(app, context, duty, by, (role, person) => ({
    text: {
      key: role === 'head' ? 'duty.doneBelow' : 'duty.doneBelowChairperson',
      params: {
        ...dutyParams(app.texts, app.calendar, duty, app.clock.nowMs()),
        ...personParams(person),
        ...{ who: mention(app.texts, by), proof },
      },
    },
    ...attached(duty, person),
  }));
}

/** The photos, or the first document that the person's channel takes. */
function attached(
  { proofFileIds = [] }: Duty,
  { contacts }: StaffMember,
): { readonly photoIds?: readonly string[]; readonly documentId?: string } {
  const photoIds = proofFileIds.filter((id) => !isDocumentId(id));
  if (photoIds.length > 0) return { photoIds };
  const documentId = proofFileIds.find((id) => contacts[0]?.platform === 'telegram' || goesOnZalo(id));
  return documentId === undefined ? {} : { documentId };
}
