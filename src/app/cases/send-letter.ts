import type { BlankLetterKind } from '#src/domain/conversation/resident-effects.ts';
import type { App } from '../app.ts';
import { type EffectContext, reply } from '../inbound/reply.ts';
import type { BlankLetter } from '../ports/letters.ts';

/** Its file name is what stands last in the medium's id. */
const FILE_NAMES: Readonly<Record<BlankLetterKind, string>> = {
  complaint: 'don-khieu-nai.docx',
  denunciation: 'don-to-cao.docx',
};

/** The blank form as a document. Made once for each wording; idempotent by the effect's id. */
export async function sendLetter(app: App, context: EffectContext, kind: BlankLetterKind): Promise<void> {
  const letter = await letterOf(app, kind);
  const mediumId = `letters/${app.hash(JSON.stringify(letter)).slice(0, 16)}/${FILE_NAMES[kind]}`;
  if (!(await app.media.get(mediumId))) await app.media.put(mediumId, await app.letters.draw(letter));
  await reply(app, context, {
    text: app.texts.render({ key: `letter.caption.${kind}` }),
    documentId: mediumId,
  });
}

async function letterOf(app: App, kind: BlankLetterKind): Promise<BlankLetter> {
  const current = await app.plans.current();
  const render = (key: string): string =>
    app.texts.render({ key, params: { ward: current?.plan.ward.name ?? '' } });
  return {
    heading: render('letter.heading').split('\n'),
    placeAndDate: render('letter.placeAndDate'),
    title: render(`letter.title.${kind}`),
    addressee: render(`letter.addressee.${kind}`),
    lines: render(`letter.lines.${kind}`).split('\n'),
    signHere: render('letter.signHere').split('\n'),
    note: render(`letter.note.${kind}`),
  };
}
