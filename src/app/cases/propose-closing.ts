import type { CaseFormValues } from '#src/domain/conversation/flows/case-form-state.ts';
import type { Evidence } from '#src/domain/case.ts';
import type { App } from '../app.ts';
import { keepPhotos } from '../broadcast/keep-photos.ts';
import { type EffectContext, replyText } from '../inbound/reply.ts';
import { performByOfficer } from './perform-act.ts';
import { wayWords } from './show-way.ts';
import { ratingOf, tellResident } from './tell-resident.ts';

/** More cases than that about one thing are a campaign. */
const MERGED_AT_MOST = 100;

/** The result, with what shows it: the resident's own word closes, and after some silence a second officer's. */
export async function proposeClosing(
  app: App,
  context: EffectContext,
  caseId: string,
  words: string,
  shown: NonNullable<CaseFormValues['evidence']>,
): Promise<void> {
  const evidence = await keepEvidence(app, context, shown);
  if (!evidence) return replyText(app, context, { key: 'casework.photoUnclear' });
  const done = await performByOfficer(app, context, caseId, { kind: 'propose', words, evidence });
  if (!done) return;
  const { matter } = done;
  const document = documentLine(app, evidence);
  const photo = evidence.kind === 'photo' ? { photoIds: [evidence.mediaId] } : {};
  await tellResident(app, matter, {
    id: context.id,
    text: { key: 'mycase.answered', params: { code: matter.code, words, document } },
    ...photo,
    asks: ratingOf(matter.id),
  });
  for (const merged of await app.cases.mergedInto(matter.id, MERGED_AT_MOST)) {
    await tellResident(app, merged, {
      id: `${context.id}.${merged.id}`,
      text: { key: 'mycase.said', params: { code: merged.code, words: `${words}\n${document}`.trim() } },
      ...photo,
    });
  }
  const way = await wayWords(app, matter);
  // Without the choices of the card: closing it is for somebody else.
  await replyText(app, context, { key: 'casework.done.propose', params: { code: matter.code, way } });
}

async function keepEvidence(
  app: App,
  context: EffectContext,
  shown: NonNullable<CaseFormValues['evidence']>,
): Promise<Evidence | null> {
  if (shown.kind === 'document') return shown;
  const [mediaId] = await keepPhotos(app, context, [shown.file]);
  return mediaId === undefined ? null : { kind: 'photo', mediaId };
}

function documentLine(app: App, evidence: Evidence): string {
  return evidence.kind === 'document'
    ? app.texts.render({ key: 'mycase.document', params: { number: evidence.number } })
    : '';
}
