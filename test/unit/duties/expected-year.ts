import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/**
 * What a year of reminders should be, worked out from the plan's file by other means than the scheduler's: days are counted on
 * a list of days off written down here, one at a time, and each duty is told as a story from its first rung to its last.
 */

/** Official days off that fall on a weekday, and Saturdays worked instead of one (Bộ luật Lao động 2019, Điều 112, and the swaps). */
const DAYS_OFF = new Set(
  `2024-01-01 2024-02-08 2024-02-09 2024-02-12 2024-02-13 2024-02-14 2024-04-18 2024-04-29 2024-04-30 2024-05-01 2024-09-02
   2024-09-03 2025-01-01 2026-01-01 2026-01-02 2026-02-16 2026-02-17 2026-02-18 2026-02-19 2026-02-20 2026-04-27 2026-04-30
   2026-05-01 2026-08-31 2026-09-01 2026-09-02 2027-01-01`.split(/\s+/u),
);
const WORKED_SATURDAYS = new Set(['2024-05-04', '2026-01-10', '2026-08-22']);

interface PlanRung {
  readonly workingDaysBefore: number;
  readonly at: string;
  readonly to: readonly string[];
}
interface PlanLadder {
  readonly rungs: readonly PlanRung[];
  readonly overdue: { readonly at: string; readonly to: readonly string[] };
}
interface PlanFile {
  readonly ladders?: readonly (PlanLadder & { readonly for: string; readonly unit?: string })[];
  readonly deadlines: readonly {
    readonly id: string;
    readonly before: string | { readonly month: number; readonly day: number };
    readonly responsible: string;
    readonly ladder?: PlanLadder;
  }[];
  readonly routines: readonly {
    readonly id: string;
    readonly on: readonly {
      readonly month?: number;
      readonly monthOfQuarter?: number;
      readonly day?: number;
      readonly aheadOf?: string;
      readonly workingDays?: number;
      readonly weekday?: number;
    }[];
    readonly responsible: string;
    readonly ladder?: PlanLadder;
  }[];
  readonly inspections: readonly {
    readonly id: string;
    readonly inspector: string;
    readonly announced: boolean;
    readonly schedule?: { readonly on: readonly string[]; readonly ladder?: PlanLadder };
  }[];
}

export interface Officer {
  readonly id: string;
  readonly unit: string;
  readonly isLeader: boolean;
  readonly leave?: { readonly from: string; readonly to: string };
  readonly deputy?: string;
}

/** What the first who gets a reminder does within the hour. */
export type Reaction = 'nothing' | 'seen' | 'done';
export type ReactionTo = (dutyId: string, instant: string) => Reaction;

interface Dated {
  readonly id: string;
  readonly lastDay: string;
  readonly unit: string;
  readonly ladder: PlanLadder;
}

const shift = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** 1 is Monday. */
const isoWeekday = (date: string): number => new Date(`${date}T00:00:00Z`).getUTCDay() || 7;

function isWorked(date: string): boolean {
  if (WORKED_SATURDAYS.has(date)) return true;
  return isoWeekday(date) < 6 && !DAYS_OFF.has(date);
}

function walk(from: string, workingDays: number): string {
  let day = from;
  for (let left = Math.abs(workingDays); left > 0;) {
    day = shift(day, Math.sign(workingDays));
    if (isWorked(day)) left -= 1;
  }
  return day;
}

function aimOf(lastDay: string): string {
  let aim = lastDay;
  while (!isWorked(aim)) aim = shift(aim, -1);
  return aim;
}

const two = (value: number): string => String(value).padStart(2, '0');

function datedDuties(file: PlanFile, year: number): readonly Dated[] {
  const found: Dated[] = [];
  const common = (kind: string, unit: string): PlanLadder => {
    const some = (file.ladders ?? []).filter((one) => one.for === kind);
    const one = some.find((each) => each.unit === unit) ?? some.find((each) => each.unit === undefined);
    if (!one) throw new Error(`no ladder for ${kind}`);
    return one;
  };
  for (const { id, before, responsible: unit, ladder = common('report', unit) } of file.deadlines) {
    const day =
      typeof before === 'string' ? before : `${String(year)}-${two(before.month)}-${two(before.day)}`;
    if (day.startsWith(String(year)))
      found.push({ id: `${id}.${String(year)}`, lastDay: shift(day, -1), unit, ladder });
  }
  for (const { id, on, responsible: unit, ladder = common('routine', unit) } of file.routines) {
    for (const { weekday } of on) {
      if (weekday === undefined) continue;
      for (let day = `${String(year)}-01-01`; day.startsWith(String(year)); day = shift(day, 1)) {
        const week = Array.from({ length: weekday }, (_, back) => shift(day, -back));
        if (isoWeekday(day) === weekday && week.some(isWorked))
          found.push({ id: `${id}.${day}`, lastDay: day, unit, ladder });
      }
    }
    for (let month = 1; month <= 12; month += 1) {
      for (const rule of on) {
        if (rule.day === undefined) continue;
        const fits =
          rule.month === undefined
            ? rule.monthOfQuarter === undefined || (month - rule.monthOfQuarter) % 3 === 0
            : rule.month === month;
        const lastDay = `${String(year)}-${two(month)}-${two(rule.day)}`;
        if (fits) found.push({ id: `${id}.${lastDay}`, lastDay, unit, ladder });
      }
    }
  }
  for (const { id, on, responsible: unit, ladder = common('routine', unit) } of file.routines) {
    for (const { aheadOf, workingDays = 0 } of on) {
      for (const later of aheadOf === undefined
        ? []
        : found.filter((one) => one.id.startsWith(`${aheadOf}.`)))
        found.push({
          id: `${id}.${later.id}`,
          lastDay: walk(aimOf(later.lastDay), -workingDays),
          unit,
          ladder,
        });
    }
  }
  for (const { id, inspector: unit, announced, schedule } of file.inspections) {
    for (const lastDay of announced ? (schedule?.on ?? []) : []) {
      if (lastDay.startsWith(String(year)))
        found.push({
          id: `${id}.${lastDay}`,
          lastDay,
          unit,
          ladder: schedule?.ladder ?? common('inspection', unit),
        });
    }
  }
  return found;
}

interface Moment {
  readonly instant: string;
  readonly to: ReadonlySet<string>;
  readonly isOverdue: boolean;
}

function momentsOf({ lastDay, ladder }: Dated): readonly Moment[] {
  const aim = aimOf(lastDay);
  const before = ladder.rungs.map(({ workingDaysBefore, at, to }) => ({
    instant: `${walk(aim, -workingDaysBefore)} ${at}`,
    to: new Set(to),
    isOverdue: false,
  }));
  const after = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((day) => ({
    instant: `${walk(lastDay, day)} ${ladder.overdue.at}`,
    to: new Set(ladder.overdue.to),
    isOverdue: true,
  }));
  return [...before, ...after].sort((a, b) => (a.instant < b.instant ? -1 : 1));
}

/** Who gets something meant for an officer on a day: nobody, where deputies are away, too. */
function receiver(officers: readonly Officer[], id: string, day: string): string | null {
  const seen: string[] = [];
  for (let one = officers.find((officer) => officer.id === id); one;) {
    const { leave, deputy } = one;
    if (!leave || day < leave.from || day > leave.to) return one.id;
    seen.push(one.id);
    if (deputy === undefined || seen.includes(deputy)) return null;
    one = officers.find((officer) => officer.id === deputy);
  }
  return null;
}

function tellStory(
  duty: Dated,
  officers: readonly Officer[],
  react: ReactionTo,
  fromInstant: string,
): readonly string[] {
  const unit = officers.filter((one) => one.unit === duty.unit).sort((a, b) => (a.id < b.id ? -1 : 1));
  const doer = unit.find((one) => !one.isLeader)?.id ?? '';
  const head = unit.find((one) => one.isLeader)?.id ?? '';
  const chairperson = officers.find((one) => one.unit === 'chairperson')?.id ?? '';
  const lines: string[] = [];
  let silent = 0;
  for (const { instant, to, isOverdue } of momentsOf(duty)) {
    if (instant < fromInstant) continue;
    const doerAsked = to.has('responsible');
    const mayClimb = isOverdue || silent > 0;
    const headAsked = (mayClimb && (to.has('supervisor') || to.has('deputy'))) || (doerAsked && silent > 0);
    const chairAsked = (mayClimb && to.has('chairperson')) || (doerAsked && silent > 1);
    const told: string[] = [];
    let isPassedUp = false;
    for (const [who, isAsked] of [
      [doer, doerAsked],
      [head, headAsked],
      [chairperson, chairAsked],
    ] as const) {
      if (!isAsked && !isPassedUp) continue;
      const person = receiver(officers, who, instant.slice(0, 10));
      isPassedUp = person === null;
      if (person !== null && !told.includes(person)) told.push(person);
    }
    lines.push(...told.map((person) => `${instant} ${duty.id} ${person}`));
    if (doerAsked && told.length > 0) silent += 1;
    const reaction = told.length > 0 ? react(duty.id, instant) : 'nothing';
    if (reaction === 'seen') silent = 0;
    if (reaction === 'done') return lines;
  }
  return lines;
}

/** Every reminder of a year as `2024-04-16 08:00 DL-2.2024 person`, in order. */
export function expectedYear(
  planFile: string,
  year: number,
  officers: readonly Officer[],
  react: ReactionTo,
): readonly string[] {
  const file = parse(readFileSync(planFile, 'utf8')) as PlanFile;
  // The first of the next year may be reminded of before it begins.
  return [...datedDuties(file, year), ...datedDuties(file, year + 1)]
    .flatMap((duty) => tellStory(duty, officers, react, `${String(year)}-01-01 00:00`))
    .filter((line) => line.startsWith(String(year)))
    .sort();
}
