import { DAY_MS, localDateOf } from '#src/domain/calendar/local-time.ts';
import { type Week, weekFor, weekOf, weekToTell } from '#src/domain/duties/week.ts';
import type { Duty } from '#src/domain/duty.ts';
import { hasRole, inPlaceOf, type StaffMember } from '#src/domain/staff.ts';
import type { App } from '../app.ts';
import { type EffectContext, replyText } from '../inbound/reply.ts';
import { notifyChat, notifyStaff } from '../send/notify.ts';
import { presentWeek, weekPrompt } from './present-week.ts';

/** What is overdue for longer than a year is a matter for the next plan. */
const BACK_MS = 400 * DAY_MS;
/** A duty can be reported done long before its day. */
const AHEAD_MS = 90 * DAY_MS;

type Ports = Pick<
  App,
  'duties' | 'staff' | 'plans' | 'deliveries' | 'texts' | 'wake' | 'log' | 'clock' | 'calendar'
>;

/**
 * Once a week each leader gets one message in private: what is overdue, also where nobody is reminded any more, what is due,
 * how much was done. To whom there is nothing to say nothing is said. Safe to run twice: the message has the week's id.
 */
export async function tellWeek(ports: Ports, signal?: AbortSignal): Promise<void> {
  const nowMs = ports.clock.nowMs();
  const week = weekToTell(ports.calendar, nowMs);
  if (!week) return;
  const staff = await ports.staff.list();
  const untold: StaffMember[] = [];
  for (const leader of staff.filter((one) => hasRole(one, 'leader', 'chairperson')))
    if (!(await ports.deliveries.get(noticeId(week, leader)))) untold.push(leader);
  if (untold.length === 0) return;
  const duties = await dutiesAround(ports, nowMs);
  for (const leader of untold) {
    if (signal?.aborted) return;
    const reader = inPlaceOf(leader.id, staff, localDateOf(nowMs));
    if (!reader) continue;
    const found = weekFor(duties, leader, week, nowMs);
    const message = await presentWeek(ports, { week, found, leader, reader, staff });
    if (!message) continue;
    const id = noticeId(week, leader);
    const prompt = { prompt: weekPrompt(id, message.choices), written: [] };
    const notice = { id, text: message.text, lane: 'reminder', dueAtMs: nowMs } as const;
    await notifyStaff(ports, { ...notice, ...(message.choices.length > 0 && prompt), staff: reader });
  }
}

/** "Tuần này": the same whenever a leader asks. */
export async function showWeek(app: App, context: EffectContext): Promise<void> {
  const leader = await app.staff.byChat(context.conversation.chat);
  if (!leader || !hasRole(leader, 'leader', 'chairperson'))
    return replyText(app, context, { key: 'common.notAllowed' });
  const nowMs = app.clock.nowMs();
  const week = weekOf(localDateOf(nowMs));
  const staff = await app.staff.list();
  const found = weekFor(await dutiesAround(app, nowMs), leader, week, nowMs);
  const message = await presentWeek(app, { week, found, leader, reader: leader, staff });
  if (!message) return replyText(app, context, { key: 'duty.week.none' });
  const { text, choices } = message;
  const prompt = { prompt: weekPrompt(`${context.id}.week`, choices), written: [] };
  await notifyChat(app, {
    id: context.id,
    chat: context.conversation.chat,
    text,
    ...(choices.length > 0 && prompt),
    lane: 'reply',
    dueAtMs: nowMs,
  });
}

const noticeId = ({ monday }: Week, { id }: StaffMember): string => `week.${monday}.${id}`;

const dutiesAround = ({ duties }: Pick<Ports, 'duties'>, nowMs: number): Promise<readonly Duty[]> =>
  duties.dueBetween(nowMs - BACK_MS, nowMs + AHEAD_MS);
