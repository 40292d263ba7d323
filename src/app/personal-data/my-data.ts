import type { Case } from '#src/domain/case.ts';
import { OPEN_STATES } from '#src/domain/cases/states.ts';
import type { App } from '../app.ts';
import { performByResident } from '../cases/perform-act.ts';
import { type EffectContext, reply, replyText } from '../inbound/reply.ts';
import { presentDay } from '../present.ts';
import { dataFiles } from './data-files.ts';
import { withdrawConsent } from './withdraw-consent.ts';

const MOST = 200;
const OPEN: ReadonlySet<string> = new Set(OPEN_STATES);

/** Rights are used at once where the bot can do it alone; each use is in the audit log, without saying whose. */
export async function myData(
  app: App,
  context: EffectContext,
  action: 'view' | 'download' | 'withdraw' | 'erase',
): Promise<void> {
  const subject = app.personalData.privateId(context.conversation.key);
  await app.audit.record({
    id: `data.${app.personalData.privateId(context.id)}`,
    atMs: app.clock.nowMs(),
    by: 'resident',
    action: `data-${action}`,
    subject,
  });
  switch (action) {
    case 'view':
      return view(app, context);
    case 'download':
      return download(app, context);
    case 'withdraw':
      return withdrawConsent(app, context, await openCasesOf(app, context));
    case 'erase':
      return erase(app, context);
  }
}

async function view(app: App, context: EffectContext): Promise<void> {
  const cases = await casesOf(app, context);
  if (cases.length === 0) return replyText(app, context, { key: 'mydata.nothing' });
  const none = app.texts.render({ key: 'mydata.none' });
  const lines = cases.map((matter) =>
    app.texts.render({
      key: 'mydata.line',
      params: {
        code: matter.code,
        words: matter.text === '' ? none : matter.text,
        place: matter.place.text ?? none,
        phone: matter.phone ?? none,
        files: matter.mediaIds.length,
        ...presentDay(app.texts, matter.createdAtMs),
      },
    }),
  );
  await replyText(app, context, { key: 'mydata.view', params: { lines: lines.join('\n') } });
}

/** Two files where the platform takes them; Zalo takes neither, and gets the words instead. */
async function download(app: App, context: EffectContext): Promise<void> {
  if (context.conversation.chat.platform === 'zalo') return view(app, context);
  for (const [index, { name, file }] of dataFiles(app, await casesOf(app, context)).entries()) {
    const id = `data/${app.personalData.privateId(`${context.id}.${name}`)}/${name}`;
    await app.media.put(id, file);
    const text = app.texts.render({ key: 'mydata.file' });
    await reply(app, context, { text, documentId: id }, `.${String(index)}`);
  }
}

/** The last word stands first: with the conversation this very effect is gone, and nothing would say it again. */
async function erase(app: App, context: EffectContext): Promise<void> {
  const { chat } = context.conversation;
  await replyText(app, context, { key: 'mydata.erased' });
  await app.personalData.erase(chat, app.clock.nowMs());
}

/** In every case that is still open. Idempotent by the effect's id. */
export async function correctPhone(app: App, context: EffectContext, phone: string): Promise<void> {
  const open = await openCasesOf(app, context);
  for (const { id } of open)
    await performByResident(app, context, id, { kind: 'correct', to: { what: 'phone', phone } });
  const key = open.length === 0 ? 'mydata.noOpenCase' : 'mydata.corrected';
  await replyText(app, context, { key, params: { phone, count: open.length } });
}

const casesOf = (app: App, context: EffectContext): Promise<readonly Case[]> =>
  app.cases.ofResident(context.conversation.chat, MOST);

const openCasesOf = async (app: App, context: EffectContext): Promise<readonly Case[]> =>
  (await casesOf(app, context)).filter(({ state }) => OPEN.has(state));
