import type { Correction } from '#src/domain/cases/acts.ts';
import { maskPersonal } from '#src/domain/vietnamese/phone.ts';
import type { App } from '../app.ts';
import { type EffectContext, replyText } from '../inbound/reply.ts';
import { performByResident } from './perform-act.ts';
import { tellHandler } from './tell-staff.ts';

/** A resident puts right what a case says; whoever has it hears of it at once. Idempotent by the effect's id. */
export async function correctCase(
  app: App,
  context: EffectContext,
  caseId: string,
  to: Correction,
): Promise<void> {
  const done = await performByResident(app, context, caseId, { kind: 'correct', to });
  if (!done) return;
  const { matter } = done;
  await tellHandler(app, matter, {
    id: `corrected.${context.id}`,
    key: `casework.heard.correct.${to.what}`,
    params: { words: wordsOf(app, to) },
  });
  await replyText(app, context, { key: `mycase.heard.correct.${to.what}`, params: { code: matter.code } });
}

/** The number, too: it goes to the handler alone. */
function wordsOf(app: App, to: Correction): string {
  switch (to.what) {
    case 'words':
      return maskPersonal(to.text);
    case 'place':
      return to.place.text ?? app.texts.render({ key: 'staff.placeOnMap', params: { ...to.place.location } });
    case 'phone':
      return to.phone;
  }
}
