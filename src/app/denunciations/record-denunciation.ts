import { addWorkingDays, lastWorkingDayOnOrBefore } from '#src/domain/calendar/calendar.ts';
import { countDeadline, humanDate } from '#src/domain/calendar/deadline.ts';
import { dueWords } from '#src/domain/calendar/explain-deadline.ts';
import { atLocal, endOfDay, localDateOf } from '#src/domain/calendar/local-time.ts';
import type { CaseEffect } from '#src/domain/conversation/case-effects.ts';
import { isLockedReader } from '#src/domain/denunciation.ts';
import { NOBODY } from '#src/domain/personal-data.ts';
import type { StaffMember } from '#src/domain/staff.ts';
import type { App } from '../app.ts';
import { planOf, ruleFor } from '../cases/case-law.ts';
import { type EffectContext, replyText } from '../inbound/reply.ts';
import { personParams } from '../present.ts';
import { notifyStaff } from '../send/notify.ts';
import { lockedReaders } from './locked-readers.ts';

type Recorded = Extract<CaseEffect, { readonly kind: 'record-denunciation' }>;

const REMINDED_AT = '08:00';
/** Working days before the term ends, and its last day. */
const REMINDED_BEFORE = [2, 0];

/**
 * A signed denunciation: its words stay on paper. Under lock goes that there is one and by when, and whoever may read that is
 * reminded in words that name nothing (Luật Tố cáo 25/2018/QH14, Điều 24 and 30). Idempotent by the effect's id.
 */
export async function recordDenunciation(app: App, context: EffectContext, paper: Recorded): Promise<void> {
  const officer = await app.staff.byChat(context.conversation.chat);
  const plan = await planOf(app);
  const { letters } = plan.cases;
  if (!officer || !isLockedReader(officer) || letters === null)
    return replyText(app, context, { key: 'common.notAllowed' });
  const { stage, day, accused } = paper;
  const fromMs = Math.min(app.clock.nowMs(), endOfDay(day));
  const { acceptanceRule, settlementRule } = letters.denunciation;
  const rule = ruleFor(plan, stage === 'received' ? acceptanceRule : settlementRule, fromMs);
  const { dueAtMs } = countDeadline(app.calendar, rule, fromMs);
  const lockedId = app.personalData.privateId(context.id);
  const sealed = app.denunciations.seal(lockedId, {
    draft: {
      ...{ text: lockedWords(app, paper, dueAtMs), placeText: null, location: null, files: [] },
      ...{ phone: null, categoryId: null },
    },
    sender: NOBODY,
    senderName: '',
    accused,
  });
  if (sealed === null) return replyText(app, context, { key: 'letter.noKey' });
  await app.denunciations.put(lockedId, sealed, localDateOf(app.clock.nowMs()));
  const due = dueWords(dueAtMs, (ref) => app.texts.render(ref));
  for (const reader of await lockedReaders(app, accused)) await remind(app, reader, lockedId, dueAtMs, due);
  await replyText(app, context, { key: `letter.locked.${stage}`, params: { due } });
}

const lockedWords = ({ texts }: Pick<App, 'texts'>, { stage, day, number }: Recorded, dueAtMs: number) =>
  texts.render({
    key: `letter.lockedWords.${stage}`,
    params: {
      date: humanDate(endOfDay(day)),
      number: number ?? texts.render({ key: 'letter.noNumber' }),
      due: dueWords(dueAtMs, (ref) => texts.render(ref)),
    },
  });

/** What is over already is said at once, and once. */
async function remind(
  app: App,
  reader: StaffMember,
  lockedId: string,
  dueAtMs: number,
  due: string,
): Promise<void> {
  const nowMs = app.clock.nowMs();
  const times = REMINDED_BEFORE.map((days) => reminderMs(app, dueAtMs, days)).filter((atMs) => atMs > nowMs);
  const isOver = dueAtMs < nowMs;
  for (const atMs of isOver ? [nowMs] : new Set(times)) {
    await notifyStaff(app, {
      id: `locked-due.${lockedId}.${isOver ? 'over' : String(atMs)}.${reader.id}`,
      staff: reader,
      text: {
        key: isOver ? 'staff.locked.over' : 'staff.locked.due',
        params: { ...personParams(reader), due },
      },
      lane: 'reminder',
      dueAtMs: atMs,
    });
  }
}

/** In the morning of a day on which the office is open. */
function reminderMs({ calendar }: Pick<App, 'calendar'>, dueAtMs: number, workingDays: number): number {
  const last = lastWorkingDayOnOrBefore(calendar, localDateOf(dueAtMs));
  return atLocal(workingDays === 0 ? last : addWorkingDays(calendar, last, -workingDays), REMINDED_AT);
}
