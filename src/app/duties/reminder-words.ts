import { ALL_OF_LIST, dutyChoices, openValue } from '#src/domain/conversation/flows/duty-prompts.ts';
import { listNumber } from '#src/domain/conversation/choices.ts';
import { localDateOf } from '#src/domain/calendar/local-time.ts';
import type { Calendar } from '#src/domain/calendar/calendar.ts';
import type { Duty, DutyAudience } from '#src/domain/duty.ts';
import { reminderId } from '#src/domain/duties/reminder-id.ts';
import { type Reminder, type Tick, tickDuty, USUAL_TICK } from '#src/domain/duties/tick-duty.ts';
import type { Choice, PromptToOpen } from '#src/domain/outbound.ts';
import type { Plan } from '#src/domain/plan.ts';
import { inPlaceOf, type StaffMember } from '#src/domain/staff.ts';
import type { Texts } from '../ports/services.ts';
import { personParams, shortDate } from '../present.ts';
import {
  type Climbing,
  dutyParams,
  lineKey,
  mention,
  ofDuty,
  reminderKey,
  reminderText,
} from './present-duty.ts';

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
export const MOST_LINES = 20;

export const idOf = ({ duty, reminder }: Told): string => reminderId(duty.id, reminder.key);

export interface ReminderWords {
  readonly words: string;
  readonly prompt: Omit<PromptToOpen, 'id'>;
  readonly written: readonly Choice[];
}

export interface OfMessage {
  readonly some: readonly Told[];
  /** Not reminded of today, but good to know. */
  readonly soon: readonly Duty[];
}

/** What one message says: its reminders and, below them, what else is due this week. */
export function wordsOf(texts: Texts, round: Round, person: StaffMember, message: OfMessage): ReminderWords {
  const [only, ...others] = message.some;
  return only && others.length === 0
    ? single(texts, round, person, only, message.soon)
    : list(texts, round, person, message);
}

/** One reminder is answered right below it. */
function single(
  texts: Texts,
  round: Round,
  person: StaffMember,
  told: Told,
  soon: readonly Duty[],
): ReminderWords {
  const { duty, reminder } = told;
  const choices = dutyChoices(reminder.to, (ref) => texts.render(ref));
  const sentence = sentenceOf(texts, round, person, told, reminderKey(duty, reminder));
  const opening = soon.map((one, index) => opens(one, 'responsible', choices.length + index));
  return {
    words: [sentence, ...weekLines(texts, round, soon, choices.length)].join('\n'),
    prompt: {
      subject: { kind: 'duty', ...ofDuty(duty), reminders: [idOf(told)] },
      choices: [...choices, ...opening],
    },
    written: choices,
  };
}

/** The day's reminders, and below them what else is due this week, each with the number that opens it. */
function list(texts: Texts, round: Round, person: StaffMember, { some, soon }: OfMessage): ReminderWords {
  const isChairperson = some.every(({ reminder }) => reminder.to === 'chairperson');
  const lines = some.map((one, index) =>
    numberedLine(texts, index, sentenceOf(texts, round, person, one, lineKey(one.duty, one.reminder))),
  );
  const words = [
    texts.render({
      key: isChairperson ? 'duty.list.chairperson' : 'duty.list.title',
      params: { ...personParams(person), count: some.length, date: shortDate(round.nowMs) },
    }),
    ...lines,
    ...weekLines(texts, round, soon, some.length),
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

const numberedLine = (texts: Texts, index: number, words: string): string =>
  texts.render({ key: 'duty.list.line', params: { number: listNumber(index), words } });

function weekLines(
  texts: Texts,
  { calendar, nowMs }: Round,
  soon: readonly Duty[],
  before: number,
): readonly string[] {
  if (soon.length === 0) return [];
  const lines = soon.map((duty, index) => {
    const params = dutyParams(texts, calendar, duty, nowMs);
    return numberedLine(texts, before + index, texts.render({ key: 'duty.list.due', params }));
  });
  return [texts.render({ key: 'duty.list.week' }), ...lines];
}

function sentenceOf(
  texts: Texts,
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
  return reminderText(texts, { key, params }, reminder, climbing(tick.duty, staff, nowMs), absent);
}

/** What the next rung will tell to others if nobody answers: it is ticked as it will be, but not kept. */
function climbing(duty: Duty, staff: readonly StaffMember[], nowMs: number): Climbing | null {
  const atMs = duty.rungs[duty.nextRung]?.atMs ?? nowMs;
  if (atMs <= nowMs) return null;
  const day = localDateOf(atMs);
  const { reminders } = tickDuty(duty, atMs, {
    ...USUAL_TICK,
    inPlaceOf: (id) => inPlaceOf(id, staff, day)?.id ?? null,
  });
  const to = reminders.map((reminder) => reminder.to).filter((role) => role !== 'responsible');
  return to.length === 0 ? null : { atMs, to };
}
