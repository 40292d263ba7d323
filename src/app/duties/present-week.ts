import { listNumber } from '#src/domain/conversation/choices.ts';
import { openValue } from '#src/domain/conversation/flows/duty-prompts.ts';
import type { TextRef } from '#src/domain/conversation/types.ts';
import { standingOf, type Week, type WeekOfDuties } from '#src/domain/duties/week.ts';
import type { Duty } from '#src/domain/duty.ts';
import type { Choice, PromptToOpen } from '#src/domain/outbound.ts';
import { hasRole, type StaffMember } from '#src/domain/staff.ts';
import { unitNameOf } from '#src/domain/unit-name.ts';
import type { App } from '../app.ts';
import { personParams, shortDate } from '../present.ts';
import { mention } from './present-duty.ts';

/** Of each kind; the rest is counted. */
const SHOWN = 6;

export interface PresentedWeek {
  readonly week: Week;
  readonly found: WeekOfDuties;
  /** Whose duties these are. */
  readonly leader: StaffMember;
  /** Who reads it: the leader, or who stands in for them. */
  readonly reader: StaffMember;
  readonly staff: readonly StaffMember[];
}

export interface WeekMessage {
  readonly text: TextRef;
  /** Each opens the duty of its line. */
  readonly choices: readonly Choice[];
}

/** The week as one message; null where there is nothing to say. */
export async function presentWeek(
  { texts, plans }: Pick<App, 'texts' | 'plans'>,
  { week, found, leader, reader, staff }: PresentedWeek,
): Promise<WeekMessage | null> {
  const lines = linesOf(texts, found, staff);
  if (lines.length === 0) return null;
  const audience = hasRole(leader, 'chairperson') ? 'chairperson' : 'head';
  const shown = [...found.overdue.slice(0, SHOWN), ...found.due.slice(0, SHOWN)];
  const plan = (await plans.current())?.plan;
  const absent =
    reader.id === leader.id
      ? []
      : [texts.render({ key: 'duty.deputy', params: { absent: mention(texts, leader) } })];
  return {
    text: {
      key: audience === 'chairperson' ? 'duty.week.chairperson' : 'duty.week.leader',
      params: {
        ...personParams(reader),
        unit: plan ? unitNameOf(plan, leader.unitId, week.monday) : '',
        lines: [...lines, ...absent].join('\n'),
      },
    },
    choices: shown.map(({ id, title }, index) => ({
      number: listNumber(index),
      value: openValue(audience, id),
      label: title,
    })),
  };
}

function linesOf(texts: App['texts'], found: WeekOfDuties, staff: readonly StaffMember[]): readonly string[] {
  const block = (key: string, duties: readonly Duty[], before: number): readonly string[] =>
    duties.length === 0
      ? []
      : [
          texts.render({ key, params: { count: duties.length } }),
          ...duties
            .slice(0, SHOWN)
            .map((duty, index) => lineOf(texts, duty, staff, listNumber(before + index))),
          ...(duties.length > SHOWN
            ? [texts.render({ key: 'duty.week.more', params: { count: duties.length - SHOWN } })]
            : []),
        ];
  return [
    ...block('duty.week.overdue', found.overdue, 0),
    ...block('duty.week.due', found.due, Math.min(SHOWN, found.overdue.length)),
    ...(found.done > 0 ? [texts.render({ key: 'duty.week.done', params: { count: found.done } })] : []),
  ];
}

function lineOf(texts: App['texts'], duty: Duty, staff: readonly StaffMember[], number: string): string {
  const responsible = staff.find(({ id, active }) => active && id === duty.responsibleId) ?? null;
  return texts.render({
    key: `duty.week.line.${standingOf(duty)}`,
    params: { number, title: duty.title, date: shortDate(duty.dueAtMs), who: mention(texts, responsible) },
  });
}

/** The numbers of the lines: they stand in the text. */
export const weekPrompt = (id: string, choices: readonly Choice[]): PromptToOpen => ({
  id,
  subject: { kind: 'duty-list', reminders: [] },
  choices,
});
