import type { TextRef } from '#src/domain/conversation/types.ts';
import type { Calendar } from '#src/domain/calendar/calendar.ts';
import { workingDaysBetween } from '#src/domain/calendar/calendar.ts';
import { DAY_MS, endOfDay, localDateOf, localTimeOf } from '#src/domain/calendar/local-time.ts';
import { USUALLY_DONE_BY, withDoneBy } from '#src/domain/done-by.ts';
import type { Duty, DutyAudience } from '#src/domain/duty.ts';
import { isOfNeighbourhood } from '#src/domain/duties/unreachable-neighbourhood.ts';
import type { Reminder } from '#src/domain/duties/tick-duty.ts';
import type { OfDuty } from '#src/domain/outbound.ts';
import type { StaffMember } from '#src/domain/staff.ts';
import type { Texts } from '../ports/services.ts';
import { givenName, presentDay, shortDate } from '../present.ts';

type Params = Record<string, string | number>;

/** Everything a sentence about a duty may name, as people say it. */
export function dutyParams(texts: Texts, calendar: Calendar, duty: Duty, nowMs: number): Params {
  const today = localDateOf(nowMs);
  const targetMs = endOfDay(duty.targetDate);
  return {
    title: duty.title,
    recipient: duty.recipient,
    weekday: presentDay(texts, targetMs).weekday,
    date: shortDate(targetMs),
    dueDate: shortDate(duty.dueAtMs),
    left: leftText(texts, calendar, today, duty.targetDate),
    overdue: Math.max(0, Math.ceil((endOfDay(today) - duty.dueAtMs) / DAY_MS)),
  };
}

/** "anh Dũng", inside a sentence; the words for nobody where nobody is. */
export function mention(texts: Texts, person: StaffMember | null): string {
  return person === null ? texts.render({ key: 'duty.nobody' }) : `${person.address} ${givenName(person)}`;
}

/** What whoever answers reads where nothing is left to do: done and called off are two things. */
export const overKey = ({ state }: Duty): TextRef['key'] =>
  state === 'cancelled' ? 'duty.answer.calledOff' : 'duty.answer.alreadyDone';

/** What a prompt must know so that the duty can be reported done below it. */
export const ofDuty = (duty: Duty): OfDuty => ({ dutyId: duty.id, ...withDoneBy(duty) });

/** What will show that it is done; null where nothing is asked for. */
export function needsText(texts: Texts, { doneBy = USUALLY_DONE_BY }: Duty): string | null {
  if (doneBy.kind === 'word') return null;
  const params =
    doneBy.kind === 'checklist' ? { count: doneBy.items.length, items: doneBy.items.join('; ') } : {};
  return texts.render({ key: `duty.needs.${doneBy.kind}`, params });
}

/** To whom above silence will be told, and when. */
export interface Climbing {
  readonly atMs: number;
  readonly to: readonly DutyAudience[];
}

/** The sentence of a reminder, with what follows it: for whom it was meant, lateness, and who is told next. */
export function reminderText(
  texts: Texts,
  sentence: { readonly key: string; readonly params: Params },
  reminder: Reminder,
  climbs: Climbing | null,
  absent: string | null,
): string {
  const parts = [texts.render(sentence)];
  if (absent !== null) parts.push(texts.render({ key: 'duty.deputy', params: { absent } }));
  if (reminder.late) {
    const params = { at: clockTime(texts, reminder.plannedAtMs), day: shortDate(reminder.plannedAtMs) };
    parts.push(texts.render({ key: 'duty.late', params }));
  }
  if (reminder.to === 'responsible' && climbs !== null) {
    const { atMs, to } = climbs;
    const whom = to.map((role) => texts.render({ key: `duty.above.${role}` }));
    const and = texts.render({ key: 'duty.assign.and' });
    const params = { at: clockTime(texts, atMs), day: shortDate(atMs), whom: whom.join(and) };
    parts.push(texts.render({ key: 'duty.next', params }));
  }
  return parts.join(' ');
}

/** Which sentence a reminder is. "Overdue" is said to one person in private, never in a group. */
export function reminderKey(duty: Duty, reminder: Reminder): TextRef['key'] {
  const overdue = reminder.kind === 'overdue';
  if (isOfNeighbourhood(duty)) return 'duty.unreachable';
  if (reminder.to === 'chairperson') return overdue ? 'duty.chairpersonOverdue' : 'duty.chairperson';
  if (reminder.to === 'head') {
    if (reminder.reminded.responsible === 0) return 'duty.standIn';
    return overdue ? 'duty.headOverdue' : 'duty.head';
  }
  if (overdue) return 'duty.overdue';
  if (reminder.kind === 'again') return 'duty.again';
  if (duty.kind === 'inspection')
    return reminder.kind === 'due-today' ? 'duty.inspectionToday' : 'duty.inspection';
  if (duty.kind === 'routine') return 'duty.routine';
  return reminder.kind === 'due-today' ? 'duty.dueToday' : 'duty.remind';
}

/** The same in a list, where the person is addressed above. */
export function lineKey(duty: Duty, reminder: Pick<Reminder, 'kind' | 'to' | 'reminded'>): TextRef['key'] {
  const overdue = reminder.kind === 'overdue';
  if (reminder.to === 'responsible' || reminder.reminded.responsible === 0) {
    if (overdue) return 'duty.list.overdue';
    return duty.kind === 'inspection' ? 'duty.list.inspection' : 'duty.list.due';
  }
  return overdue ? 'duty.list.overdueAbove' : 'duty.list.dueAbove';
}

/** "15 giờ", "7 giờ 30". */
export function clockTime(texts: Texts, ms: number): string {
  const [hours = '', minutes = ''] = localTimeOf(ms).split(':');
  const params = { h: Number(hours), m: minutes };
  return texts.render({ key: minutes === '00' ? 'duty.clock.hour' : 'duty.clock.minute', params });
}

function leftText(texts: Texts, calendar: Calendar, today: string, target: string): string {
  if (today === target) return texts.render({ key: 'duty.leftToday' });
  const days = workingDaysBetween(calendar, today, target);
  return days === 0
    ? texts.render({ key: 'duty.leftNone' })
    : texts.render({ key: 'duty.left', params: { days } });
}
