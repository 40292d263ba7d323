import { morningAfterNight } from '#src/domain/calendar/quiet-hours.ts';
import type { Duty } from '#src/domain/duty.ts';
import { isDueOn, isOneTooMany } from '#src/domain/duties/one-too-many.ts';
import { remindersOf } from '#src/domain/duties/reminder-id.ts';
import type { StaffMember } from '#src/domain/staff.ts';
import { nextMorning } from '#src/domain/calendar/calendar.ts';
import type { LocalDate } from '#src/domain/plan.ts';
import type { DeliveryStore } from '../ports/deliveries.ts';
import type { Log, Texts } from '../ports/services.ts';
import { contactOf, type NoticeTo, type NotifyPorts, notifyAll } from '../send/notify.ts';
import { idOf, MOST_LINES, type Round, type Told, wordsOf } from './reminder-words.ts';

export interface TellPorts extends NotifyPorts {
  readonly deliveries: Pick<DeliveryStore, 'insert' | 'get'>;
  readonly texts: Texts;
  readonly log: Pick<Log, 'warn' | 'error'>;
}

/** What one person is told of one day. */
export interface ToTell {
  readonly person: StaffMember;
  readonly date: LocalDate;
  readonly told: readonly Told[];
}

/** Of the `count`-th message of a person and day, from 1. */
export const reminderRowId = (date: LocalDate, count: number, staffId: string): string =>
  `duty.${date}.${String(count)}.${staffId}`;

interface Rest extends ToTell {
  /** What stands in no message yet. */
  readonly left: readonly Told[];
}

interface Telling extends Rest {
  readonly notice: NoticeTo;
}

/**
 * Tells each person what is due of one day: one message, a list where it is more than one thing. The messages of a person
 * and day are numbered, none is changed once it is there, and what one of them holds no later one tells again: each
 * reminder stands in exactly one, whatever crashes and whoever ticks at the same time. All first messages are one write,
 * all second ones another. Answers the reminders that could not be put into words. Throws when the messages cannot be
 * written; some of them may be there then.
 */
export async function tellPeople(
  ports: TellPorts,
  round: Round,
  people: readonly ToTell[],
): Promise<readonly Told[]> {
  const unsaid: Told[] = [];
  let left: readonly Rest[] = people
    .filter(({ person }) => contactOf(person) !== null)
    .map((one) => ({ ...one, left: one.told.toSorted(ownFirst) }));
  for (let count = 1; left.length > 0; count += 1) {
    const tellings: Telling[] = [];
    for (const one of left) {
      const notice = safely(ports.log, one.left, () => noticeOf(ports.texts, round, one, count));
      if (notice === null) unsaid.push(...one.left);
      else tellings.push({ ...one, notice });
    }
    const areAllNew = await notifyAll(
      ports,
      tellings.map(({ notice }) => notice),
    );
    const after = areAllNew
      ? tellings.map((one) => ({ ...one, left: one.left.slice(MOST_LINES) }))
      : await Promise.all(tellings.map((one) => withoutWhatStands(ports, one)));
    left = after.filter((one) => one.left.length > 0);
  }
  return unsaid;
}

/** Null: it failed, and is in the log. */
function safely<T>(log: Pick<Log, 'error'>, told: readonly Told[], run: () => T): T | null {
  try {
    return run();
  } catch (error) {
    const why = error instanceof Error ? error.name : 'unknown';
    log.error({ duties: told.map(({ duty }) => duty.id), why }, 'reminders not put into words');
    return null;
  }
}

/** Before what climbed to them; what is due first before the rest. */
const ownFirst = (a: Told, b: Told): number =>
  Number(a.reminder.to !== 'responsible') - Number(b.reminder.to !== 'responsible') ||
  a.duty.dueAtMs - b.duty.dueAtMs;

/** Of some rows of the write it is not known who wrote them: what they hold is read. */
async function withoutWhatStands({ deliveries }: TellPorts, telling: Telling): Promise<Rest> {
  const stands = remindersOf((await deliveries.get(telling.notice.id))?.prompt?.subject);
  return { ...telling, left: telling.left.filter((one) => !stands.includes(idOf(one))) };
}

function noticeOf(texts: Texts, round: Round, { person, date, told, left }: Rest, count: number): NoticeTo {
  const id = reminderRowId(date, count, person.id);
  const some = left.slice(0, MOST_LINES);
  const soon = count === 1 ? dueSoon(round, person, told) : [];
  const isSomethingDue = some.some(({ duty }) => isDueOn(duty, round.nowMs));
  const dueAtMs = isOneTooMany(count, isSomethingDue)
    ? nextMorning(round.calendar, round.nowMs)
    : morningAfterNight(round.nowMs);
  // It speaks of the day on which it is read: what waits for a morning would say "one day left" on the last.
  const message = wordsOf(texts, { ...round, nowMs: dueAtMs }, person, { some, soon });
  return {
    id,
    staff: person,
    text: { key: 'duty.words', params: { words: message.words } },
    prompt: { id, ...message.prompt },
    written: message.written,
    lane: 'reminder',
    dueAtMs,
  };
}

const dueSoon = ({ dueThisWeek }: Round, person: StaffMember, told: readonly Told[]): readonly Duty[] =>
  dueThisWeek
    .filter(({ id, responsibleId }) => responsibleId === person.id && !told.some((one) => one.duty.id === id))
    .slice(0, MOST_LINES);
