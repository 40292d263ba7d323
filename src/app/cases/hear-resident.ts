import type { Effect } from '#src/domain/conversation/types.ts';
import type { RemoteFile } from '#src/domain/inbound.ts';
import type { App } from '../app.ts';
import { NotYet } from '../inbound/not-yet.ts';
import { type EffectContext, replyText } from '../inbound/reply.ts';
import { officersOf, sendCard } from './announce-case.ts';
import { categoryOf } from './create-case.ts';
import { keepFiles, mediaIdsOf } from './keep-files.ts';
import { performByResident } from './perform-act.ts';
import { dueOf } from './tell-resident.ts';
import { tellHandler } from './tell-staff.ts';

type ResidentAct = Extract<Effect, { kind: 'resident-act' }>;

/** What a resident says of their own case. */
export function hearResident(app: App, context: EffectContext, effect: ResidentAct): Promise<void> {
  const { caseId, act, words, files } = effect;
  switch (act) {
    case 'reply':
    case 'add':
      return takeWords(app, context, caseId, act, words, files);
    case 'rate':
      return rateCase(app, context, caseId, effect.rating ?? 'acceptable');
    case 'dispute':
      return disputeCase(app, context, caseId, words);
    case 'withdraw':
      return withdrawCase(app, context, caseId);
  }
}

/** The answer to an officer's question lets the term run on; what is added does not touch it. */
async function takeWords(
  app: App,
  context: EffectContext,
  caseId: string,
  act: 'reply' | 'add',
  words: string,
  files: readonly RemoteFile[],
): Promise<void> {
  const mediaIds = mediaIdsOf(context.id, files.length);
  const done = await performByResident(app, context, caseId, { kind: act, words, mediaIds });
  if (!done) return;
  const { matter } = done;
  await tellHandler(app, matter, {
    id: `${act}.${context.id}`,
    key: `casework.heard.${act}`,
    params: {
      words:
        words === ''
          ? app.texts.render({ key: 'casework.heard.files', params: { count: files.length } })
          : words,
    },
  });
  await replyText(app, context, {
    key: `mycase.heard.${act}`,
    params: { code: matter.code, due: dueOf(app, matter) },
  });
  const missing = await keepFiles(app, context, files);
  if (missing > 0) throw new NotYet(`${String(missing)} files of case ${caseId} are missing`);
}

/** The resident's word closes the case; the officer hears how it was taken. */
async function rateCase(
  app: App,
  context: EffectContext,
  caseId: string,
  rating: 'satisfied' | 'acceptable',
): Promise<void> {
  const done = await performByResident(app, context, caseId, { kind: 'rate', rating });
  if (!done) return;
  const { matter } = done;
  await tellHandler(app, matter, {
    id: `rated.${context.id}`,
    key: 'casework.heard.rate',
    params: { rating: app.texts.render({ key: `mycase.rating.${rating}` }) },
  });
  await replyText(app, context, { key: 'mycase.thanks', params: { code: matter.code } });
}

/** "Chưa": open again with a new date, and with somebody above who handled it. */
async function disputeCase(app: App, context: EffectContext, caseId: string, why: string): Promise<void> {
  const done = await performByResident(app, context, caseId, { kind: 'dispute', why });
  if (!done) return;
  const { matter } = done;
  const whyWords = why === '' ? app.texts.render({ key: 'casework.heard.noWhy' }) : why;
  const category = await categoryOf(app, matter.categoryId);
  const superior = matter.handlerId === null ? null : await app.staff.get(matter.handlerId);
  const notice = { key: 'casework.cards.disputed', id: `disputed.${context.id}`, reason: whyWords } as const;
  // Nobody above: the unit sees it again, so that it does not lie unseen.
  const heard = superior ? [superior] : await officersOf(app, matter.unitId);
  for (const member of heard) await sendCard(app, member, matter, category, notice);
  const formerId = done.before.handlerId;
  const handler = formerId === null ? null : await app.staff.get(formerId);
  if (handler && !heard.some(({ id }) => id === handler.id)) {
    await tellHandler(
      app,
      { ...matter, handlerId: handler.id },
      {
        id: `disputed.told.${context.id}`,
        key: 'casework.heard.dispute',
        params: { why: whyWords },
        isPlain: true,
      },
    );
  }
  await replyText(app, context, {
    key: 'mycase.disputed',
    params: { code: matter.code, due: dueOf(app, matter) },
  });
}

async function withdrawCase(app: App, context: EffectContext, caseId: string): Promise<void> {
  const done = await performByResident(app, context, caseId, { kind: 'withdraw' });
  if (!done) return;
  const { matter } = done;
  await tellHandler(app, matter, { id: `withdrawn.${context.id}`, key: 'casework.heard.withdraw' });
  await replyText(app, context, { key: 'mycase.withdrawn', params: { code: matter.code } });
}
