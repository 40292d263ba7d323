import { isLockedReader, type LockedWords, mayReadLocked } from '#src/domain/denunciation.ts';
import { isNobody } from '#src/domain/personal-data.ts';
import type { StaffMember } from '#src/domain/staff.ts';
import type { App } from '../app.ts';
import { type EffectContext, reply, replyText } from '../inbound/reply.ts';
import type { LockedRow } from '../ports/denunciations.ts';
import { shortDate } from '../present.ts';
import { atLocal } from '#src/domain/calendar/local-time.ts';
import { notifyChat } from '../send/notify.ts';

/** One look shows so many; those already read can be reached by date no other way. */
const SHOWN = 8;
const LOOKED_THROUGH = 200;

/** "Tin khóa": for the chairperson and the named officer. Anybody else gets nothing, and leaves a trace. */
export async function listLocked(app: App, context: EffectContext): Promise<void> {
  const member = await readerOf(app, context, 'denunciations');
  if (!member) return;
  const rows = (await app.denunciations.list(LOOKED_THROUGH)).filter(({ matter }) =>
    mayReadLocked(member, matter.accused),
  );
  if (rows.length === 0) return replyText(app, context, { key: 'staff.locked.none' });
  const id = `locked-list.${context.id}`;
  const choices = rows.slice(0, SHOWN).map(({ handle, day }, index) => ({
    number: String(index + 1),
    value: handle,
    label: app.texts.render({ key: 'staff.locked.row', params: { date: shortDate(atLocal(day, '12:00')) } }),
  }));
  await notifyChat(app, {
    id,
    chat: context.conversation.chat,
    text: { key: 'staff.locked.list', params: { count: rows.length } },
    prompt: { id, subject: { kind: 'locked' }, choices },
    lane: 'reply',
    dueAtMs: app.clock.nowMs(),
  });
}

/** Each opening is written down before anything is shown. The row holds the handle alone: see `lockedText`. */
export async function openLocked(app: App, context: EffectContext, handle: string): Promise<void> {
  const member = await readerOf(app, context, handle);
  if (!member) return;
  const row = await app.denunciations.open(handle);
  if (!row) return replyText(app, context, { key: 'staff.locked.none' });
  if (!mayReadLocked(member, row.matter.accused)) return refuse(app, context, member.id, handle);
  await record(app, context, member.id, 'locked-read', handle);
  await reply(app, context, { text: headOf(app, row.matter), lockedHandle: handle });
}

/** Its files are not fetched: they would lie unsealed, and evidence belongs to the paper. */
function headOf({ texts }: Pick<App, 'texts'>, { sender, draft: { files } }: LockedWords): string {
  const head = texts.render({ key: isNobody(sender) ? 'staff.locked.headPaper' : 'staff.locked.head' });
  if (files.length === 0) return head;
  return `${head} ${texts.render({ key: 'staff.locked.files', params: { count: files.length } })}`;
}

/** What stands below the head of such a message. Put in just before the call: no row and no job ever holds it. */
export async function lockedText(
  denunciations: { open(handle: string): Promise<LockedRow | null> },
  handle: string,
): Promise<string | null> {
  const row = await denunciations.open(handle);
  if (!row) return null;
  const { draft, senderName } = row.matter;
  return [draft.text, draft.placeText ?? '', senderName].filter((line) => line !== '').join('\n');
}

async function readerOf(app: App, context: EffectContext, subject: string): Promise<StaffMember | null> {
  const member = await app.staff.byChat(context.conversation.chat);
  if (member && isLockedReader(member)) return member;
  await refuse(app, context, member?.id ?? 'resident', subject);
  return null;
}

async function refuse(app: App, context: EffectContext, by: string, subject: string): Promise<void> {
  await record(app, context, by, 'locked-refused', subject);
  await replyText(app, context, { key: 'common.notAllowed' });
}

const record = (app: App, context: EffectContext, by: string, action: string, subject: string) =>
  app.audit.record({ id: `${action}.${context.id}`, atMs: app.clock.nowMs(), by, action, subject });
