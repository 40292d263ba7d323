import type { Conversation } from '#src/domain/conversation/types.ts';
import { wayOf } from '#src/domain/conversation/zalo-window.ts';
import { isUnfinished } from '#src/domain/duty.ts';
import { dutyOfReminder, remindersOf } from '#src/domain/duties/reminder-id.ts';
import { type Delivery, DUTY_ROWS } from '#src/domain/outbound.ts';
import type { App } from '../app.ts';
import { shortDate } from '../present.ts';
import { wakeLane } from '../send/notify.ts';
import { repeated } from '../send/repeated.ts';

const AT_ONCE = 100;

/**
 * Reminders that Zalo did not take come when their officer writes again: of each duty that is still open the last one, with
 * the day it is from. Safe to run twice.
 */
export async function tellWaitingDuties(app: App, { chat, heardAtMs }: Conversation): Promise<void> {
  if (wayOf(chat.platform, heardAtMs ?? null, app.clock.nowMs()) !== 'waits') return;
  const rows = await app.deliveries.refused(chat, DUTY_ROWS, AT_ONCE);
  const last = new Map<string, Delivery>();
  for (const row of rows) for (const dutyId of dutiesOf(row)) last.set(dutyId, row);
  for (const row of new Set(last.values())) {
    if (!(await isOpen(app, dutiesOf(row)))) continue;
    const params = { day: shortDate(row.dueAtMs), words: row.message?.text ?? '' };
    const text = app.texts.render({ key: 'duty.waited', params });
    await app.deliveries.insert([repeated(app, row, { id: `${row.id}.late`, chat, text, lane: 'reply' })]);
  }
  for (const row of rows) await app.deliveries.change(row.id, ['gone'], { state: 'cancelled' });
  if (last.size > 0) await wakeLane(app, chat.platform, 'reply');
}

function dutiesOf({ prompt }: Delivery): readonly string[] {
  if (prompt?.subject.kind === 'duty') return [prompt.subject.dutyId];
  return remindersOf(prompt?.subject).map(dutyOfReminder);
}

async function isOpen({ duties }: Pick<App, 'duties'>, ids: readonly string[]): Promise<boolean> {
  for (const id of ids) {
    const duty = await duties.get(id);
    if (duty && isUnfinished(duty)) return true;
  }
  return false;
}
