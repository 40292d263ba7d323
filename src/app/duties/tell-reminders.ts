import { ALL_OF_LIST, dutyChoices, openValue } from '#src/domain/conversation/flows/duty-prompts.ts';
import { listNumber } from '#src/domain/conversation/choices.ts';
import { morningAfterNight } from '#src/domain/calendar/quiet-hours.ts';
import type { Duty, DutyAudience } from '#src/domain/duty.ts';
import { isDueOn, isOneTooMany } from '#src/domain/duties/one-too-many.ts';
import { reminderId, remindersOf } from '#src/domain/duties/reminder-id.ts';
import type { Reminder, Tick } from '#src/domain/duties/tick-duty.ts';
import type { Choice, PromptToOpen } from '#src/domain/outbound.ts';
import type { StaffMember } from '#src/domain/staff.ts';
import { type Calendar, nextMorning } from '#src/domain/calendar/calendar.ts';
import type { LocalDate, Plan } from '#src/domain/plan.ts';
import type { DeliveryStore } from '../ports/deliveries.ts';
import type { Texts } from '../ports/services.ts';
import { personParams, shortDate } from '../present.ts';
import { type NotifyPorts, notifyStaff } from '../send/notify.ts';
import { dutyParams, lineKey, mention, ofDuty, reminderKey, reminderText } from './present-duty.ts';

export interface TellPorts extends NotifyPorts {
  readonly deliveries: Pick<DeliveryStore, 'insert' | 'get'>;
  readonly texts: Texts;
}

/** What all duties of one tick see alike. */
export interface Round {
  readonly nowMs: number;
  readonly staff: readonly StaffMember[];
  readonly plan: Plan | null;
  readonly calendar: Calendar;
  /** Unfinished ones with their last day from now to the end of the week. */
  readonly dueThisWeek: readonly Duty[];
}

/** One reminder of a tick, with the duty as it was before. */
export interface Told {
  readonly duty: Duty;
  readonly tick: Tick;
  readonly reminder: Reminder;
}

/** More would be no message any more; the rest comes in another. */
const MOST_LINES = 20;

/**
 * Tells one person what is due of one day: one message, a list where it is more than one thing. The messages of a person
 * and day are numbered, none is changed once it is there, and what one of them holds no later one tells again: each
 * reminder stands in exactly one, whatever crashes and whoever ticks at the same time.
 */
export async function tellPerson(
  ports: TellPorts,
  round: Round,
  person: StaffMember,
  date: LocalDate,
  told: readonly Told[],
): Promise<void> {
  let left = told.toSorted(ownFirst);
  for (let count = 1; left.length > 0; count += 1) {
    const id = `duty.${date}.${String(count)}.${person.id}`;
    const some = left.slice(0, MOST_LINES);
    const soon = count === 1 ? dueSoon(round, person, told) : [];
    const message = wordsOf(ports, round, person, { some, soon });
    const isSomethingDue = some.some(({ duty }) => isDueOn(duty, round.nowMs));
    const notified = await notifyStaff(ports, {
      id,
      staff: person,
      text: { key: 'duty.words', params: { words: message.words } },
      prompt: { id, ...message.prompt },
      written: message.written,
      lane: 'reminder',
      dueAtMs: isOneTooMany(count, isSomethingDue)
        ? nextMorning(round.calendar, round.nowMs)
        : morningAfterNight(round.nowMs),
    });
    const stands = notified.kind === 'already-queued' ? await remindersIn(ports, id) : some.map(idOf);
    left = left.filter((one) => !stands.includes(idOf(one)));
  }
}

/** Before what climbed to them; what is due first before the rest. */
const ownFirst = (a: Told, b: Told): number =>
  Number(a.reminder.to !== 'responsible') - Number(b.reminder.to !== 'responsible') ||
  a.duty.dueAtMs - b.duty.dueAtMs;

const idOf = ({ duty, reminder }: Told): string => reminderId(duty.id, reminder.key);

async function remindersIn({ deliveries }: TellPorts, id: string): Promise<readonly string[]> {
  return remindersOf((await deliveries.get(id))?.prompt?.subject);
}

/** What else the person has to do this week: not reminded of today, but good to know. */
const dueSoon = ({ dueThisWeek }: Round, person: StaffMember, told: readonly Told[]): readonly Duty[] =>
  dueThisWeek
    .filter(({ id, responsibleId }) => responsibleId === person.id && !told.some((one) => one.duty.id === id))
    .slice(0, MOST_LINES);

interface Words {
  readonly words: string;
  readonly prompt: Omit<PromptToOpen, 'id'>;
  readonly written: readonly Choice[];
}

interface OfMessage {
  readonly some: readonly Told[];
  readonly soon: readonly Duty[];
}

function wordsOf(ports: TellPorts, round: Round, person: StaffMember, message: OfMessage): Words {
  const [only, ...others] = message.some;
  return only && others.length === 0
    ? single(ports, round, person, only, message.soon)
    : list(ports, round, person, message);
}

/** One reminder is answered right below it. */
function single(
  ports: TellPorts,
  round: Round,
  person: StaffMember,
  told: Told,
  soon: readonly Duty[],
): Words {
  const { duty, reminder } = told;
  const choices = dutyChoices(reminder.to, (ref) => ports.texts.render(ref));
  const sentence = sentenceOf(ports, round, person, told, reminderKey(duty, reminder));
  const opening = soon.map((one, index) => opens(one, 'responsible', choices.length + index));
  return {
    words: [sentence, ...weekLines(ports, round, soon, choices.length)].join('\n'),
    prompt: {
      subject: { kind: 'duty', ...ofDuty(duty), reminders: [idOf(told)] },
      choices: [...choices, ...opening],
    },
    written: choices,
  };
}

/** The day's reminders, and below them what else is due this week, each with the number that opens it. */
function list(ports: TellPorts, round: Round, person: StaffMember, { some, soon }: OfMessage): Words {
  const { texts } = ports;
  const isChairperson = some.every(({ reminder }) => reminder.to === 'chairperson');
  const lines = some.map((one, index) =>
    numberedLine(ports, index, sentenceOf(ports, round, person, one, lineKey(one.duty, one.reminder))),
  );
  const words = [
    texts.render({
      key: isChairperson ? 'duty.list.chairperson' : 'duty.list.title',
      params: { ...personParams(person), count: some.length, date: shortDate(round.nowMs) },
    }),
    ...lines,
    ...weekLines(ports, round, soon, some.length),
    texts.render({ key: 'duty.list.open', params: personParams(person) }),
  ].join('\n');
  const isOwn = some.some(({ reminder }) => reminder.to === 'responsible');
  const all: Choice = {
    number: listNumber(some.length + soon.length),
    value: ALL_OF_LIST,
    label: texts.render({ key: isOwn ? 'duty.choice.acknowledge' : 'duty.choice.known' }),
  };
  const opening = [
    ...some.map(({ duty, reminder }, index) => opens(duty, reminder.to, index)),
    ...soon.map((duty, index) => opens(duty, 'responsible', some.length + index)),
  ];
  const subject = { kind: 'duty-list', reminders: some.map(idOf) } as const;
  return { words, prompt: { subject, choices: [...opening, all] }, written: [all] };
}

const opens = (duty: Duty, to: DutyAudience, index: number): Choice => ({
  number: listNumber(index),
  value: openValue(to, duty.id),
  label: duty.title,
});

const numberedLine = ({ texts }: TellPorts, index: number, words: string): string =>
  texts.render({ key: 'duty.list.line', params: { number: listNumber(index), words } });

function weekLines(
  ports: TellPorts,
  { calendar, nowMs }: Round,
  soon: readonly Duty[],
  before: number,
): readonly string[] {
  if (soon.length === 0) return [];
  const lines = soon.map((duty, index) => {
    const params = dutyParams(ports.texts, calendar, duty, nowMs);
    return numberedLine(ports, before + index, ports.texts.render({ key: 'duty.list.due', params }));
  });
  return [ports.texts.render({ key: 'duty.list.week' }), ...lines];
}

function sentenceOf(
  { texts }: TellPorts,
  { staff, nowMs, calendar }: Round,
  person: StaffMember,
  { duty, tick, reminder }: Told,
  key: string,
): string {
  const nameOf = (id: string | null): string =>
    mention(texts, staff.find((member) => member.id === id) ?? null);
  const params = {
    ...dutyParams(texts, calendar, duty, nowMs),
    ...personParams(person),
    responsible: nameOf(duty.responsibleId),
    reminded: reminder.reminded.responsible,
    remindedHead: reminder.reminded.head,
  };
  const absent = reminder.forId === person.id ? null : nameOf(reminder.forId);
  return reminderText(texts, { key, params }, reminder, escalatesAtMs(tick.duty, nowMs), absent);
}

/** When silence will be told to somebody else: the next rung, if there is anybody above. */
function escalatesAtMs(duty: Duty, nowMs: number): number | null {
  if (duty.headId === null && duty.chairpersonId === null) return null;
  const next = duty.rungs[duty.nextRung];
  return next !== undefined && next.atMs > nowMs ? next.atMs : null;
}
