import { expect, it } from 'vitest';
import { buildCalendar } from '#src/calendar/build-calendar.ts';
import { USUAL_HOURS } from '#src/domain/calendar/calendar.ts';
import { countDeadline, type CountedRule, USUAL_COUNTING } from '#src/domain/calendar/deadline.ts';
import { atLocal, endOfDay, localDateOf, localTimeOf } from '#src/domain/calendar/local-time.ts';
import type { Pause } from '#src/domain/calendar/pauses.ts';
import { parseTerm } from '#src/main/commands/deadline.ts';
import type { Term } from '#src/domain/plan.ts';

const calendar = buildCalendar({ fromYear: 2023, toYear: 2028, officeHours: USUAL_HOURS });

interface Changes {
  /** `2024-03-22 10:00/2024-03-25 09:00`. */
  readonly pauses?: readonly string[];
  readonly extensions?: readonly string[];
  readonly rule?: Partial<CountedRule>;
}

type Row = [from: string, term: string, due: string, reason: string, changes?: Changes];

const WORKING_DAYS: readonly Row[] = [
  ['2024-03-18 09:00', '1wd', '2024-03-19', 'the day of the event is not counted'],
  ['2024-03-18 09:00', '3wd', '2024-03-21', 'three working days in a row'],
  ['2024-03-18 23:59', '3wd', '2024-03-21', 'the hour of the event does not matter'],
  ['2024-03-18 09:00', '5wd', '2024-03-25', 'the weekend is left out'],
  ['2024-03-18 09:00', '10wd', '2024-04-01', 'two weekends are left out'],
  ['2024-03-22 16:45', '1wd', '2024-03-25', 'Friday afternoon: Monday is day one'],
  ['2024-03-23 10:00', '1wd', '2024-03-25', 'sent on Saturday: Monday is day one'],
  ['2024-03-24 23:59', '1wd', '2024-03-25', 'a minute before Monday'],
  ['2024-03-25 00:00', '1wd', '2024-03-26', 'a minute later Monday is the first day, not counted'],
  ['2024-02-06 09:00', '5wd', '2024-02-20', 'Tết 2024 takes 8 to 14 February'],
  ['2024-02-07 16:59', '1wd', '2024-02-15', 'the last working day before Tết 2024'],
  ['2024-02-10 00:30', '3wd', '2024-02-19', 'sent on the first day of Tết 2024'],
  ['2024-02-14 09:00', '1wd', '2024-02-15', 'sent on the last day of Tết 2024'],
  ['2024-02-05 09:00', '10wd', '2024-02-26', 'ten working days around Tết 2024'],
  ['2024-04-17 09:00', '1wd', '2024-04-19', 'Giỗ Tổ is on Thursday 18 April 2024'],
  ['2024-04-15 09:00', '5wd', '2024-04-23', 'Giỗ Tổ and a weekend are left out'],
  ['2024-04-26 09:00', '2wd', '2024-05-03', '29/4 (swapped), 30/4 and 1/5 are off'],
  ['2024-04-26 09:00', '3wd', '2024-05-04', 'the Saturday 4/5 is worked for 29/4'],
  ['2024-04-26 09:00', '4wd', '2024-05-06', 'the swapped Saturday counts, Sunday does not'],
  ['2024-04-26 09:00', '5wd', '2024-05-07', 'one more after the swapped Saturday'],
  ['2024-05-03 09:00', '1wd', '2024-05-04', 'due on the Saturday that is worked'],
  ['2024-05-04 10:00', '1wd', '2024-05-06', 'the Saturday that is worked is the first day'],
  ['2024-04-29 09:00', '1wd', '2024-05-02', 'sent on the Monday that was swapped away'],
  ['2024-04-30 12:00', '3wd', '2024-05-04', 'sent on 30/4, the third day is the swapped Saturday'],
  ['2024-08-30 09:00', '1wd', '2024-09-04', '2 and 3 September are off'],
  ['2024-08-28 09:00', '5wd', '2024-09-06', 'the National Day in the middle of a term'],
  ['2023-12-29 09:00', '1wd', '2024-01-02', 'New Year is a Monday'],
  ['2024-12-30 09:00', '3wd', '2025-01-03', 'over the end of the year'],
  ['2025-01-24 09:00', '3wd', '2025-02-05', 'Tết 2025 takes a whole week'],
  ['2025-04-25 09:00', '1wd', '2025-04-26', 'the Saturday 26/4/2025 is worked for 2/5'],
  ['2025-04-25 09:00', '5wd', '2025-05-06', '30/4 to 2/5/2025 are off, 26/4 is worked'],
  ['2025-04-29 09:00', '1wd', '2025-05-05', 'four days off and a weekend behind'],
  ['2025-08-29 09:00', '2wd', '2025-09-04', '1 and 2 September 2025 are off'],
  ['2025-12-31 09:00', '2wd', '2026-01-06', '1/1 and the swapped 2/1/2026 are off'],
  ['2026-01-08 09:00', '2wd', '2026-01-10', 'the Saturday 10/1/2026 is worked for 2/1'],
  ['2026-02-12 09:00', '2wd', '2026-02-23', 'Tết 2026 takes 16 to 20 February'],
  ['2026-02-13 16:45', '5wd', '2026-02-27', 'the last working day before Tết 2026'],
  ['2026-02-17 08:00', '10wd', '2026-03-06', 'sent on the first day of Tết 2026'],
  ['2026-02-09 09:00', '7wd', '2026-02-25', 'seven working days around Tết 2026'],
  ['2026-04-24 09:00', '3wd', '2026-05-04', 'Giỗ Tổ is made good on 27/4/2026; 30/4 and 1/5 are off'],
  ['2026-08-21 09:00', '1wd', '2026-08-22', 'the Saturday 22/8/2026 is worked for 31/8'],
  ['2026-08-28 09:00', '1wd', '2026-09-03', '31/8 (swapped), 1/9 and 2/9/2026 are off'],
];

const HOURS_AND_MINUTES: readonly Row[] = [
  ['2024-03-22 16:45', '4wh', '2024-03-25 11:15', 'Friday 16:45: a quarter of an hour, the rest on Monday'],
  ['2024-03-18 08:00', '4wh', '2024-03-18 14:00', 'lunch from 11:30 to 13:30 is not counted'],
  ['2024-03-18 11:45', '1wh', '2024-03-18 14:30', 'sent at lunch: counted from 13:30'],
  ['2024-03-18 06:00', '8wh', '2024-03-19 08:00', 'a day has seven hours and a half'],
  ['2024-03-18 17:00', '1wh', '2024-03-19 08:30', 'sent as the office closes'],
  ['2024-03-18 09:00', '8wh', '2024-03-19 09:30', 'eight working hours are more than a day'],
  ['2024-03-23 10:00', '4wh', '2024-03-25 11:30', 'sent on Saturday: the whole Monday morning'],
  ['2024-02-07 16:30', '1wh', '2024-02-15 08:00', 'half an hour before Tết 2024, half after'],
  ['2024-05-03 16:30', '1wh', '2024-05-04 08:00', 'the office opens on the swapped Saturday'],
  ['2024-04-26 16:45', '4wh', '2024-05-02 11:15', 'Friday before 30/4 to Thursday after it'],
  ['2026-02-13 16:45', '4wh', '2026-02-23 11:15', 'Friday before Tết 2026 to Monday after it'],
  ['2024-03-22 16:45', '45m', '2024-03-22 17:30', 'minutes do not care for office hours'],
  ['2024-02-09 23:50', '30m', '2024-02-10 00:20', 'nor for the night of Tết'],
];

const CALENDAR_DAYS: readonly Row[] = [
  ['2024-03-04 09:00', '30d', '2024-04-03', 'ends on a Wednesday'],
  ['2024-03-19 09:00', '10d', '2024-03-29', 'ends on a Friday, the weekend in it counts'],
  ['2024-01-31 09:00', '30d', '2024-03-01', 'over 29 February'],
  ['2024-03-20 09:00', '10d', '2024-04-01', 'ends on a Saturday: moves on to Monday'],
  ['2024-03-01 09:00', '30d', '2024-04-01', 'ends on a Sunday: moves on to Monday'],
  ['2024-02-28 09:00', '45d', '2024-04-15', 'forty-five days end on a Saturday: moves on'],
  ['2024-01-12 09:00', '30d', '2024-02-15', 'ends within Tết 2024: moves on to the first working day'],
  ['2026-01-20 09:00', '30d', '2026-02-23', 'ends within Tết 2026: moves on to the first working day'],
  ['2024-04-24 09:00', '10d', '2024-05-04', 'ends on the Saturday that is worked: stays'],
  ['2024-04-05 09:00', '30d', '2024-05-06', 'ends on the Sunday after the swapped Saturday: moves on'],
  ['2024-04-20 09:00', '9d', '2024-05-02', 'ends on the Monday that was swapped away: moves on'],
  ['2024-01-02 09:00', '90d', '2024-04-01', 'ninety days over a leap February'],
  ['2024-03-01 09:00', '30d', '2024-03-31', 'a rule whose end stays', { rule: { dayOff: 'stays' } }],
  [
    '2024-03-22 05:30',
    '3d',
    '2024-03-24',
    'three days of loudspeaker: the first counts, the end stays',
    { rule: { firstDay: 'counted', dayOff: 'stays' } },
  ],
  ['2024-03-18 09:00', '1wd', '2024-03-18', 'the first day counts', { rule: { firstDay: 'counted' } }],
];

const CHANGED: readonly Row[] = [
  [
    '2024-03-18 09:00',
    '10wd',
    '2024-04-02',
    'a pause over a weekend: asked on Friday, answered on Monday, which is lost',
    { pauses: ['2024-03-22 10:00/2024-03-25 09:00'] },
  ],
  [
    '2024-03-18 09:00',
    '10wd',
    '2024-04-01',
    'asked and answered on one day: nothing is lost',
    { pauses: ['2024-03-20 09:00/2024-03-20 15:00'] },
  ],
  [
    '2024-03-18 09:00',
    '10wd',
    '2024-04-08',
    'a pause of a week: five working days are lost',
    { pauses: ['2024-03-20 09:00/2024-03-27 08:00'] },
  ],
  [
    '2024-03-18 09:00',
    '3wd',
    '2024-03-27',
    'asked on the last day: it comes again after the answer',
    { pauses: ['2024-03-21 16:00/2024-03-26 10:00'] },
  ],
  [
    '2024-02-06 09:00',
    '5wd',
    '2024-02-20',
    'a pause within Tết takes no working day',
    { pauses: ['2024-02-08 09:00/2024-02-13 09:00'] },
  ],
  [
    '2024-03-18 09:00',
    '10wd',
    '2024-04-04',
    'two pauses take their days each',
    { pauses: ['2024-03-19 09:00/2024-03-20 09:00', '2024-03-26 09:00/2024-03-28 09:00'] },
  ],
  [
    '2024-03-22 16:00',
    '4wh',
    '2024-03-25 14:00',
    'a pause of working hours over a weekend',
    { pauses: ['2024-03-22 16:30/2024-03-25 08:30'] },
  ],
  [
    '2024-03-18 10:00',
    '45m',
    '2024-03-18 11:35',
    'minutes stand still in a pause',
    { pauses: ['2024-03-18 10:10/2024-03-18 11:00'] },
  ],
  [
    '2024-03-04 09:00',
    '30d',
    '2024-04-08',
    'calendar days stand still, too',
    { pauses: ['2024-03-10 09:00/2024-03-15 09:00'] },
  ],
  [
    '2024-03-18 09:00',
    '3wd',
    '2024-03-21',
    'a pause after the end changes nothing',
    { pauses: ['2024-03-25 09:00/2024-03-26 09:00'] },
  ],
  [
    '2024-03-18 09:00',
    '10wd',
    '2024-04-08',
    'an extension begins where the term ends',
    { extensions: ['5wd'] },
  ],
  ['2024-04-19 09:00', '5wd', '2024-05-04', 'an extension over 30/4', { extensions: ['3wd'] }],
  [
    '2024-03-01 09:00',
    '30d',
    '2024-04-16',
    'a complaint of thirty days that moved on, extended by fifteen',
    { extensions: ['15d'] },
  ],
  ['2024-03-22 16:45', '4wh', '2024-03-25 15:15', 'an extension of working hours', { extensions: ['2wh'] }],
  [
    '2024-03-18 09:00',
    '10wd',
    '2024-04-10',
    'a pause within an extension',
    { extensions: ['5wd'], pauses: ['2024-04-02 09:00/2024-04-04 09:00'] },
  ],
  ['2024-03-18 09:00', '5wd', '2024-03-29', 'extended twice', { extensions: ['2wd', '2wd'] }],
];

const rows = [...WORKING_DAYS, ...HOURS_AND_MINUTES, ...CALENDAR_DAYS, ...CHANGED];

function termOf(words: string): Term {
  const term = parseTerm(words);
  if (!term) throw new Error(words);
  return term;
}

function instantOf(words: string): number {
  const [date = '', time = ''] = words.split(' ');
  return atLocal(date, time);
}

function pauseOf(words: string): Pause {
  const [from = '', to = ''] = words.split('/');
  return { fromMs: instantOf(from), toMs: instantOf(to) };
}

it('the table is long enough to be worth its name', () => {
  expect(rows.length).toBeGreaterThanOrEqual(80);
});

it.each(rows)('from %s %s end with %s: %s', (...row) => {
  const [from, term, due, , changes = {}]: Row = row;
  const { dueAtMs } = countDeadline(
    calendar,
    { ...USUAL_COUNTING, ...changes.rule, term: termOf(term) },
    instantOf(from),
    { pauses: (changes.pauses ?? []).map(pauseOf), extensions: (changes.extensions ?? []).map(termOf) },
  );
  const isOfDay = dueAtMs === endOfDay(localDateOf(dueAtMs));
  expect(isOfDay ? localDateOf(dueAtMs) : `${localDateOf(dueAtMs)} ${localTimeOf(dueAtMs)}`).toBe(due);
});
