import { localDateOf } from '#src/domain/calendar/local-time.ts';
import { leaderOn } from '#src/domain/inspections/leading.ts';
import { isToBeTold, maySeeVisit } from '#src/domain/inspections/may-see.ts';
import { isUnderWay, lastMove, type Visit } from '#src/domain/inspections/visit.ts';
import type { Conversation } from '#src/domain/conversation/types.ts';
import { chatKey } from '#src/domain/inbound.ts';
import { type Delivery, NOTE_ROWS } from '#src/domain/outbound.ts';
import type { StaffMember } from '#src/domain/staff.ts';
import type { App } from '../app.ts';
import { mention } from '../duties/present-duty.ts';
import { personParams, shortDate } from '../present.ts';
import { letGo, refusedRows, sendLate } from '../send/late.ts';
import { notifyStaff, wakeLane } from '../send/notify.ts';
import { repeated } from '../send/repeated.ts';
import { noteId, visitParams, wordsFor } from './visit-words.ts';

const ROWS_AT_ONCE = 50;

/**
 * A message about a visit that did not arrive goes to the person's next address; where there is none, whoever leads or planned
 * the visit hears of it, and calls. Neither a group nor an admin is asked, as for other reminders: even that something waits for
 * an inspector could tell the unit. Safe to run twice.
 */
export async function reachTeam(app: App, signal?: AbortSignal): Promise<void> {
  for (const row of await app.deliveries.undelivered(NOTE_ROWS, ROWS_AT_ONCE)) {
    if (signal?.aborted) return;
    // One that may have arrived would be there twice.
    if (row.state !== 'unknown') await otherWay(app, row);
    await app.deliveries.markReported(row.id, 'told', app.clock.nowMs());
  }
}

async function otherWay(app: App, row: Delivery): Promise<void> {
  const chat = row.target.kind === 'chat' ? row.target.chat : null;
  const person = chat === null ? null : await app.staff.byChat(chat);
  if (chat === null || !person?.active) return;
  const visit = await visitOf(app, row);
  if (visit && isOfOldDay(visit, row)) return;
  const after = person.contacts.findIndex((one) => chatKey(one) === chatKey(chat)) + 1;
  const next = person.contacts[after];
  if (next) {
    await app.deliveries.insert([repeated(app, row, { id: `${row.id}.${String(after)}`, chat: next })]);
    return wakeLane(app, next.platform, row.lane);
  }
  if (visit && isUnderWay(visit)) await tellInCharge(app, row, visit, person);
}

const visitOf = async (app: App, { prompt }: Delivery): Promise<Visit | null> =>
  prompt?.subject.kind === 'inspection' ? app.visits.get(prompt.subject.visitId) : null;

/** The visit has another day since. */
const isOfOldDay = (visit: Visit, { dueAtMs }: Delivery): boolean =>
  dueAtMs < (lastMove(visit)?.atMs ?? -Infinity);

async function tellInCharge(app: App, row: Delivery, visit: Visit, unreached: StaffMember): Promise<void> {
  const words = await wordsFor(app);
  const params = { ...visitParams(app, words, visit), whom: mention(app.texts, unreached) };
  const leader = leaderOn(visit, words.staff, localDateOf(app.clock.nowMs()));
  const inCharge = words.staff.filter(
    (one) =>
      [leader?.id, visit.plannedById].includes(one.id) && one.id !== unreached.id && isToBeTold(visit, one),
  );
  for (const staff of inCharge)
    await notifyStaff(app, {
      id: noteId(app, row.id, 'unreached', staff.id),
      staff,
      text: { key: 'inspection.unreached', params: { ...params, ...personParams(staff) } },
      lane: 'reminder',
      dueAtMs: app.clock.nowMs(),
    });
}

/** What Zalo did not take comes when its reader writes again, as far as it still concerns them. Safe to run twice. */
export async function tellWaitingNotes(app: App, conversation: Conversation): Promise<void> {
  const { chat } = conversation;
  const rows = await refusedRows(app, conversation, NOTE_ROWS, ROWS_AT_ONCE);
  const person = rows.length === 0 ? null : await app.staff.byChat(chat);
  for (const row of rows) {
    const visit = await visitOf(app, row);
    const isStale =
      visit !== null &&
      (!person || !isUnderWay(visit) || !maySeeVisit(visit, person) || isOfOldDay(visit, row));
    const params = { day: shortDate(row.dueAtMs), words: row.message?.text ?? '' };
    const text = app.texts.render({ key: 'duty.waited', params });
    if (!isStale) await sendLate(app, conversation, row, text);
    await letGo(app, row);
  }
  if (rows.length > 0) await wakeLane(app, chat.platform, 'reply');
}
