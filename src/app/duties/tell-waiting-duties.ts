import type { Conversation } from '#src/domain/conversation/types.ts';
import { isUnfinished } from '#src/domain/duty.ts';
import { mayAnswer } from '#src/domain/duties/answer-duty.ts';
import { dutyOfReminder, remindersOf } from '#src/domain/duties/reminder-id.ts';
import { type Delivery, DUTY_ROWS } from '#src/domain/outbound.ts';
import type { StaffMember } from '#src/domain/staff.ts';
import type { App } from '../app.ts';
import { shortDate } from '../present.ts';
import { letGo, refusedRows, sendLate } from '../send/late.ts';
import { wakeLane } from '../send/notify.ts';
import { actingMember } from '../staff/acting.ts';

const AT_ONCE = 100;

/**
 * Reminders that Zalo did not take come when their officer writes again: of each duty that is still open and still speaks to
 * them the last one, with the day it is from. Safe to run twice.
 */
export async function tellWaitingDuties(app: App, conversation: Conversation): Promise<void> {
  const rows = await refusedRows(app, conversation, DUTY_ROWS, AT_ONCE);
  const last = new Map<string, Delivery>();
  for (const row of rows) for (const dutyId of dutiesOf(row)) last.set(dutyId, row);
  const reader = last.size === 0 ? null : await actingMember(app, conversation.chat);
  for (const row of new Set(last.values())) {
    if (reader === null || !(await isStillTheirs(app, dutiesOf(row), reader))) continue;
    const params = { day: shortDate(row.dueAtMs), words: row.message?.text ?? '' };
    const text = app.texts.render({ key: 'duty.waited', params });
    await sendLate(app, conversation, row, text);
  }
  for (const row of rows) await letGo(app, row);
  if (last.size > 0) await wakeLane(app, conversation.chat.platform, 'reply');
}

function dutiesOf({ prompt }: Delivery): readonly string[] {
  if (prompt?.subject.kind === 'duty') return [prompt.subject.dutyId];
  return remindersOf(prompt?.subject).map(dutyOfReminder);
}

/** One of them is open, and has not been given to others meanwhile. */
async function isStillTheirs(
  { duties }: Pick<App, 'duties'>,
  ids: readonly string[],
  reader: StaffMember,
): Promise<boolean> {
  for (const id of ids) {
    const duty = await duties.get(id);
    if (duty && isUnfinished(duty) && mayAnswer(duty, reader)) return true;
  }
  return false;
}
