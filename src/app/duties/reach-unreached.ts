import { morningAfterNight } from '#src/domain/calendar/quiet-hours.ts';
import { DAY_MS, localDateOf } from '#src/domain/calendar/local-time.ts';
import { WINDOW_MS } from '#src/domain/conversation/zalo-window.ts';
import { chatKey } from '#src/domain/inbound.ts';
import { type Delivery, DUTY_ROWS } from '#src/domain/outbound.ts';
import type { StaffMember } from '#src/domain/staff.ts';
import type { App } from '../app.ts';
import { personParams } from '../present.ts';
import { notifyChat, notifyStaff, wakeLane } from '../send/notify.ts';
import { repeated } from '../send/repeated.ts';
import { mention } from './present-duty.ts';

const ROWS_AT_ONCE = 50;
/** Silent for so long after Zalo shut the chat, somebody has to call. */
const CALL_AFTER_MS = 5 * DAY_MS;

type Path = 'other-contact' | 'officers-group' | 'call' | 'nobody' | 'left';

/**
 * A reminder that did not arrive must not vanish. In this order: the next address of the same person; a line in the group
 * of officers that says nothing but that something waits; the admins, who call. The last two once a person and day, and
 * the admins also where the person has been silent for long. Which way it went is on record. Safe to run twice.
 */
export async function reachUnreached(app: App, signal?: AbortSignal): Promise<void> {
  for (const row of await app.deliveries.undelivered(DUTY_ROWS, ROWS_AT_ONCE)) {
    if (signal?.aborted) return;
    // One that may have arrived is left to the next rung: told again here it would be there twice.
    const path = row.state === 'unknown' ? null : await otherWay(app, row);
    if (path !== null) await record(app, row, path);
    if (path === 'nobody') app.log.error({ delivery: row.id }, 'a reminder reaches nobody');
    // Written down last: a crash before it goes the same way again under the same ids.
    await app.deliveries.markReported(row.id, 'told', app.clock.nowMs());
  }
}

async function otherWay(app: App, row: Delivery): Promise<Path> {
  const chat = row.target.kind === 'chat' ? row.target.chat : null;
  const person = chat === null ? null : await app.staff.byChat(chat);
  if (chat === null || !person?.active) return 'left';
  const after = person.contacts.findIndex((one) => chatKey(one) === chatKey(chat)) + 1;
  const next = person.contacts[after];
  if (next) {
    await app.deliveries.insert([repeated(app, row, { id: `${row.id}.${String(after)}`, chat: next })]);
    await wakeLane(app, next.platform, row.lane);
    return 'other-contact';
  }
  const heardAtMs = (await app.conversations.load(chatKey(chat)))?.heardAtMs ?? null;
  const isLongSilent = heardAtMs === null || app.clock.nowMs() - heardAtMs > WINDOW_MS + CALL_AFTER_MS;
  const inGroup = await askInGroup(app, person);
  if (inGroup && !isLongSilent) return 'officers-group';
  return (await askToCall(app, person)) ? 'call' : inGroup ? 'officers-group' : 'nobody';
}

const idOf = (app: App, person: StaffMember): string =>
  `nudge.${person.id}.${localDateOf(app.clock.nowMs())}`;

/** Neither what waits nor whether it is late: that would cost face. */
async function askInGroup(app: App, person: StaffMember): Promise<boolean> {
  const groups = (await app.destinations.list({ state: 'active' })).filter(
    ({ kind, audience }) => kind === 'group' && audience === 'officers',
  );
  const group = groups.find(({ chat }) => chat.platform === person.contacts[0]?.platform) ?? groups[0];
  if (!group) return false;
  await notifyChat(app, {
    id: `${idOf(app, person)}.group`,
    chat: group.chat,
    text: { key: 'duty.nudge.group', params: personParams(person) },
    lane: 'reminder',
    dueAtMs: morningAfterNight(app.clock.nowMs()),
  });
  return true;
}

async function askToCall(app: App, person: StaffMember): Promise<boolean> {
  let isAsked = false;
  for (const admin of (await app.staff.withRole('admin')).filter((one) => one.id !== person.id)) {
    const notified = await notifyStaff(app, {
      id: `${idOf(app, person)}.${admin.id}`,
      staff: admin,
      text: {
        key: 'duty.nudge.call',
        params: { ...personParams(admin), whom: mention(app.texts, person), full: person.name },
      },
      lane: 'reminder',
      dueAtMs: morningAfterNight(app.clock.nowMs()),
    });
    if (notified.kind !== 'no-contact') isAsked = true;
  }
  return isAsked;
}

async function record(app: App, row: Delivery, path: Path): Promise<void> {
  const subject = row.prompt?.subject.kind === 'duty' ? row.prompt.subject.dutyId : row.id;
  await app.audit.record({
    id: `unreached.${row.id}`,
    atMs: app.clock.nowMs(),
    by: 'system',
    action: 'reminder-unreached',
    subject,
    reason: path,
  });
}
